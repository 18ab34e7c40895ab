"""What every description of the whole dataset says: titles, descriptions, keywords, who makes it."""

from __future__ import annotations

from typing import Final

from crossties.publication.hosts import MAKER, Host
from crossties.publication.notes import Notes, ref, text

TITLES: Final = {
    "en": "crossties: a knowledge graph of cross-border cooperation",
    "fi": "crossties: rajat ylittävän yhteistyön tietoverkko",
    "ru": "crossties: граф знаний о трансграничном сотрудничестве",  # noqa: RUF001 - a Russian word
    "sv": "crossties: en kunskapsgraf om gränsöverskridande samarbete",
}
DESCRIPTIONS: Final = {
    "en": "Agreements, signings, plans, projects, money and outcomes between towns, regions and bodies on "
    "two sides of a border; every fact names the document and paragraph that says so.",
    "fi": "Rajan kahta puolta olevien kuntien, alueiden ja organisaatioiden sopimukset, allekirjoitukset, "
    "suunnitelmat, hankkeet, rahoitus ja tulokset; jokainen tieto nimeää asiakirjan ja kappaleen, joka niin "
    "sanoo.",
    "ru": "Соглашения, подписания, планы, проекты, деньги и результаты между городами, регионами и "
    "организациями по две стороны границы; каждый факт указывает документ и абзац, в котором это сказано.",
    "sv": "Avtal, undertecknanden, planer, projekt, pengar och resultat mellan städer, regioner och "
    "organisationer på två sidor av en gräns; varje uppgift anger dokumentet och stycket som säger det.",
}
KEYWORDS: Final = {
    "en": ("cross-border cooperation", "twin towns", "agreements", "regions", "funding"),
    "fi": ("rajat ylittävä yhteistyö", "ystävyyskaupungit", "sopimukset", "alueet", "rahoitus"),
    "ru": ("трансграничное сотрудничество", "города-побратимы", "соглашения", "регионы", "финансирование"),
    "sv": ("gränsöverskridande samarbete", "vänorter", "avtal", "regioner", "finansiering"),
}


def dataset_iri(host: Host) -> str:
    """Return the IRI of the dataset as a whole."""
    return host.iri("catalog#dataset")


def describe_maker(notes: Notes, host: Host) -> None:
    """Say who makes and publishes it."""
    maker = host.iri(MAKER)
    notes.say(maker, "rdf:type", ref("foaf:Agent"))
    notes.say(maker, "foaf:name", text("crossties contributors"))
