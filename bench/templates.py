"""The sparqloscope templates of the reference folder, filled from a small graph of the same kind."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from workload import Query

_NAME: Final = re.compile(r"%([A-Z0-9_]+)%")
_FILE: Final = "sparqloscope-query-templates.yaml"


def find_reference() -> Path | None:
    """Return the folder that CROSSTIES_REFERENCE names, where it is one."""
    folder = os.environ.get("CROSSTIES_REFERENCE")
    return Path(folder) if folder and Path(folder).is_dir() else None


def list_templates(sample: ox.Store) -> Iterator[Query]:
    """Return the templates, filled from the sample; those that it has no value for are left out."""
    folder = find_reference()
    if folder is None or not (folder / _FILE).is_file():
        return
    # Only this workload needs PyYAML
    yaml: Any = import_module("yaml")
    told = yaml.safe_load((folder / _FILE).read_text(encoding="utf-8"))
    values = _find_values(sample, told)
    for query in told["queries"]:
        text = _fill(query["query"], values)
        if not _NAME.search(text):
            yield Query(f"sparqloscope {query['name']}", text)


def _find_values(sample: ox.Store, told: Mapping[str, Any]) -> dict[str, str]:
    """Ask for every placeholder in turn: later ones are made of earlier ones."""
    values = {one["name"]: f"{{ {one['query']} }}" for one in told["precomputed_queries"]}
    for one in told["placeholders"]:
        text = _fill(one["query"], values)
        row = None if _NAME.search(text) else _ask(sample, text)
        if row is None:
            continue
        for child in one.get("children") or [{"suffix": "", "variable": next(iter(row), "")}]:
            value = row.get(child["variable"].lstrip("?"))
            if value:
                values[one["name"] + child["suffix"]] = value
    return values


def _ask(sample: ox.Store, query: str) -> dict[str, str] | None:
    """Return the first row as text; a number as it is written in a query."""
    try:
        answer = sample.query(query)
    except (SyntaxError, ValueError):
        return None
    if not isinstance(answer, ox.QuerySolutions):
        return None
    variables = [variable.value for variable in answer.variables]
    for row in answer:
        return {name: _write(row[name]) for name in variables if row[name] is not None}
    return None


def _write(term: Any) -> str:  # noqa: ANN401 - any term
    whole = isinstance(term, ox.Literal) and term.datatype.value.endswith(("#integer", "#decimal"))
    return str(term.value) if whole else str(term)


def _fill(text: str, values: Mapping[str, str]) -> str:
    before = ""
    while before != text:
        before = text
        text = _NAME.sub(lambda found: values.get(found[1], found[0]), text)
    return text
