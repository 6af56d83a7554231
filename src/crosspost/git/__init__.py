"""The git command, for whoever keeps something in a repository or looks for it there: write-back, ledger, repair.

command  one command: no shell, bounded time, no question, no secret in what it says
history  what a repository has of one file
objects  blobs, trees and commits, made without touching anybody's index or working tree
push     one push, never forced, and what its answer means
"""

from crosspost.git.command import Git, GitError, GitFailed, GitNotStarted, GitTimeout

__all__ = ["Git", "GitError", "GitFailed", "GitNotStarted", "GitTimeout"]
