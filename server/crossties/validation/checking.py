"""The one path from what is given to its report: the same for the command line, HTTP, the form and CI."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crossties.intake import Intake, Upload
from crossties.intake.policy import is_data
from crossties.quads import Literal, NamedNode, Quad
from crossties.quads.terms import BlankNode
from crossties.validation.examples import find_examples, is_example
from crossties.validation.judging import UNNAMED, Judged, Told
from crossties.validation.likeness import find_likely_duplicates
from crossties.validation.placing import text_of
from crossties.validation.plain import tidy_cells
from crossties.validation.reading import Given, give, is_vocabulary, read_given
from crossties.validation.references import find_dangling, find_taken_away
from crossties.validation.report import Report, Result, from_remark, make_report
from crossties.validation.suggestions import suggest_form
from crossties.validation.surroundings import Surroundings
from crossties.validation.texts import choose_message, say_all
from crossties.validation.vocabulary import find_unknown_terms
from crossties.wording import say

#: With so many violations the verdict is settled, and the shapes would only repeat them.
_SETTLED: Final = 1_000
_UNREAD: Final = "urn:crossties:unread:"


class OverdueError(BaseException):
    """The time for a check is nearly over: whoever bounds it raises this, and it ends with what was found."""


@dataclass(frozen=True)
class Checked:
    """The report on uploads, with what was read of them."""

    report: Report
    intakes: tuple[Intake, ...]


def check_uploads(
    uploads: Sequence[Upload], around: Surroundings, *, graph: str | None = None, language: str = "en"
) -> Checked:
    """Check uploads as a part of the published graph; ``graph`` is the one that a single upload replaces."""
    named = graph if len(uploads) == 1 else None
    return check_given([give(upload, named) for upload in uploads], around, language=language)


def check_given(
    given: Sequence[Given],
    around: Surroundings,
    *,
    language: str = "en",
    also: Sequence[Result] = (),
) -> Checked:
    """Check uploads whose graphs are known; ``also`` tells of files that can't even be opened."""
    intakes = tuple(read_given(one, around.names, around.content, language=language) for one in given)
    return Checked(check_intakes(intakes, around, language=language, also=also), intakes)


def check_intakes(
    intakes: Sequence[Intake],
    around: Surroundings,
    *,
    language: str = "en",
    also: Sequence[Result] = (),
) -> Report:
    """Return the report on what was read already: what reading told of it, and all that it means together."""
    results, notes = _of_reading(intakes, language, also), list[str]()
    if not is_stopped(intakes, also) and intakes:
        notes = _check_together(intakes, around, results, language)
    return make_report(tidy_cells(results, around, language), files=_files(intakes, also), notes=notes)


def report_reading(intakes: Sequence[Intake], *, language: str = "en", also: Sequence[Result] = ()) -> Report:
    """Return the report where ``is_stopped``: it takes nothing that is published to tell."""
    return make_report(_of_reading(intakes, language, also), files=_files(intakes, also))


def is_stopped(intakes: Sequence[Intake], also: Sequence[Result] = ()) -> bool:
    """Tell whether a file can't be read, so that nothing is asked about what they mean together."""
    return bool(also) or not all(intake.is_readable for intake in intakes)


def _of_reading(intakes: Sequence[Intake], language: str, also: Sequence[Result]) -> list[Result]:
    remarks = (from_remark(one) for intake in intakes for one in (*intake.notes, *intake.problems))
    results = [*also, *(_improve(one, language) for one in remarks)]
    if is_stopped(intakes, also):
        results += [_waiting(intake, language) for intake in intakes if intake.is_readable]
    return results


def _files(intakes: Sequence[Intake], also: Sequence[Result]) -> list[str]:
    return sorted({*(intake.origin for intake in intakes), *(one.file or "" for one in also)})


def _improve(result: Result, language: str) -> Result:
    """Add the form that a value could have, where reading did not suggest one."""
    form = suggest_form(result.value, result.message, language) if result.value else None
    return replace(result, suggestion=form) if form else result


