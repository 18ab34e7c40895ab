"""The SPARQL 1.1 Protocol as a function from request to answer, without a web framework."""

from crossties.protocol.answering import Run, answer, respond
from crossties.protocol.messages import EVERYONE, METHODS, ProtocolAnswer, ProtocolRequest
from crossties.protocol.problems import PROBLEM_TYPE, describe_problem, to_answer
from crossties.protocol.reading import MAX_GET_BYTES, read_request

__all__ = [
    "EVERYONE",
    "MAX_GET_BYTES",
    "METHODS",
    "PROBLEM_TYPE",
    "ProtocolAnswer",
    "ProtocolRequest",
    "Run",
    "answer",
    "describe_problem",
    "read_request",
    "respond",
    "to_answer",
]
