"""The operator's page agrees with the code: every setting with its default, every address, every metric."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Final

from flask import Flask

from crossties.settings import Settings
from crossties.web import operators

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
ROWS: Final = dict(re.findall(r"^\| `CROSSTIES_(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE))


def test_every_setting_is_in_the_table_and_none_that_is_not_there() -> None:
    assert set(ROWS) == {field.name.upper() for field in fields(Settings)}


def test_every_number_is_told_with_its_default() -> None:
    for field in fields(Settings):
        if field.default is MISSING or isinstance(field.default, bool) or not field.default:
            continue
        told = ROWS[field.name.upper()].strip("` ")
        assert told == (f"{field.default:g}" if isinstance(field.default, float) else str(field.default))


def test_the_addresses_for_operators_are_told() -> None:
    app = Flask(__name__)
    app.register_blueprint(operators.blueprint)
    rules = {rule.rule.partition("<")[0] for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    assert not [rule for rule in rules if rule not in PAGE]


def test_the_unit_reads_data_again_on_reload_and_starts_what_exists() -> None:
    unit = (ROOT / "deploy" / "crossties.service").read_text(encoding="utf-8")
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit
    assert re.search(r"^ExecStart=\S+/crossties serve ", unit, re.MULTILINE)


def test_the_image_copies_what_is_there_and_does_not_run_as_root() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (.+) \S+$", image, re.MULTILINE) for name in line.split()]
    assert copied
    assert not [name for name in copied if not (ROOT / name).exists()]
    assert image.index("USER crossties") < image.index('CMD ["crossties"')
