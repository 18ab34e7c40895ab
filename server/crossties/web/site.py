"""What every route needs of the instance: questions, labels, and the pool of query workers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, cast

from flask import current_app

from crossties.instance import Instance
from crossties.questions.catalogue import Question, load_questions
from crossties.results import Table, read_table
from crossties.search.labels import Labels
from crossties.store.engine import Request
from crossties.store.pool import Pool

EXTENSION: Final = "crossties"


@dataclass
class Site:
    """One instance as the web sees it."""

    instance: Instance
    pool: Pool
    tables: dict[str, Table] = field(default_factory=dict)

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

    def kept_table(self, query: str) -> Table:
        """Return the result of a query of our own that many pages need; a version's data never change."""
        if query not in self.tables:
            self.tables[query] = self.table(query)
        return self.tables[query]


def the_site() -> Site:
    """Return the site of the app that answers this request."""
    return cast("Site", current_app.extensions[EXTENSION])
