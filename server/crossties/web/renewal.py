"""Go over to a new version of the data while serving: no request fails, no process starts anew.

Which version stands now is announced (``store.announcing``), by the process that serves, a web process or a
command; every web process looks there before it answers. One that is started later begins with that version.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import IO, Final

from crossties.errors import CrosstiesError
from crossties.instance import Instance
from crossties.store.announcing import Announcements, announce
from crossties.versions import Version
from crossties.web.site import Site

#: Opens the instance on the data as they are now, building their version where it is missing.
Reopen = Callable[[], Instance]
_LOOK_SECONDS: Final = 0.2
#: Versions that are kept from being forgotten: the present one, and the one that queries may still run on.
_HELD: Final = 2
_log: Final = logging.getLogger(__name__)


class Renewal:
    """The version that stands now, and the step to the next one; in the process that serves."""

    def __init__(self, instance: Instance, reopen: Reopen | None) -> None:
        self.instance = instance
        self._reopen = reopen
        self._lock = threading.Lock()
        self._held: list[IO[str]] = [instance.version.hold()]
        # What was announced before the data were opened is older than they are
        # In a home that can't be written nothing changes, and nobody listens
        with suppress(OSError):
            announce(instance.announcements, instance.version.folder)

    def start(self) -> None:
        """Renew in a thread of its own: this is called by a signal's handler."""
        threading.Thread(target=self.renew, name="crossties-renewal", daemon=True).start()

    def renew(self) -> None:
        """Build what has changed and announce it; where that fails the present version stays."""
        with self._lock:
            if self._reopen is None:
                _log.warning("this store has no files to be read again")
                return
            # What is built here leaves threads of the engine behind, which a forked process would miss
            multiprocessing.set_start_method("spawn", force=True)
            try:
                version = self._reopen().version
                held = version.hold()
            except (CrosstiesError, OSError) as error:
                _log.error("the data are served as they were: %s", error)
                return
            give_back_memory()
            self._held = [*self._held, held]
            self._forget()
            self.instance = replace(self.instance, version=version)
            announce(self.instance.announcements, version.folder)
            _log.warning("serving version %s", version.folder.name)

    def close(self) -> None:
        """Let go of the versions."""
        for held in self._held:
            held.close()

    def _forget(self) -> None:
        for held in self._held[:-_HELD]:
            held.close()
        self._held = self._held[-_HELD:]


def give_back_memory() -> None:
    """Return to the machine what a build has freed; where the C library knows how."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


class Follower:
    """Keeps a site on the version that is announced: every request looks first, whoever announced it.

    ``late`` says that the site was opened on a version that may have been left meanwhile.
    """

    def __init__(self, site: Site, *, late: bool) -> None:
        self._site = site
        self._announcements = Announcements(site.instance.announcements)
        self._lock = threading.Lock()
        self._seen = 0 if late else self._announcements.count
        self._held: list[IO[str]] = []
        self._closed = threading.Event()

    def look(self) -> None:
        """Go over to the announced version, where there is another than at the last look."""
        if self._announcements.count != self._seen:
            self._go_over()

    def watch(self) -> None:
        """Look from time to time, so that the workers are there before the first request that needs them."""
        threading.Thread(target=self._watch, name="crossties-follower", daemon=True).start()

    def _go_over(self) -> None:
        # Who comes second waits for the first: no request goes by before the step is done
        with self._lock:
            count = self._announcements.count
            if count == self._seen:
                return
            try:
                announced = self._announcements.read()
                if announced and announced != self._site.instance.version.folder:
                    self._renew(Version(announced))
            except (CrosstiesError, OSError) as error:
                _log.error("the data are served as they were: %s", error)
            self._seen = count

    def _renew(self, version: Version) -> None:
        self._held.append(version.hold())
        self._site.renew(version)
        for held in self._held[:-_HELD]:
            held.close()
        self._held = self._held[-_HELD:]

    def close(self) -> None:
        """Let go of the versions, and look no more from time to time."""
        with self._lock:
            self._closed.set()
            for held in self._held:
                held.close()

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            self.look()


def follow(site: Site, *, late: bool = False, watch: bool = False) -> None:
    """Let the site look for announcements before every request; ``late`` as for the follower.

    With ``watch`` it looks from time to time too. A scratch store has no versions to go over to.
    """
    if site.writer:
        return
    try:
        follower = Follower(site, late=late)
    except OSError as error:
        _log.warning("new versions can't be announced here: %s", error)
        return
    site.look, site.leave = follower.look, follower.close
    if watch:
        follower.watch()
