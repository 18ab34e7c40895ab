"""Turn what the strict parser couldn't read into remarks that say how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossties.errors import Location
from crossties.intake.hints import OF_NAMES, Hint, explain, explain_name, find_undeclared, make_spot
from crossties.intake.model import Remark
from crossties.quads.lines import Lines
from crossties.quads.strict import Fault
from crossties.wording import say


def read_faults(
    faults: Sequence[Fault], text: str, *, origin: str, syntax: str, language: str
) -> Iterator[Remark]:
    """Yield a remark for each mistake inside a name, and for the first mistake of grammar.

    What follows a mistake of grammar on its line is left out, as are further ones: most only follow from it.
    """
    lines = Lines(text)
    told: set[str] = set()
    broken: int | None = None
    for fault in faults:
        if broken is not None and fault.line == broken:
            continue
        if told and fault.reason.startswith("Unexpected end"):
            continue
        spot = make_spot(text, lines, syntax, fault)
        hint = explain_name(spot)
        if hint is None:
            if broken is not None:
                continue
            broken = fault.line or -1
            hint = explain(spot)
        key = str(hint[1].get("prefix", "")) or f"{fault.line}:{fault.column}"
        if key not in told:
            told.add(key)
            at = text.find(fault.reason[-2], spot.start + 1) if hint[0] == "iri_character" else spot.start
            where = Location(origin, *lines.place(at))
            yield make_remark(hint, where, language, is_of_a_name=hint[0] in OF_NAMES)
    if any("The prefix" in fault.reason for fault in faults):
        for hint, at in find_undeclared(text):
            if hint[1]["prefix"] not in told:
                yield make_remark(hint, Location(origin, *lines.place(at)), language, is_of_a_name=True)


def make_remark(hint: Hint, where: Location, language: str, *, is_of_a_name: bool = False) -> Remark:
    """Return the remark on a mistake in the text itself."""
    code, values = hint
    return Remark(
        "violation",
        say(f"intake.{code}.what", language, **values),
        where,
        say(f"intake.{code}.mend", language, **values),
        source="lint" if is_of_a_name else "syntax",
        code=code,
    )
