"""What the daemon has loaded: settings, accounts, posts; and how it notices that something of it has changed or gone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from crosspost.daemon.keeper import Keeper
from crosspost.daemon.shelf import Shelf
from crosspost.daemon.stopping import leaving

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crosspost.bootstrap import Workshop
    from crosspost.daemon.stopping import Stop

    Stamps = Mapping[Path, tuple[int, int, int] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """A site as it was loaded.

    Attributes:
        workshop: Its settings.
        keepers: One for each account.
        settings: The files that the settings came from, as they were; None for one that is not there.
    """

    workshop: Workshop
    keepers: tuple[Keeper, ...]
    settings: Stamps = field(repr=False)

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.workshop.loaded.root

    def settings_changed(self) -> bool:
        """Tell whether a settings file is another one than it was."""
        return _stamps(self.settings) != self.settings

    def seen(self) -> Premises:
        """Return the same, for the settings files as they are now: a broken one is told once."""
        return replace(self, settings=_stamps(self.settings))

    def absence(self) -> str | None:
        """Return what is missing of the site, None where it is all there.

        A folder that is not mounted looks like a site without settings and posts; nothing may be concluded from that.
        """
        if not self.root.is_dir():
            return f"the folder {self.root} is not there"
        gone = (path for path, stamp in self.settings.items() if stamp and not path.exists())
        missing = next(gone, None) or next((folder for folder in self._named_folders() if not folder.is_dir()), None)
        return f"{missing} is not there any more" if missing else None

    def _named_folders(self) -> list[Path]:
        return [self.root / name for name in self.workshop.loaded.settings.site.posts if name != "_posts"]

    def folders(self) -> dict[Path, tuple[int, int]]:
        """Return the folders in which posts lie and may come, with what tells one from its successor of the same name."""
        inner = {key.rpartition("/")[0] for keeper in self.keepers for key in keeper.shelf.keys()}  # noqa: SIM118
        found = {self.root / name for name in inner} | {self.root / "_posts", *self._named_folders()}
        tops = [folder for folder in found if folder.is_dir() and not any(one in found for one in folder.parents)]
        known = {folder: _identity(folder) for folder in tops}
        return {folder: identity for folder, identity in known.items() if identity}


def load(workshop: Workshop, stop: Stop) -> Premises:
    """Load a site and look at all of its posts.

    Raises:
        SettingsError: The settings, or `_config.yml`, cannot be used.
        LedgerError: The ledger cannot be used.
    """
    root = workshop.loaded.root
    named = {root / "_config.yml", workshop.loaded.file or root / "crosspost.toml"}
    settings = _stamps(dict.fromkeys(named))
    keepers = []
    for name in workshop.accounts:
        run = workshop.run(name)
        publisher = leaving(stop, partial(workshop.publisher, name))
        keeper = Keeper(run=run, shelf=Shelf(run.source), publisher=publisher)
        with stop.may_leave():
            keeper.shelf.look(settled=True)
        keeper.tidy()
        keepers.append(keeper)
    return Premises(workshop=workshop, keepers=tuple(keepers), settings=settings)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:  # it went away just now
        return None
    return found.st_dev, found.st_ino


def _stamps(paths: Stamps) -> Stamps:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
