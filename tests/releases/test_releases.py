"""Releases: frozen, hashed, the same bytes from the same data, readable by others."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import to_canonical_graph

from crossties.errors import NotFoundError, RequestError
from crossties.releases import Release, create_release, find_release, list_releases, open_dumps
from crossties.releases.tables import SHEETS
from crossties.resources import Content
from crossties.versions import Version, ensure_version, folder_sources, vocabulary_sources

#: rdflib warns of its own parsers.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|ConjunctiveGraph) is deprecated:DeprecationWarning"
)
WORLD = Path(__file__).parents[1] / "world"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("releases")


@pytest.fixture(scope="module")
def release(home: Path, world_version: Version, content: Content) -> Release:
    return create_release(home, "1.0", world_version, content, day=DAY)


def read(release: Release, name: str) -> bytes:
    return (release.folder / name).read_bytes()


def test_a_release_has_an_id_a_day_a_hash_and_counts(home: Path, release: Release) -> None:
    assert (release.id, release.created) == ("1.0", "2026-11-22")
    lines = read(release, "crossties.nq").splitlines()
    assert lines == sorted(lines)
    assert release.digest == hashlib.sha256(read(release, "crossties.nq")).hexdigest()
    assert release.counts["quads"] == len(lines)
    assert find_release(home, "1.0") == release
    assert list_releases(home) == [release]


def test_a_release_never_changes(
    home: Path, release: Release, world_version: Version, content: Content
) -> None:
    with pytest.raises(RequestError, match="already"):
        create_release(home, release.id, world_version, content)


@pytest.mark.parametrize("name", ["", "latest", "../x", "a b", "-x", "x/y", "ä"])
def test_a_bad_id_is_refused(home: Path, world_version: Version, content: Content, name: str) -> None:
    with pytest.raises(RequestError):
        create_release(home, name, world_version, content)


def test_an_unknown_release_is_told_with_those_there_are(home: Path, release: Release) -> None:
    with pytest.raises(NotFoundError) as error:
        find_release(home, "9")
    assert release.id in error.value.mend


def test_the_same_data_give_the_same_bytes_on_another_host(
    tmp_path: Path, release: Release, content: Content
) -> None:
    version = ensure_version(tmp_path / "other", vocabulary_sources(content) + folder_sources(WORLD))
    other = open_dumps(tmp_path / "other", version, content)
    assert other.digest == release.digest
    assert {one.name: one.sha256 for one in other.files} == {one.name: one.sha256 for one in release.files}
    assert read(other, "SHA256SUMS") == read(release, "SHA256SUMS")


def test_every_format_says_the_same(release: Release) -> None:
    sizes = {
        name: len(list(rdflib.Dataset().parse(data=read(release, name), format=form).quads()))
        for name, form in (
            ("crossties.nq", "nquads"),
            ("crossties.trig", "trig"),
            ("crossties.jsonld", "json-ld"),
        )
    }
    assert set(sizes.values()) == {release.counts["quads"]}
    merged = rdflib.Graph().parse(data=read(release, "crossties.ttl"))
    assert len(merged) == release.counts["triples"]
    apart = rdflib.Graph()
    with zipfile.ZipFile(io.BytesIO(read(release, "crossties-turtle.zip"))) as archive:
        for name in archive.namelist():
            apart.parse(data=archive.read(name), format="turtle")
    assert len(apart) == len(merged)
    assert len(to_canonical_graph(apart) - to_canonical_graph(merged)) == 0


def test_packed_files_hold_the_plain_ones(release: Release) -> None:
    for one in release.files:
        body = read(release, one.name)
        assert (len(body), hashlib.sha256(body).hexdigest()) == (one.size, one.sha256)
        if one.name.endswith(".gz"):
            assert gzip.decompress(body) == read(release, one.plain)
            assert body[4:8] == b"\0\0\0\0"
        if one.name.endswith(".zst"):
            assert body[:4] == b"\x28\xb5\x2f\xfd"
    assert len(release.files) == 8 * 3 + 2


def test_the_tables_have_the_columns_that_their_metadata_name(release: Release) -> None:
    with zipfile.ZipFile(io.BytesIO(read(release, "crossties-csv.zip"))) as archive:
        metadata = json.loads(archive.read("csv-metadata.json"))
        assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
        for table in metadata["tables"]:
            rows = list(csv.reader(io.StringIO(archive.read(table["url"]).decode())))
            columns = table["tableSchema"]["columns"]
            assert rows[0] == [column["name"] for column in columns]
            iris = [row[0] for row in rows[1:]]
            assert iris == sorted(set(iris))
    assert len(metadata["tables"]) == len(SHEETS)


def test_a_money_fact_is_a_row(release: Release) -> None:
    with zipfile.ZipFile(io.BytesIO(read(release, "crossties-csv.zip"))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("funding.csv").decode())))
    one = next(row for row in rows if row["iri"].endswith("/ferry-centre-2019-alder"))
    assert (one["amount"], one["currency"]) == ("1000", "EUR")
    assert one["statedIn"].startswith("https://w3id.org/crossties/id/document/")


def test_the_map_has_places_and_their_cooperations(release: Release) -> None:
    told = json.loads(read(release, "places.geojson"))
    assert told["type"] == "FeatureCollection"
    for feature in told["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


@pytest.mark.parametrize("name", ["network.graphml", "network.gexf"])
def test_the_network_joins_parties(release: Release, name: str) -> None:
    tree = ET.fromstring(read(release, name))  # noqa: S314 - our own
    nodes = {one.get("id") for one in tree.findall(".//{*}node")}
    edges = [(one.get("source"), one.get("target")) for one in tree.findall(".//{*}edge")]
    assert "https://w3id.org/crossties/id/organisation/town-of-alder" in nodes
    assert edges
    assert {end for pair in edges for end in pair} <= nodes
