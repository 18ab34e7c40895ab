from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import WORLD

from crossties.contributions.acceptance import carry_out
from crossties.contributions.judging import judge
from crossties.contributions.looking import look
from crossties.contributions.messages import Outcome, Sent, Wish, require_ground
from crossties.contributions.submission import Told, submit
from crossties.contributions.validating import check_upload
from crossties.instance import Instance, open_instance
from crossties.journal import Contribution, Entry, Person
from crossties.journal.state import stand
from crossties.results import Table, read_table
from crossties.settings import Settings
from crossties.store.engine import Collected, Request, evaluate, open_store

GRAPHS = "https://w3id.org/crossties/graph/"
PREFIXES = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
AINO, BORIS = Person("Aino", "contributor"), Person("Boris", "reviewer")

Contribute = Callable[..., Contribution]


def place(slug: str, name: str = "", *, more: str = "") -> str:
    """Return a contribution that describes one town."""
    named = name or slug.capitalize()
    return f"""{PREFIXES}
<id/place/{slug}> a ct:Place ; ct:kind <kind/municipality> ; ct:partOf <id/place/upper-birch> ;
    skos:prefLabel "{named}"@en , "{named} på svenska"@sv .
{more}
"""


@pytest.fixture
def instance(home_of_world: Path) -> Instance:
    """Give the test world in a home of its own; what is built already is shared."""
    return open_instance(Settings(home=home_of_world), files=[WORLD])


@pytest.fixture
def contribute(instance: Instance) -> Contribute:
    """Send a contribution in, as the command line does."""

    def send(
        text: str | bytes,
        name: str = "delta.ttl",
        *,
        by: str = "Aino",
        replaces: str = "",
        based_on: str = "",
    ) -> Contribution:
        ground = require_ground(instance)
        version, number = stand(ground)
        data = text.encode() if isinstance(text, str) else text
        sent = Sent(name, data, graph=replaces, based_on=based_on)
        check = partial(check_upload, version=version, content=instance.content, language="en")
        seen = partial(look, version=version, graphs=GRAPHS)

        def judge_here(one: Sent) -> tuple[Outcome, int]:
            return judge(one, graphs=GRAPHS, check=check, look=seen), number

        told = Told(by, source="https://example.org/report", comment="Look at page 3.")
        return submit(ground.journal, sent, told, judge=judge_here)

    return send


def accept(instance: Instance, *numbers: int, by: Person = BORIS) -> list[Entry]:
    """Accept contributions that can be accepted; raise the first reason why not."""
    done = carry_out(instance, [Wish("accept", number, by) for number in numbers])
    for one in done:
        if one.error:
            raise one.error
    return [one.entry for one in done if one.entry]


def ask(instance: Instance, query: str) -> Table:
    """Run a query on what stands now."""
    version, _ = stand(require_ground(instance))
    sink = Collected()
    prefixes = "PREFIX ct: <https://w3id.org/crossties/ns#> BASE <https://w3id.org/crossties/> "
    evaluate(open_store(version.store), Request(prefixes + query, format="json"), sink)
    return read_table(sink.body)


def label(instance: Instance, slug: str) -> str:
    """Return the English label of a place, a derived triple; "" where there is none."""
    rows = ask(instance, f"SELECT ?label {{ <id/place/{slug}> ct:labelEn ?label }}").rows
    return rows[0][0].text if rows and rows[0][0] else ""
