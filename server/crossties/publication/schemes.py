"""A code list as a tree: its concepts, wider before narrower, each with its code and definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from crossties.quads import iri, to_text
from crossties.results import Cell, read_table


@dataclass(frozen=True)
class Concept:
    """One concept of a list; ``uses`` counts the statements that name it, ``below`` are the narrower ones."""

    iri: str
    code: str
    label: str
    definition: str
    uses: int
    below: tuple[Concept, ...]


def scheme_query(scheme: str, language: str) -> str:
    """Select the concepts of a list with what a page shows of them."""
    return f"""PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?concept ?code ?label ?definition ?broader (COUNT(DISTINCT ?user) AS ?uses) WHERE {{
  ?concept skos:inScheme {to_text(iri(scheme))} ; ct:label{language.capitalize()} ?label .
  OPTIONAL {{ ?concept skos:notation ?code }}
  OPTIONAL {{ ?concept skos:definition ?definition FILTER(LANG(?definition) = "{language}") }}
  OPTIONAL {{ ?concept skos:broader ?broader }}
  OPTIONAL {{ VALUES ?link {{ ct:kind ct:role ct:status ct:ending ct:mode ct:direction ct:stage ct:reason
      ct:measure ct:theme ct:scheme ct:purpose ct:funder ct:actor ct:beneficiary }}
    ?user ?link ?concept }}
}} GROUP BY ?concept ?code ?label ?definition ?broader ORDER BY ?label ?concept"""


def read_scheme(scheme: str, run: Callable[[str], bytes], language: str) -> tuple[Concept, ...]:
    """Return the concepts at the top of a list, with those below them."""
    found: dict[str, tuple[str, str, str, int]] = {}
    wider: dict[str, list[str]] = defaultdict(list)
    for row in read_table(run(scheme_query(scheme, language))).rows:
        concept, code, label, definition, broader, uses = map(_text, row)
        found[concept] = (code, label, definition, int(uses))
        wider[broader].append(concept)
    roots = [one for parent in wider if parent not in found for one in wider[parent]]

    def tree(concept: str) -> Concept:
        return Concept(concept, *found[concept], below=tuple(tree(one) for one in wider[concept]))

    return tuple(tree(one) for one in roots)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""
