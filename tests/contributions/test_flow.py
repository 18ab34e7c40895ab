from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace

import pytest
from tests.conftest import WORLD
from tests.contributions.conftest import BORIS, GRAPHS, PREFIXES, Contribute, accept, ask, label, place

from crossties.contributions.acceptance import carry_out
from crossties.contributions.messages import Wish, require_ground
from crossties.errors import ConflictError, NotFoundError, RefusedError, RequestError
from crossties.instance import Instance, open_instance
from crossties.journal import (
    Person,
    find_contribution,
    last_entry,
    read_present,
    read_reviews,
    read_texts,
    read_upload,
    read_verdicts,
    reject,
    verify,
)
from crossties.journal.state import stand
from crossties.quads.canonical import canonical_lines
from crossties.store.announcing import Announcements
from crossties.store.dump import read_named_graphs

pytestmark = pytest.mark.slow
DELTA = GRAPHS + "places/delta"
OLGA = Person("Olga", "operator")


def stored(instance: Instance, graph: str) -> str:
    """Return the digest of a graph as the store has it."""
    version, _ = stand(require_ground(instance))
    quads = [one for one in read_named_graphs(version.store) if getattr(one.graph_name, "value", "") == graph]
    return hashlib.sha256("".join(f"{line}\n" for line in canonical_lines(quads)).encode()).hexdigest()


def test_a_contribution_is_kept_judged_and_waits(instance: Instance, contribute: Contribute) -> None:
    made = contribute(place("delta"))
    journal = require_ground(instance).journal
    assert (made.state, made.graph, made.by) == ("waiting", DELTA, "Aino")
    assert read_upload(journal, made.id) == place("delta").encode()
    assert label(instance, "delta") == ""


