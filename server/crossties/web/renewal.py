"""Go over to a new version of the data while serving: no request fails, no process starts anew.

The process that serves writes which version stands now into a file beside the zygote's address; every web
process looks at that file. A web process that is started later begins with that version.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from crossties.errors import CrosstiesError
from crossties.instance import Instance
from crossties.versions import Version
from crossties.web.site import Site

#: Opens the instance on the data as they are now, building their version where it is missing.
Reopen = Callable[[], Instance]
_FILE: Final = "version"
_LOOK_SECONDS: Final = 0.2
#: Versions that are kept from being forgotten: the present one, and the one that queries may still run on.
_HELD: Final = 2
_log: Final = logging.getLogger(__name__)


class Renewal:
    """The version that stands now, and the step to the next one; in the process that serves."""

    def __init__(self, instance: Instance, reopen: Reopen | None) -> None:
        self.instance = instance
        self.folder: Path | None = None
        self._reopen = reopen
        self._lock = threading.Lock()
        self._held: list[IO[str]] = [instance.version.hold()]

    def start(self) -> None:
        """Renew in a thread of its own: this is called by a signal's handler."""
        threading.Thread(target=self.renew, name="crossties-renewal", daemon=True).start()

    def renew(self) -> None:
        """Build what has changed and announce it; where that fails the present version stays."""
        with self._lock:
            if self._reopen is None or self.folder is None:
                _log.warning("this store has no files to be read again")
                return
            try:
                version = self._reopen().version
                held = version.hold()
            except (CrosstiesError, OSError) as error:
                _log.error("the data are served as they were: %s", error)
                return
            self._held = [*self._held, held]
            self._forget()
            self.instance = replace(self.instance, version=version)
            _announce(self.folder, version)
            _log.warning("serving version %s", version.folder.name)

    def close(self) -> None:
        """Let go of the versions."""
        for held in self._held:
            held.close()

    def _forget(self) -> None:
        for held in self._held[:-_HELD]:
            held.close()
        self._held = self._held[-_HELD:]


def follow(site: Site, folder: Path) -> None:
    """Look for announcements for as long as this process lives."""
    threading.Thread(target=_follow, args=(site, folder), name="crossties-follow", daemon=True).start()


def _announce(folder: Path, version: Version) -> None:
    """Write the file beside its place, so that nobody reads half of it."""
    making = folder / f"{_FILE}.new"
    making.write_text(str(version.folder), encoding="utf-8")
    making.replace(folder / _FILE)


def _follow(site: Site, folder: Path) -> None:
    pause = threading.Event()
    file, seen = folder / _FILE, 0
    while not site.closed:
        pause.wait(_LOOK_SECONDS)
        try:
            changed = os.stat(file).st_mtime_ns  # noqa: PTH116 - five times a second
            if changed == seen:
                continue
            seen = changed
            version = Version(Path(file.read_text(encoding="utf-8")))
            if version.folder != site.instance.version.folder:
                site.renew(version)
        except FileNotFoundError:
            continue
        except (CrosstiesError, OSError) as error:
            _log.error("the data are served as they were: %s", error)
