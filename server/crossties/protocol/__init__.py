"""SPARQL 1.1 Protocol and Graph Store Protocol as functions from request to answer."""

from crossties.protocol.answering import (
    Apply,
    Run,
    RunAsync,
    answer,
    answer_async,
    at_once,
    carry_out,
    respond,
)
from crossties.protocol.description import LIMIT_WORDS, LIMITS_PATH
from crossties.protocol.graphs import plan_graph
from crossties.protocol.messages import (
    EVERYONE,
    GRAPH_METHODS,
    METHODS,
    AsyncProtocolAnswer,
    ProtocolAnswer,
    ProtocolRequest,
)
from crossties.protocol.planning import Change, Plan, Planner, Reading, plan_query
from crossties.protocol.problems import PROBLEM_TYPE, describe_problem, to_answer
from crossties.protocol.reading import MAX_GET_BYTES, read_request
from crossties.protocol.service import Service

__all__ = [
    "EVERYONE",
    "GRAPH_METHODS",
    "LIMITS_PATH",
    "LIMIT_WORDS",
    "MAX_GET_BYTES",
    "METHODS",
    "PROBLEM_TYPE",
    "Apply",
    "AsyncProtocolAnswer",
    "Change",
    "Plan",
    "Planner",
    "ProtocolAnswer",
    "ProtocolRequest",
    "Reading",
    "Run",
    "RunAsync",
    "Service",
    "answer",
    "answer_async",
    "at_once",
    "carry_out",
    "describe_problem",
    "plan_graph",
    "plan_query",
    "read_request",
    "respond",
    "to_answer",
]