def test_what_is_accepted_is_visible_to_the_query_that_follows_derived_labels_included(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    assert label(instance, "delta") == "Delta"
    version, _ = stand(require_ground(instance))
    assert [match.iri for match in version.labels().by_name("Delta")] == [
        GRAPHS.replace("graph/", "id/place/delta")
    ]


def test_what_was_checked_is_what_is_stored(instance: Instance, contribute: Contribute) -> None:
    made = contribute(place("delta"))
    accept(instance, made.id)
    journal = require_ground(instance).journal
    assert made.digest == read_present(journal)[DELTA] == stored(instance, DELTA)
    (text,) = read_texts(journal, [made.digest])
    assert hashlib.sha256(text).hexdigest() == made.digest


def test_every_process_that_serves_is_told_the_new_version(
    instance: Instance, contribute: Contribute
) -> None:
    told = Announcements(instance.announcements)
    before = told.count
    accept(instance, contribute(place("delta")).id)
    assert told.count > before
    assert told.read() == stand(require_ground(instance))[0].folder


def test_what_does_not_conform_is_kept_with_its_places_and_is_never_accepted(
    instance: Instance, contribute: Contribute
) -> None:
    made = contribute(place("delta").replace("kind/municipality", "kind/no-such-kind"))
    journal = require_ground(instance).journal
    assert made.state == "failing"
    results = read_verdicts(journal, made.id)[0].report["results"]
    assert any(one["severity"] == "violation" and one.get("line") == 7 for one in results)
    with pytest.raises(ConflictError, match="it is failing"):
        accept(instance, made.id)


def test_what_can_not_be_read_is_kept_with_the_place_where_it_breaks(
    instance: Instance, contribute: Contribute
) -> None:
    made = contribute(PREFIXES + "<id/place/delta> a ct:Place ;;; nonsense")
    assert made.state == "failing"
    verdict = read_verdicts(require_ground(instance).journal, made.id)[0]
    assert verdict.report["results"][0]["line"] == 6


def test_nobody_accepts_or_spells_around_what_is_her_own(instance: Instance, contribute: Contribute) -> None:
    made = contribute(place("delta"), by="Boris")
    for name in ("Boris", " boris "):
        with pytest.raises(RefusedError, match="your own"):
            accept(instance, made.id, by=Person(name, "operator"))


def test_a_change_replaces_the_whole_text_so_facts_can_be_removed(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta", "Delta", more='<id/place/delta> skos:altLabel "Old"@en .')).id)
    made = contribute(place("delta", "Deltan"), replaces=DELTA)
    accept(instance, made.id)
    assert label(instance, "delta") == "Deltan"
    assert not ask(instance, 'SELECT ?x { ?x ?p "Old"@en }').rows


def test_a_change_of_a_text_that_is_no_longer_there_is_told_clearly(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    old = read_present(require_ground(instance).journal)[DELTA]
    accept(instance, contribute(place("delta", "Deltan"), replaces=DELTA).id)
    with pytest.raises(ConflictError, match="has changed since you took the text"):
        contribute(place("delta", "Delter"), replaces=DELTA, based_on=old)


def test_of_two_changes_of_one_text_the_second_is_stopped_and_says_who_came_first(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    first = contribute(place("delta", "Deltan"), replaces=DELTA)
    second = contribute(place("delta", "Delter"), replaces=DELTA)
    accept(instance, first.id)
    with pytest.raises(ConflictError, match="has changed since: entry 3, of Boris"):
        accept(instance, second.id)
    assert label(instance, "delta") == "Deltan"


def test_of_two_that_are_right_alone_and_wrong_together_the_second_is_stopped(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    gone = contribute(place("epsilon"), "epsilon.ttl", replaces=DELTA)
    part = place("zeta", more="").replace("id/place/upper-birch", "id/place/delta")
    uses = contribute(part, "zeta.ttl")
    assert (gone.state, uses.state) == ("waiting", "waiting")
    accept(instance, uses.id)
    with pytest.raises(ConflictError, match=r"no longer does.*delta"):
        accept(instance, gone.id)
    journal = require_ground(instance).journal
    assert find_contribution(journal, gone.id).state == "failing"
    assert read_reviews(journal, gone.id)[-1].act == "stop"
    assert [one.conforms for one in read_verdicts(journal, gone.id)] == [False, True]
    assert label(instance, "delta") == "Delta"


def test_the_same_holds_when_both_are_accepted_in_one_go(instance: Instance, contribute: Contribute) -> None:
    accept(instance, contribute(place("delta")).id)
    uses = contribute(place("zeta").replace("id/place/upper-birch", "id/place/delta"), "zeta.ttl")
    gone = contribute(place("epsilon"), "epsilon.ttl", replaces=DELTA)
    done = carry_out(instance, [Wish("accept", uses.id, BORIS), Wish("accept", gone.id, BORIS)])
    assert done[0].entry is not None
    assert isinstance(done[1].error, ConflictError)


def test_one_that_uses_what_another_of_the_same_go_brings_is_accepted(
    instance: Instance, contribute: Contribute
) -> None:
    made = contribute(place("delta"))
    accept(instance, made.id)
    back = last_entry(require_ground(instance).journal)
    assert back is not None
    uses = contribute(place("zeta").replace("id/place/upper-birch", "id/place/delta"), "zeta.ttl")
    carry_out(instance, [Wish("roll back", back.number, OLGA, forced=True)])
    again = contribute(place("delta"))
    assert len(accept(instance, again.id, uses.id)) == 2
    assert label(instance, "zeta") == "Zeta"


def test_what_is_accepted_together_shares_one_version(instance: Instance, contribute: Contribute) -> None:
    made = [contribute(place(f"town-{number}"), f"town-{number}.ttl").id for number in range(3)]
    before = stand(require_ground(instance))[0].number
    accept(instance, *made)
    assert stand(require_ground(instance))[0].number == before + 1
    assert [label(instance, f"town-{number}") for number in range(3)] == ["Town-0", "Town-1", "Town-2"]


def test_a_bad_one_among_several_hinders_no_other(instance: Instance, contribute: Contribute) -> None:
    good, bad = contribute(place("delta")).id, contribute("<a> <b> .", "bad.ttl").id
    done = carry_out(
        instance, [Wish("accept", bad, BORIS), Wish("accept", 99, BORIS), Wish("accept", good, BORIS)]
    )
    assert [type(one.error) for one in done] == [ConflictError, NotFoundError, type(None)]
    assert label(instance, "delta") == "Delta"


def test_who_repeats_an_acceptance_is_told_the_same_entry_and_nothing_is_done_twice(
    instance: Instance, contribute: Contribute
) -> None:
    made = contribute(place("delta"))
    first = accept(instance, made.id)
    last = accept(instance, contribute(place("delta", "Other"), replaces=DELTA).id)
    assert accept(instance, made.id) == first
    assert [last_entry(require_ground(instance).journal)] == last
    assert label(instance, "delta") == "Other"


def test_a_text_that_writes_into_a_graph_is_that_graph_and_gets_its_day(
    instance: Instance, contribute: Contribute
) -> None:
    head, body = place("delta").split("<id/place/delta>")
    made = contribute(f"{head}<graph/places/delta-town> {{ <id/place/delta>{body} }}", "any.trig")
    assert (made.state, made.graph) == ("waiting", f"{GRAPHS}places/delta-town")
    accept(instance, made.id)
    assert label(instance, "delta") == "Delta"


def test_a_rejected_one_is_never_accepted(instance: Instance, contribute: Contribute) -> None:
    made = contribute(place("delta"))
    reject(require_ground(instance).journal, made.id, by="Boris", reason="no source")
    with pytest.raises(ConflictError, match="it is rejected"):
        accept(instance, made.id)


def test_a_rollback_is_an_entry_and_can_itself_be_taken_back(
    instance: Instance, contribute: Contribute
) -> None:
    (entry,) = accept(instance, contribute(place("delta")).id)
    (back,) = carry_out(instance, [Wish("roll back", entry.number, OLGA, "wrong town")])
    assert back.entry is not None
    assert label(instance, "delta") == ""
    carry_out(instance, [Wish("roll back", back.entry.number, OLGA)])
    assert label(instance, "delta") == "Delta"
    assert verify(require_ground(instance).journal) == 4


def test_a_rollback_that_breaks_what_builds_on_it_must_be_insisted_on(
    instance: Instance, contribute: Contribute
) -> None:
    (entry,) = accept(instance, contribute(place("delta")).id)
    accept(
        instance, contribute(place("zeta").replace("id/place/upper-birch", "id/place/delta"), "zeta.ttl").id
    )
    (refused,) = carry_out(instance, [Wish("roll back", entry.number, OLGA)])
    assert isinstance(refused.error, ConflictError)
    assert "insist" in refused.error.mend
    (done,) = carry_out(instance, [Wish("roll back", entry.number, OLGA, forced=True)])
    assert done.entry is not None
    assert label(instance, "delta") == ""


def test_a_version_that_was_never_made_is_made_at_the_next_start(
    instance: Instance, contribute: Contribute
) -> None:
    accept(instance, contribute(place("delta")).id)
    shutil.rmtree(stand(require_ground(instance))[0].folder)
    again = open_instance(instance.settings, files=[WORLD])
    assert again.version == stand(require_ground(again))[0]
    assert label(again, "delta") == "Delta"


def test_a_new_graph_never_takes_the_name_of_another(instance: Instance, contribute: Contribute) -> None:
    first, second = contribute(place("delta")), contribute(place("delta-two"))
    assert (first.graph, second.graph) == (DELTA, f"{DELTA}-2")
    accept(instance, first.id, second.id)
    with pytest.raises(ConflictError, match="There is a graph"):
        contribute(place("eta", more='<graph/places/delta> dct:created "2026-11-22"^^xsd:date .'))


@pytest.mark.parametrize(
    ("graph", "error"),
    [
        ("ontology/places", RequestError),
        ("themes/themes", RequestError),
        ("derived", RequestError),
        ("places/../../etc", RequestError),
        ("places/no-such", NotFoundError),
    ],
)
def test_contributions_change_neither_vocabulary_nor_what_is_not_there(
    contribute: Contribute, graph: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        contribute(place("delta"), replaces=GRAPHS + graph)


def test_a_store_that_may_be_written_takes_no_contributions(instance: Instance) -> None:
    settings = replace(instance.settings, scratch=instance.settings.home)
    with pytest.raises(RefusedError):
        carry_out(replace(instance, settings=settings), [])


def test_a_table_becomes_a_graph_that_says_when_it_was_made(
    instance: Instance, contribute: Contribute
) -> None:
    made = contribute(
        "Id;Name in English *;Name in Swedish;Kind\ndelta;Delta;Deltat;municipality\n", "places.csv"
    )
    journal = require_ground(instance).journal
    assert (made.state, made.graph) == ("waiting", f"{GRAPHS}places/places")
    told = read_verdicts(journal, made.id)[0].difference["entities"]
    assert [one["label"] for one in told] == ["graph/places/places", "Delta"]
    accept(instance, made.id)
    assert label(instance, "delta") == "Delta"
