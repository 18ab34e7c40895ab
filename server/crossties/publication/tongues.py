"""The words in which rules are listed in Finnish, Russian and Swedish.

Labels stand in them as they are, behind a colon or in quotation marks: so no word has to be inflected.
``{}`` is where a label, a number or a list of them stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Tongue:
    """The words of one language; ``limits`` are by the name of the SHACL parameter."""

    exactly: str
    at_least: str
    at_most: str
    between: str
    any_number: str
    none: str
    inverse: str
    at_any_distance: str
    its_class: str
    concept_of: str
    concept_below: str
    one_of: str
    includes: str
    own_iri: str
    text: str
    node: str
    quoted: str
    either: str
    never: str
    qualified: str
    shape: str
    once_per_language: str
    languages: str
    and_word: str
    or_word: str
    limits: Mapping[str, str]
    datatypes: Mapping[str, str]


TONGUES: Final = {
    "fi": Tongue(
        exactly="täsmälleen {}",
        at_least="vähintään {}",
        at_most="enintään {}",
        between="vähintään {} ja enintään {}",
        any_number="kuinka monta tahansa",
        none="ei yhtään",
        inverse="mihin tämä on arvona ”{}”",
        at_any_distance="{} (miten kaukana tahansa)",
        its_class="luokka: {}",
        concept_of="käsite luettelosta: {}",
        concept_below="alakäsite käsitteelle: {}",
        one_of="jokin näistä: {}",
        includes="mukana: {}",
        own_iri="oma IRI",
        text="literaali",
        node="solmu",
        quoted="”{}”",
        either="jokin näistä: {}",
        never="ei: {}",
        qualified="{} sellaisia, joilla: {}",
        shape="muodon {} mukainen",
        once_per_language="kukin kieli enintään kerran",
        languages="kielet: {}",
        and_word="ja",
        or_word="tai",
        limits={
            "sh:minInclusive": "pienin arvo {}",
            "sh:maxInclusive": "suurin arvo {}",
            "sh:minExclusive": "suurempi kuin {}",
            "sh:maxExclusive": "pienempi kuin {}",
            "sh:minLength": "lyhin pituus {}",
            "sh:maxLength": "suurin pituus {}",
            "sh:pattern": "kaavan ”{}” mukainen",
            "sh:lessThanOrEquals": "ei myöhempi kuin ”{}”",
            "sh:lessThan": "aikaisempi kuin ”{}”",
            "sh:disjoint": "ei sama kuin ”{}”",
            "sh:equals": "sama kuin ”{}”",
        },
        datatypes={
            "langString": "teksti jollakin kielellä",
            "wktLiteral": "piste WKT-muodossa",
            "anyURI": "osoite",
            "string": "pelkkä teksti",
            "date": "päivä",
            "gYearMonth": "kuukausi",
            "gYear": "vuosi",
            "boolean": "tosi tai epätosi",
            "integer": "kokonaisluku",
            "decimal": "luku",
        },
    ),
    "ru": Tongue(
        exactly="ровно {}",
        at_least="не менее {}",
        at_most="не более {}",
        between="не менее {} и не более {}",
        any_number="сколько угодно",
        none="ни одного",
        inverse="чьим значением «{}» это является",
        at_any_distance="{} (на любом расстоянии)",
        its_class="класс: {}",
        concept_of="понятие из перечня: {}",
        concept_below="понятие ниже понятия: {}",
        one_of="одно из: {}",
        includes="в том числе: {}",
        own_iri="собственный IRI",
        text="литерал",
        node="узел",
        quoted="«{}»",
        either="одно из: {}",
        never="нет: {}",
        qualified="{} таких, для которых: {}",
        shape="по форме {}",
        once_per_language="каждый язык не более одного раза",
        languages="языки: {}",
        and_word="и",
        or_word="или",
        limits={
            "sh:minInclusive": "наименьшее значение {}",
            "sh:maxInclusive": "наибольшее значение {}",
            "sh:minExclusive": "больше {}",
            "sh:maxExclusive": "меньше {}",
            "sh:minLength": "наименьшая длина {}",
            "sh:maxLength": "наибольшая длина {}",
            "sh:pattern": "по образцу «{}»",
            "sh:lessThanOrEquals": "не позже, чем «{}»",
            "sh:lessThan": "раньше, чем «{}»",
            "sh:disjoint": "не то же, что «{}»",
            "sh:equals": "то же, что «{}»",
        },
        datatypes={
            "langString": "текст на каком-либо языке",
            "wktLiteral": "точка в формате WKT",
            "anyURI": "адрес",
            "string": "простой текст",
            "date": "день",
            "gYearMonth": "месяц",
            "gYear": "год",
            "boolean": "да или нет",
            "integer": "целое число",
            "decimal": "число",
        },
    ),
    "sv": Tongue(
        exactly="exakt {}",
        at_least="minst {}",
        at_most="högst {}",
        between="minst {} och högst {}",
        any_number="hur många som helst",
        none="inga",
        inverse="vad som har detta som ”{}”",
        at_any_distance="{} (på valfritt avstånd)",
        its_class="klass: {}",
        concept_of="begrepp ur listan: {}",
        concept_below="begrepp under: {}",
        one_of="något av: {}",
        includes="däribland: {}",
        own_iri="en egen IRI",
        text="en literal",
        node="en nod",
        quoted="”{}”",
        either="något av: {}",
        never="inte: {}",
        qualified="{} sådana med: {}",
        shape="enligt formen {}",
        once_per_language="varje språk högst en gång",
        languages="språk: {}",
        and_word="och",
        or_word="eller",
        limits={
            "sh:minInclusive": "lägsta värde {}",
            "sh:maxInclusive": "högsta värde {}",
            "sh:minExclusive": "större än {}",
            "sh:maxExclusive": "mindre än {}",
            "sh:minLength": "minsta längd {}",
            "sh:maxLength": "största längd {}",
            "sh:pattern": "enligt mönstret ”{}”",
            "sh:lessThanOrEquals": "inte senare än ”{}”",
            "sh:lessThan": "tidigare än ”{}”",
            "sh:disjoint": "inte samma som ”{}”",
            "sh:equals": "samma som ”{}”",
        },
        datatypes={
            "langString": "text på något språk",
            "wktLiteral": "en punkt i WKT",
            "anyURI": "en adress",
            "string": "ren text",
            "date": "en dag",
            "gYearMonth": "en månad",
            "gYear": "ett år",
            "boolean": "sant eller falskt",
            "integer": "ett heltal",
            "decimal": "ett tal",
        },
    ),
}
