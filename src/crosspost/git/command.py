"""Run the git command: a list of arguments, no shell, bounded time, no question to anybody.

    GitError
    ├── GitNotStarted  it could not be started, mostly because there is none
    ├── GitTimeout     it took too long and was ended; a push may have arrived
    └── GitFailed      it ended with another code than 0

git reads its repository from the folder alone: variables that would point it elsewhere, as hooks set them, are left out,
and so is what would make it print requests (`GIT_TRACE`, with headers). LinkedIn's secrets are no business of git's or of
the programs that git starts.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.errors import CrosspostError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOCAL_SECONDS = 60
NETWORK_SECONDS = 120
_GRACE = 5  # seconds for git to remove its lock files after SIGTERM

# `git rev-parse --local-env-vars`, and what makes git talkative.
_LEFT_OUT = re.compile(
    r"GIT_(DIR|WORK_TREE|INDEX_FILE|INDEX_VERSION|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE"
    r"|GRAFT_FILE|SHALLOW_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|IMPLICIT_WORK_TREE|INTERNAL_SUPER_PREFIX"
    r"|QUARANTINE_PATH|LITERAL_PATHSPECS|GLOB_PATHSPECS|NOGLOB_PATHSPECS|ICASE_PATHSPECS|TRACE.*|CURL_VERBOSE)"
    r"|(LINKEDIN|CROSSPOST)_.*|LC_.*|LANGUAGE"
)
# Words of git are read, so they must be English and unpainted; nothing may run in the background after the command.
_ALWAYS = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_NO_REPLACE_OBJECTS": "1"}
_SETTINGS = {
    "color.ui": "never",
    "core.fsmonitor": "false",
    "core.fsync": "committed,reference",  # what is told as done survives a power cut
    "core.hooksPath": os.devnull,  # hooks are made for people: they may ask, reformat, take minutes
    "core.quotePath": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "push.followTags": "false",
    "push.recurseSubmodules": "no",
}
_NOTHING: Mapping[str, str] = MappingProxyType({})
_USER_INFO = re.compile(r"(?<=://)[^/\s@]*(?:@[^/\s@]*)*@")


class GitError(CrosspostError):
    """git could not do what it was asked for."""


class GitNotStarted(GitError):
    """git could not be started."""


class GitTimeout(GitError):
    """git took too long and was ended."""


class GitFailed(GitError):
    """git ended with a code other than 0.

    Attributes:
        code: The exit code.
        said: What git wrote on standard error, without credentials.
    """

    def __init__(self, problem: Problem, code: int, said: str) -> None:
        super().__init__(problem)
        self.code = code
        self.said = said

    @classmethod
    def of(cls, arguments: tuple[str, ...], ran: Ran) -> GitFailed:
        """Say it in git's own words: the line that says what was fatal, else the last one that is no advice."""
        lines = [line for line in ran.said.splitlines() if line.strip() and not line.startswith("hint:")]
        told = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "")
        said = re.sub(r"^(fatal|error): ", "", told.strip()) or f"exit code {ran.code}"
        fix = "see whether it works by hand, and run again"
        if "safe.directory" in ran.said:  # another user's folder, as in containers (git-config, safe.directory)
            fix = "git config --global --add safe.directory FOLDER, with the folder that git names"
        problem = Problem(what=f"git {arguments[0]} failed: {said}", fix=fix, detail=ran.said)
        return cls(problem, ran.code, ran.said)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended.

    Attributes:
        code: The exit code.
        out: Standard output, as it came.
        said: Standard error, without credentials.
    """

    code: int
    out: bytes
    said: str


@dataclass(frozen=True, slots=True)
class Git:
    """The git command in one folder.

    Attributes:
        folder: Where it runs; its repository is the one that this folder belongs to.
        environ: The environment to start from; by default that of this process.
    """

    folder: Path
    environ: Mapping[str, str] | None = None

    def run(
        self, *arguments: str, stdin: bytes = b"", timeout: float = LOCAL_SECONDS, environ: Mapping[str, str] = _NOTHING
    ) -> bytes:
        """Run one command and return its standard output.

        Args:
            *arguments: Behind `git`. Paths are taken literally, none is a pattern.
            stdin: What it reads.
            timeout: Seconds until it is ended.
            environ: Further variables for this command.

        Raises:
            GitError: See above.
        """
        ran = self.attempt(*arguments, stdin=stdin, timeout=timeout, environ=environ)
        if ran.code:
            raise GitFailed.of(arguments, ran)
        return ran.out

    def text(self, *arguments: str, timeout: float = LOCAL_SECONDS, environ: Mapping[str, str] = _NOTHING) -> str:
        """Run one command and return its output as text without the last line end; see `run`."""
        out = self.run(*arguments, timeout=timeout, environ=environ)
        return out.decode("utf-8", "surrogateescape").rstrip("\n")

    def attempt(
        self, *arguments: str, stdin: bytes = b"", timeout: float = LOCAL_SECONDS, environ: Mapping[str, str] = _NOTHING
    ) -> Ran:
        """Run one command whose failure is an answer; see `run`.

        Raises:
            GitNotStarted: git could not be started.
            GitTimeout: It took too long.
        """
        settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
        try:
            # A session of its own: ssh finds no terminal to ask on, and what git started can be ended with it.
            process = subprocess.Popen(
                ["git", *settings, *arguments],  # noqa: S607 - git is where the user has it
                cwd=self.folder,
                env={**self.variables(), **environ},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise _cannot_start(self.folder, error) from error
        out, err = _communicate(process, stdin, timeout, arguments)
        return Ran(process.returncode, out, without_credentials(err.decode("utf-8", "replace")).strip())

    def variables(self) -> dict[str, str]:
        """Return the environment that git gets."""
        given = os.environ if self.environ is None else self.environ
        return {name: value for name, value in given.items() if not _LEFT_OUT.fullmatch(name)} | _ALWAYS


def without_credentials(text: str) -> str:
    """Return `text` without user names and passwords in addresses: remotes on CI machines carry tokens there.

    >>> without_credentials("fatal: unable to access 'https://ci:t0k@en@git.example/a.git/'")
    "fatal: unable to access 'https://git.example/a.git/'"
    """
    return _USER_INFO.sub("", text)


def _communicate(
    process: subprocess.Popen[bytes], stdin: bytes, timeout: float, arguments: tuple[str, ...]
) -> tuple[bytes, bytes]:
    try:
        return process.communicate(stdin, timeout)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise GitTimeout(
            Problem(
                what=f"git {arguments[0]} was not done after {timeout:g} seconds and was ended",
                fix="see whether it works by hand: the network, the remote, a question that it asks",
            )
        ) from error
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started: first so that it can remove its lock files."""
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            _signal(process, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_GRACE)
            return


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


def _cannot_start(folder: Path, error: OSError) -> GitNotStarted:
    if not folder.is_dir():
        return GitNotStarted(Problem(what=f"there is no folder {folder}", fix="put it back", detail=str(error)))
    if isinstance(error, FileNotFoundError):
        return GitNotStarted(Problem(what="there is no git command", fix="install git, or put it on the PATH"))
    return GitNotStarted(Problem(what=f"git cannot be started: {error.strerror}", fix="mend that, then run it again"))
