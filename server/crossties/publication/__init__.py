"""Publish things at their addresses: what is said of them, for people and for machines."""

from crossties.publication.addresses import (
    HTML,
    choose_address,
    data_path,
    local_path,
    page_path,
    split_data_path,
)
from crossties.publication.describing import Run, describe
from crossties.publication.descriptions import Description, Group, Statement, Value
from crossties.publication.queries import construct_query, exists_query, link_query

__all__ = [
    "HTML",
    "Description",
    "Group",
    "Run",
    "Statement",
    "Value",
    "choose_address",
    "construct_query",
    "data_path",
    "describe",
    "exists_query",
    "link_query",
    "local_path",
    "page_path",
    "split_data_path",
]
