"""Skip where there is no suite, expect the failures that are listed, and record what came out.

``CROSSTIES_CONFORMANCE=<folder> CROSSTIES_RECORD=1 python -m pytest -m "slow or not slow" tests/conformance``
writes the results to results.json beside this file.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from tests.conformance.suite import EXPECTED_FAILURES, FOUND, Case
from tests.serving import Served, hosting, serving

RESULTS: Final = Path(__file__).parent / "results.json"
_RECORD: Final = bool(os.environ.get("CROSSTIES_RECORD"))
_outcomes: Final[dict[str, dict[str, str]]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        if not FOUND:
            item.add_marker(pytest.mark.skip(reason="suite not found"))
        case = _case_of(item)
        if case and case.iri in EXPECTED_FAILURES:
            item.add_marker(pytest.mark.xfail(reason=EXPECTED_FAILURES[case.iri], strict=True))


def _case_of(item: pytest.Item) -> Case | None:
    parameters = getattr(item, "callspec", None)
    case = parameters.params.get("case") if parameters else None
    return case if isinstance(case, Case) else None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any]:
    outcome = yield
    report = outcome.get_result()
    case = _case_of(item)
    if case and (report.when == "call" or report.failed):
        suite = item.path.stem.removeprefix("test_")
        expected = report.skipped and hasattr(report, "wasxfail")
        told = "failed as expected" if expected else report.outcome
        outcomes = _outcomes.setdefault(suite, {})
        if outcomes.get(case.iri) != "failed":
            outcomes[case.iri] = told


def pytest_sessionfinish() -> None:
    if not (_RECORD and _outcomes):
        return
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for suite, outcomes in _outcomes.items():
        counts = Counter(outcomes.values())
        known[suite] = {
            "tests": len(outcomes),
            **{told: counts[told] for told in sorted(counts)},
            "not passed": sorted(iri for iri, told in outcomes.items() if told != "passed"),
        }
    RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an empty store that anybody may change."""
    home = tmp_path_factory.mktemp("conformance-home")
    with serving("--empty", "--writable", "--insecure", home=home) as served:
        yield served


@pytest.fixture(scope="module", params=["front", "flask"])
def endpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the same by the front, and by the Flask app alone under a WSGI server."""
    home = tmp_path_factory.mktemp("endpoint-home")
    if request.param == "flask":
        with hosting("gunicorn-gthread", home) as served:
            yield served
    else:
        with serving("--empty", "--writable", "--insecure", home=home) as served:
            yield served
