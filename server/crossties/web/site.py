"""What every route needs of the instance: questions, labels, query workers, and who may write."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from crossties import __version__
from crossties.instance import Instance
from crossties.protocol import MAX_GET_BYTES, Service
from crossties.questions.catalogue import Question, load_questions
from crossties.results import Table, read_table
from crossties.search.labels import Labels
from crossties.store.engine import Request
from crossties.store.limits import LIMITS
from crossties.store.pool import Pool
from crossties.store.writing import Writer
from crossties.versions import Version
from crossties.web.metrics import Metrics

if TYPE_CHECKING:
    from crossties.validation.sandboxed.judges import Judges

EXTENSION: Final = "crossties"
T = TypeVar("T")


@dataclass
class Site:
    """One instance as the web sees it."""

    instance: Instance
    pool: Pool
    writer: Writer | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    made: dict[type, object] = field(default_factory=dict)
    #: Called before every request; goes over to a version that was announced.
    look: Callable[[], None] = lambda: None
    #: Called at the end: versions need not be kept any more.
    leave: Callable[[], None] = lambda: None
    #: Called at the end too: what was started for this site ends.
    endings: list[Callable[[], None]] = field(default_factory=list)

    @cached_property
    def service(self) -> Service:
        """Return what the protocol must know; a change of a scratch store makes it anew."""
        settings = self.instance.settings
        state = self.writer.snapshot if self.writer else self.instance.version.folder
        return Service(
            version=f"{__version__}/{state.parent.name}/{state.name}",
            authority=settings.authority,
            limits=self._limits(),
            counts={} if self.writer else self.counts,
            writable=self.writer is not None,
            token=settings.token,
            insecure=settings.insecure,
        )

    def _limits(self) -> dict[str, float]:
        settings = self.instance.settings
        told: dict[str, float] = {
            "cpu_seconds": settings.cpu_seconds,
            "wall_seconds": settings.wall_seconds,
            "stall_seconds": settings.stall_seconds,
            "memory_bytes": settings.memory_bytes,
            "get_bytes": MAX_GET_BYTES,
            "body_bytes": settings.body_bytes,
            "client_seconds_per_minute": settings.client_seconds or 60.0,
            "client_errors_per_minute": settings.client_errors or 30.0,
        }
        return told | asdict(LIMITS)

    def publish(self, snapshot: Path) -> None:
        """Answer from the next snapshot of the scratch store from now on."""
        self.pool.switch(snapshot)
        self.tables, self.made = {}, {}
        self.__dict__.pop("service", None)

    def renew(self, version: Version) -> None:
        """Answer from another version from now on; what is under way ends as it began.

        The pool goes first and the service last: an answer never has a validator newer than its data.
        """
        fresh = Site(replace(self.instance, version=version), self.pool)
        labels, questions, counts = fresh.labels, fresh.questions, fresh.counts
        self.pool.switch(version.store)
        self.instance = fresh.instance
        self.labels, self.questions, self.counts = labels, questions, counts
        self.tables, self.made = {}, {}
        self.service = fresh.service

    def close(self) -> None:
        """End the query workers, the writer where there is one, and what else was started."""
        self.leave()
        for end in self.endings:
            end()
        self.pool.close()
        if "judges" in self.__dict__:
            self.judges.close()
        if self.writer:
            self.writer.close()

    @cached_property
    def labels(self) -> Labels:
        """Return the label index of the version."""
        return self.instance.version.labels()

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Return the published questions by name."""
        return load_questions(self.instance.content.queries)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return what the build counted: ``files``, ``stated`` and ``derived``."""
        text = (self.instance.version.folder / "version.json").read_text(encoding="utf-8")
        return dict(json.loads(text))

    @cached_property
    def metrics(self) -> Metrics:
        """Return the counters of this process."""
        return Metrics(self.pool)

    @cached_property
    def judges(self) -> Judges:
        """Return what checks uploads, each in a process of its own; none is started before it is needed."""
        from crossties.validation.sandboxed.judges import Judges  # noqa: PLC0415 - neither is it loaded

        return Judges(self.instance.settings, self.instance.content)

    @property
    def authority(self) -> str:
        """Return the IRI prefix that this host answers for."""
        return self.instance.settings.authority

    def run(self, query: str) -> bytes:
        """Return the whole result of a SELECT or ASK in SPARQL JSON."""
        body = self.pool.answer(Request(query, format="json")).body
        try:
            return b"".join(body)
        finally:
            body.close()

    def table(self, query: str) -> Table:
        """Return the result of a SELECT or ASK as a table."""
        return read_table(self.run(query))

    def kept(self, kind: type, make: Callable[[], T]) -> T:
        """Return what ``make`` makes, the first time; a version's data never change."""
        # What is made of a version that is left meanwhile must not stand among what is made of the next
        made = self.made
        if kind not in made:
            made[kind] = make()
        return cast("T", made[kind])

    def kept_table(self, query: str) -> Table:
        """Return the result of a query of our own that many pages need; a version's data never change."""
        tables = self.tables
        if query not in tables:
            tables[query] = self.table(query)
        return tables[query]


def open_site(instance: Instance) -> Site:
    """Return the instance's site: on its version, or on the scratch store that the settings name.

    Raises:
        HostError: the scratch store can't be opened.
    """
    settings = instance.settings
    if settings.scratch is None:
        return Site(instance, Pool(instance.version.store, settings))
    writer = Writer(settings.scratch, settings, published=lambda snapshot: site.publish(snapshot))  # noqa: PLW0108 - made below
    site = Site(instance, Pool(writer.snapshot, settings), writer)
    return site


def the_site() -> Site:
    """Return the site of the app that answers this request."""
    from flask import current_app  # noqa: PLC0415 - the first answers come before Flask is loaded

    return cast("Site", current_app.extensions[EXTENSION])
