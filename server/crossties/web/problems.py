"""Errors as answers: a problem document for machines, a calm page for people."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
)

from crossties import errors
from crossties.errors import CrosstiesError, NotAcceptableError
from crossties.formats import Format, negotiate
from crossties.protocol import PROBLEM_TYPE, to_answer
from crossties.publication import HTML
from crossties.web.carrying import carry

_PROBLEM: Final = Format("problem", (PROBLEM_TYPE, "application/json"), "json")


def register(app: Flask) -> None:
    """Answer our own errors, those of the routing, and what nobody foresaw."""
    app.register_error_handler(CrosstiesError, show_problem)
    app.register_error_handler(HTTPException, _translate)
    app.register_error_handler(Exception, _unforeseen)


def show_problem(error: CrosstiesError) -> Response:
    """Return the error in the form that the client reads."""
    response = carry(to_answer(error))
    response.vary.add("Accept")
    if wants_page():
        response.set_data(render_template("problem.html", error=error))
        response.content_type = "text/html; charset=utf-8"
    return response


def wants_page() -> bool:
    """Say whether the client would rather have a page than a document for machines."""
    if "format" in request.args:
        return request.args["format"].lower() == HTML.name
    try:
        return negotiate(request.headers.get("Accept"), (_PROBLEM, HTML)) is HTML
    except NotAcceptableError:
        return False


def _translate(error: HTTPException) -> Response:
    if isinstance(error, MethodNotAllowed):
        allowed = tuple(sorted(error.valid_methods or ()))
        what = f"{request.path} does not answer {request.method}."
        return show_problem(errors.MethodError(what, mend=f"Use {' or '.join(allowed)}.", allowed=allowed))
    if isinstance(error, NotFound):
        what = f"There is nothing at {request.path}."
        return show_problem(errors.NotFoundError(what, mend="Start at the home page, or search for a name."))
    if isinstance(error, RequestEntityTooLarge):
        limit = request.max_content_length
        return show_problem(
            errors.TooLargeError(f"The body is larger than {limit} bytes.", mend="Send less.")
        )
    if isinstance(error, SecurityError):
        what = "This host does not answer for that name."
        return _bare_problem(errors.RequestError(what, mend="Ask at its public address."))
    if error.code is not None and error.code < 400:  # noqa: PLR2004
        return current_app.make_response(error.get_response())
    return show_problem(errors.RequestError(f"{error.name}: {error.description}"))


def _bare_problem(error: CrosstiesError) -> Response:
    """Without a trusted host no page can be made, for its links need one."""
    return carry(to_answer(error))


def _unforeseen(error: Exception) -> Response:
    current_app.logger.error("unforeseen error at %s", request.path, exc_info=error)
    what = "Something went wrong here that is not your fault."
    return show_problem(CrosstiesError(what, mend="Try again; if it happens again, report the address."))
