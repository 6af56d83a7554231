"""Real git repositories in temporary folders, with remotes that refuse, stall or lose their answers."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

JO = {"GIT_AUTHOR_NAME": "Jo", "GIT_AUTHOR_EMAIL": "jo@blog.example"}
JO |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in JO.items()}


@dataclass(frozen=True)
class Repository:
    """A working tree, a bare repository, or a clone, and git run in it as its owner would."""

    folder: Path

    def git(self, *arguments, check=True, stdin=None, environ=None):
        """Run git as Jo; return what it prints, without the last line end."""
        variables = {**os.environ, **JO, "LC_ALL": "C", **(environ or {})}
        ran = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=variables,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not (check and ran.returncode), ran.stderr
        return ran.stdout.rstrip("\n")

    def write(self, path, content):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def commit(self, message="work", **files):
        """Commit what is there, and `files`, a mapping of path to content."""
        for path, content in files.get("files", {}).items():
            self.write(path, content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def head(self, ref="HEAD"):
        return self.git("rev-parse", "--verify", "--quiet", ref, check=False)

    def at(self, path, commit="HEAD"):
        """The content of a file in a commit, as bytes."""
        return subprocess.run(
            ["git", "cat-file", "blob", f"{commit}:{path}"], cwd=self.folder, capture_output=True, check=True
        ).stdout

    def hook(self, name, script):
        """Give the repository a hook."""
        file = self.folder / (".git/hooks" if (self.folder / ".git").is_dir() else "hooks") / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file

    def clone(self, folder, *options):
        """Clone it over its own protocol, so that depth and filters mean something."""
        self.git("clone", "--quiet", *options, self.folder.as_uri(), str(folder))
        return Repository(folder)


def a_repository(folder, *, bare=False, files=None):
    """Make a repository with the branch `main` and, unless it is bare, a first commit."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Repository(folder)
    made.git("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []))
    if not bare:
        made.commit("first", files=files or {"_config.yml": "title: Blog\n"})
    return made


def a_remote(folder, origin):
    """Make a bare repository with what `origin` has, and make it the origin's remote and upstream."""
    remote = a_repository(folder, bare=True)
    remote.git("config", "uploadpack.allowFilter", "true")
    origin.git("remote", "add", "origin", folder.as_uri())
    origin.git("push", "--quiet", "--set-upstream", "origin", "HEAD:main")
    return remote
