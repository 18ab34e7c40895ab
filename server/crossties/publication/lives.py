"""Whether a thing is here, was withdrawn, or has become another thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crossties.errors import GoneError
from crossties.namespaces import DCT, OWL, SKOS
from crossties.quads import iri, to_text
from crossties.results import read_table


@dataclass(frozen=True)
class Life:
    """What is known of an IRI: whether it is here, whether it was withdrawn, what took its place."""

    is_known: bool
    is_withdrawn: bool = False
    successors: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Return why it was withdrawn."""
        return " ".join(self.reasons) or "No reason was recorded."


def life_query(address: str) -> str:
    """Ask whether anything is said of a thing, and for the marks of one that was withdrawn."""
    this = to_text(iri(address))
    marks = f"<{OWL}deprecated> <{DCT}isReplacedBy> <{SKOS}historyNote>"
    return f"""SELECT DISTINCT ?property ?value WHERE {{
  {{ SELECT ?any WHERE {{ {this} ?any ?thing }} LIMIT 1 }}
  OPTIONAL {{ VALUES ?property {{ {marks} }} {this} ?property ?value
    FILTER(!isLiteral(?value) || LANG(?value) IN ("", "en")) }}
}} ORDER BY ?property ?value"""


def read_life(address: str, run: Callable[[str], bytes]) -> Life:
    """Return what is known of an IRI."""
    rows = read_table(run(life_query(address))).rows
    told: dict[str, list[str]] = {}
    for property_, value in rows:
        if property_ and value:
            told.setdefault(property_.text, []).append(value.text)
    return Life(
        is_known=bool(rows),
        is_withdrawn="true" in told.get(OWL + "deprecated", ()),
        successors=tuple(told.get(DCT + "isReplacedBy", ())),
        reasons=tuple(told.get(SKOS + "historyNote", ())),
    )


def require_here(address: str, life: Life) -> None:
    """Pass over what is here.

    Raises:
        GoneError: it was withdrawn; the error says why, and what took its place.
    """
    if life.is_withdrawn:
        instead = " and ".join(life.successors)
        message = f"{address} was withdrawn. {life.reason}"
        raise GoneError(message, mend=f"Look at {instead} instead." if instead else "Nothing took its place.")