def _waiting(intake: Intake, language: str) -> Result:
    """Say that the rest wasn't looked at: what it refers to may stand in a file that can't be read."""
    texts = say_all("validation.waiting.what")
    mend = say("validation.waiting.mend", language)
    message = choose_message(texts, language)
    return Result(intake.origin, "info", message, "syntax", suggestion=mend, code="waiting", texts=texts)


def _check_together(
    intakes: Sequence[Intake], around: Surroundings, results: list[Result], language: str
) -> list[str]:
    """Add what is found to the results, step by step, while there is time; return what to note of it."""
    told = _told(results)
    try:
        results += _check_names(intakes, around, language)
        if sum(one.blocks for one in results) > _SETTLED:
            results.append(_stopping("settled", intakes, language))
            return []
        judged = Judged(intakes, around, told | _told(results), language)
        results += judged.results(*_changes(intakes, around, told))
    except OverdueError:
        results.append(_stopping("overdue", intakes, language))
        return []
    return judged.notes


def _stopping(reason: str, intakes: Sequence[Intake], language: str) -> Result:
    """Say that shapes and rules were not asked to the end; what was not checked does not conform."""
    texts = say_all(f"validation.{reason}.what", most=_SETTLED)
    mend = say(f"validation.{reason}.mend", language)
    message = choose_message(texts, language)
    file = intakes[0].origin if len(intakes) == 1 else None
    return Result(file, "violation", message, "shape", suggestion=mend, code=reason, texts=texts)


def _changes(
    intakes: Sequence[Intake], around: Surroundings, told: Told
) -> tuple[frozenset[str], frozenset[Quad], frozenset[Quad]]:
    """Return the graphs that the uploads are, and what these state before and after."""
    graphs = frozenset(intake.graph for intake in intakes)
    old = frozenset(quad for graph in sorted(graphs) for quad in around.base.quads_of(graph))
    new = frozenset(_tame(quad, told) for intake in intakes for quad in _named(intake))
    return graphs, old, new


def _check_names(intakes: Sequence[Intake], around: Surroundings, language: str) -> Iterator[Result]:
    """Yield what is found without the shapes: examples, unknown terms and references, likely duplicates."""
    graphs, old, new = _changes(intakes, around, set())
    yield from find_examples(intakes, language)
    yield from find_unknown_terms(intakes, around, language)
    yield from (one for one in find_dangling(intakes, around, language) if not is_example(one.value))
    yield from find_taken_away(intakes, list(old - new), around, language) if old - new else ()
    yield from find_likely_duplicates(intakes, around, graphs, language)


def _named(intake: Intake) -> Iterator[Quad]:
    """Give data's nodes without a name one for the engine; that they have none was told."""
    if is_vocabulary(intake):
        yield from intake.quads
        return
    for quad in filter(is_data, intake.quads):
        subject = _name(quad.subject) if isinstance(quad.subject, BlankNode) else quad.subject
        value = _name(quad.object) if isinstance(quad.object, BlankNode) else quad.object
        yield Quad(subject, quad.predicate, value, quad.graph_name)


def _name(node: BlankNode) -> NamedNode:
    return NamedNode(UNNAMED + node.value)


def _tame(quad: Quad, told: Told) -> Quad:
    """Keep a value that is no value of its datatype, which was told, from who would compute with it."""
    value = quad.object
    if not isinstance(value, Literal) or value.language is not None:
        return quad
    if (text_of(quad.subject), quad.predicate.value, value.value) not in told:
        return quad
    unread = Literal(value.value, datatype=NamedNode(_UNREAD + value.datatype.value))
    return Quad(quad.subject, quad.predicate, unread, quad.graph_name)


def _told(results: Collection[Result]) -> Told:
    return {(one.focus, one.path, one.value) for one in results if one.severity == "violation"}
