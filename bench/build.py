"""Where the time of a build goes: ``python bench/build.py FOLDER STORE``.

Builds a store from the files in FOLDER and the vocabulary, as ``crossties build`` does, and says how long
each step of the derivation took and how many triples it added. The store may be kept in a new folder STORE.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from crossties.derivation import derive as deriving
from crossties.resources import find_content
from crossties.store.build import build
from crossties.versions import folder_sources, vocabulary_sources

_SHOWN: Final = 25


def build_timed(folder: Path, target: Path) -> dict[str, Any]:
    """Build the store and return what was counted, with the seconds of each step, slowest first."""
    steps: list[tuple[float, int, str]] = []
    restore = _watch(steps)
    started = time.perf_counter()
    try:
        built = build(vocabulary_sources(find_content()) + folder_sources(folder), target)
    finally:
        restore()
    seconds = time.perf_counter() - started
    return {
        "files": built.files,
        "stated": built.stated,
        "derived": built.derived,
        "seconds": round(seconds, 1),
        "of which derivation": round(sum(took for took, _, _ in steps), 1),
        "steps": [
            {"step": name, "seconds": round(took, 2), "triples": added}
            for took, added, name in sorted(steps, reverse=True)[:_SHOWN]
        ],
    }


def _watch(steps: list[tuple[float, int, str]]) -> Callable[[], None]:
    """Time every step of ``derive``, its triples read to the end; return what undoes this."""
    module: Any = import_module(deriving.__name__)
    names = {text: name for name, text in _rule_names(module)}
    originals = {
        name: value
        for name, value in vars(module).items()
        if callable(value) and (name.startswith(("derive_", "write_")) or name in {"apply_rule", "_add"})
    }

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the step takes
            started = time.perf_counter()
            found = function(*given, **more)
            if isinstance(found, Iterable):
                found = list(found)
            took = time.perf_counter() - started
            told = names.get(given[1], name) if name == "apply_rule" else name
            size = found if isinstance(found, int) else len(found)
            steps.append((took, size, "adding, all steps" if name == "_add" else told))
            return found

        return call

    for name, function in originals.items():
        setattr(module, name, timed(name, function))

    def restore() -> None:
        for name, function in originals.items():
            setattr(module, name, function)
        _join(steps)

    return restore


def _rule_names(module: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a module
    rules = module._RULES  # noqa: SLF001 - nobody else needs the names
    names = sorted(rule.name for rule in rules.iterdir() if rule.name.endswith(".rq"))
    return [(name, (rules / name).read_text("utf-8")) for name in names]


def _join(steps: list[tuple[float, int, str]]) -> None:
    """Add up the steps of one name."""
    joined: dict[str, tuple[float, int]] = {}
    for took, added, name in steps:
        before = joined.get(name, (0.0, 0))
        joined[name] = (before[0] + took, before[1] + added)
    steps[:] = [(took, added, name) for name, (took, added) in joined.items()]


def main() -> None:
    """Build once and print the result as JSON."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    sys.stdout.write(json.dumps(build_timed(folder, target), indent=1) + "\n")
    sys.stdout.write(f"{len(ox.Store.read_only(str(target)))} quads in {target}\n")


if __name__ == "__main__":
    main()
