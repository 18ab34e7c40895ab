from __future__ import annotations

import pytest
from tests.contributions.conftest import GRAPHS, Contribute, accept, place

from crossties.contributions.acceptance import carry_out
from crossties.contributions.exporting import export_accepted
from crossties.contributions.messages import Wish, require_ground
from crossties.contributions.provenance import PROV, read_history, write_provenance
from crossties.instance import Instance
from crossties.journal import Person

pytestmark = pytest.mark.slow
DELTA = f"{GRAPHS}places/delta"


def test_a_graph_tells_who_contributed_who_accepted_and_on_which_source(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    accept(instance, contribute(place("delta", "Deltan"), replaces=DELTA).id)
    journal = require_ground(instance).journal
    told = {
        (
            str(getattr(one.subject, "value", "")),
            one.predicate.value.removeprefix(PROV),
            str(getattr(one.object, "value", "")),
        )
        for one in write_provenance(DELTA, read_history(journal, DELTA))
    }
    assert (f"{DELTA}#state-3", "wasRevisionOf", f"{DELTA}#state-2") in told
    assert (f"{DELTA}#state-3", "hadPrimarySource", "https://example.org/report") in told
    people = {value for _, name, value in told if name.endswith("#label")}
    assert people == {"Aino", "Boris"}


def test_a_graph_that_no_contribution_changed_has_no_history_here(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    assert read_history(require_ground(instance).journal, f"{GRAPHS}places/trees") == []


def test_what_was_accepted_is_given_back_as_files(instance: Instance, contribute: Contribute) -> None:
    (entry,) = accept(instance, contribute(place("delta")).id)
    journal, folder = require_ground(instance).journal, require_ground(instance).home / "out"
    written, gone = export_accepted(journal, folder)
    assert [path.relative_to(folder).as_posix() for path in written] == ["places/delta.ttl"]
    assert '"Delta"@en' in written[0].read_text("utf-8")
    assert gone == []
    carry_out(instance, [Wish("roll back", entry.number, Person("Olga", "operator"))])
    assert export_accepted(journal, folder) == ([], [])
