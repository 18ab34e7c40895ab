"""One small question on the test world, with a parameter of each type."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossties.questions.catalogue import Question, find_question, load_question
from crossties.resources import Content
from crossties.search.labels import Labels
from crossties.versions import Version

TEXT = '''#+ title = "Which places?"
#+ description = """Places, by many means."""
#+
#+ [parameters.place]
#+ type = "entity"
#+ classes = ["Organisation", "Place"]
#+ description = "A place, or a body."
#+ example = "Alder"
#+
#+ [parameters.theme]
#+ type = "concept"
#+ scheme = "theme"
#+ description = "A theme."
#+
#+ [parameters.kind]
#+ type = "code"
#+ scheme = "kind"
#+ description = "A kind."
#+ default = "municipality"
#+
#+ [parameters.on]
#+ type = "day"
#+ description = "A day."
#+ example = "2020-06-01"
#+
#+ [parameters.from]
#+ type = "from"
#+ description = "A start."
#+
#+ [parameters.until]
#+ type = "until"
#+ description = "An end."
#+
#+ [parameters.year]
#+ type = "year"
#+ description = "A year."
#+
#+ [parameters.minimum]
#+ type = "integer"
#+ description = "A count."
#+
#+ [parameters.share]
#+ type = "decimal"
#+ description = "A share."
#+
#+ [parameters.currency]
#+ type = "currency"
#+ description = "A currency."
#+
#+ [parameters.text]
#+ type = "text"
#+ description = "A text."
#+
#+ [columns]
#+ found = "entity"
#+ text = "text"
#+
#+ [[examples]]
#+ place = "Alder"
PREFIX ct: <https://w3id.org/crossties/ns#>

SELECT ?found ?foundLabel ?text WHERE {
  VALUES ?place { UNDEF }
  VALUES ?kind { <https://w3id.org/crossties/kind/municipality> }
  VALUES ?text { UNDEF }
  VALUES ?currency { UNDEF }
  ?found a ct:Place ; ct:kind ?kind ; ct:labelEn ?foundLabel .
  FILTER(!BOUND(?place) || EXISTS { ?found ct:coveredBy ?place })
}
ORDER BY ?foundLabel ?found
'''


@pytest.fixture
def question_file(tmp_path: Path) -> Path:
    path = tmp_path / "queries" / "places" / "some.rq"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def question(question_file: Path) -> Question:
    return load_question(question_file)


@pytest.fixture(scope="session")
def labels(world_version: Version) -> Labels:
    return world_version.labels()


@pytest.fixture
def shipped_in_force(content: Content) -> Question:
    return find_question(content.queries, "plans/in-force")
