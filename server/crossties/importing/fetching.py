"""Ask a SPARQL service that somebody names for the twin towns of a country: P190 of Wikidata."""

from __future__ import annotations

import json
import re
from typing import Final

from SPARQLWrapper import JSON, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from crossties.errors import HostError, RequestError
from crossties.importing.pairs import WIKIDATA
from crossties.intake import Upload

_COUNTRY: Final = re.compile(r"Q[1-9][0-9]*")
_SECONDS: Final = 300


def fetch_pairs(endpoint: str, country: str) -> Upload:
    """Return the answer of the service as if it were a file; its bytes don't depend on the order of keys.

    Raises:
        RequestError: the country is no identifier of Wikidata.
        HostError: the service doesn't answer, or not with JSON.
    """
    if not _COUNTRY.fullmatch(country):
        message = f"“{country}” is no identifier of a country."
        raise RequestError(message, mend="Name it as Wikidata does: Q33 for Finland.")
    client = SPARQLWrapper(endpoint, agent="crossties (https://w3id.org/crossties/)")
    client.setTimeout(_SECONDS)
    client.setReturnFormat(JSON)
    client.setQuery(WIKIDATA.replace("COUNTRY", country))
    try:
        answer = client.query().convert()
    except (SPARQLWrapperException, OSError, ValueError) as error:
        message = f"{endpoint} gave no answer: {error}."
        raise HostError(message, mend="Try again later, or name another service.") from error
    return Upload(f"{country}.json", json.dumps(answer, ensure_ascii=False, sort_keys=True).encode())
