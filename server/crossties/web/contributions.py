"""Contributions as pages and as an API: what waits, each one with its verdict, and what reviewers do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from crossties.contributions.messages import Wish
from crossties.errors import CrosstiesError, NotFoundError, RefusedError, RequestError, UnauthorizedError
from crossties.journal import (
    Contribution,
    Entry,
    add_review,
    count_states,
    find_contribution,
    last_entry,
    list_conflicts,
    list_contributions,
    list_entries,
    read_effect,
    read_reviews,
    read_upload,
    read_verdicts,
)
from crossties.journal import reject as reject_in
from crossties.web.contributions_access import (
    FOLDER,
    find_asker,
    keep_private,
    limiter,
    only,
    require_own_form,
    sign_in,
    sign_out,
    the_journal,
    the_office,
    the_person,
)
from crossties.web.contributions_pages import show_page, speak
from crossties.web.contributions_told import tell_contribution, tell_entry, tell_row
from crossties.web.links import href
from crossties.web.problems import wants_page
from crossties.web.speaking import told

blueprint = Blueprint("contributions", __name__, url_prefix=FOLDER)
blueprint.before_request(speak)
_LONGEST = 10_000
_STATES = ("waiting", "failing", "accepted", "rejected", "rolled back")


@blueprint.get("/")
@only("contributor")
def queue() -> Response:
    """List contributions: reviewers see all, contributors their own."""
    journal, person = the_journal(), the_person()
    reviews = person.may("reviewer")
    state = request.args.get("state", "waiting" if reviews else "")
    if state and state not in _STATES:
        mend = told("error.state_mend", states=", ".join(_STATES))
        raise RequestError(told("error.state", state=state), mend=mend)
    own = not reviews or "mine" in request.args
    found = list_contributions(journal, state=state, by=person.holder if own else "")
    conflicts = list_conflicts(journal) if reviews else []
    if not wants_page():
        rows = [tell_row(one) for one in found]
        return keep_private(jsonify(contributions=rows, conflicts=[vars(one) for one in conflicts]))
    return show_page(
        "queue",
        person=person,
        found=found,
        conflicts=conflicts,
        state=state,
        own=own,
        states=_STATES,
        counts=count_states(journal) if reviews else {},
    )


@blueprint.get("/<int:number>")
@only("contributor")
def show(number: int) -> Response:
    """Show a contribution: its verdict with places, what it changes, what was said of it."""
    journal, found = the_journal(), _find(number)
    if not wants_page():
        return keep_private(jsonify(tell_contribution(journal, found)))
    verdicts = read_verdicts(journal, number)
    last = last_entry(journal)
    return show_page(
        "one",
        person=the_person(),
        found=found,
        verdict=verdicts[0],
        earlier=verdicts[1:],
        reviews=read_reviews(journal, number),
        effect=read_effect(journal, number),
        entry=last.number if last else 0,
        own=the_person().is_called(found.by),
        entries=[one for one in list_entries(journal, graph=found.graph) if one.contribution == number],
    )


@blueprint.get("/<int:number>/upload")
@only("contributor")
def send_upload(number: int) -> Response:
    """Send the bytes as they were sent."""
    _find(number)
    response = Response(read_upload(the_journal(), number), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="contribution-{number}"'
    return keep_private(response)


@blueprint.post("/<int:number>/comments")
@only("contributor")
def comment(number: int) -> AnyResponse:
    """Say something of a contribution: its contributor and reviewers do."""
    require_own_form()
    _find(number)
    text = _read_text()
    if not text:
        raise RequestError(told("error.comment"), mend=told("error.comment_mend"))
    add_review(the_journal(), number, by=the_person().holder, act="comment", text=text)
    return _answer(number)


@blueprint.post("/<int:number>/accept")
@only("reviewer")
def accept(number: int) -> AnyResponse:
    """Accept a contribution: once this is answered, every query that follows sees it."""
    require_own_form()
    _require_other(number)
    _require_tick(number)
    entry = the_office().carry_out(Wish("accept", number, the_person(), _read_text()))
    return _answer(number, entry)


@blueprint.post("/<int:number>/reject")
@only("reviewer")
def reject(number: int) -> AnyResponse:
    """Put a contribution aside."""
    require_own_form()
    _require_other(number)
    reject_in(the_journal(), number, by=the_person().holder, reason=_read_text())
    return _answer(number)


@blueprint.post("/<int:number>/answers")
@only("reviewer")
def find_answers(number: int) -> AnyResponse:
    """Begin to find which published answers a contribution would change; its page tells them later."""
    require_own_form()
    found = _find(number)
    if not found.digest:
        raise RequestError(told("error.fruitless", number=number), mend=told("error.fruitless_mend"))
    threading.Thread(target=_find_effects, args=(the_office().find_effects, number), daemon=True).start()
    if wants_page():
        return redirect(href(_page_of(number), {"looking": "yes"}, fragment="answers"), code=303)
    response = keep_private(jsonify(address=_page_of(number)))
    response.status_code = 202
    return response


@blueprint.get("/entries")
@only("reviewer")
def entries() -> Response:
    """List everything that changed the graph, the newest first."""
    found = list_entries(the_journal())[::-1]
    if not wants_page():
        return keep_private(jsonify(entries=[tell_entry(one) for one in found]))
    undone = {one.undoes for one in found if one.undoes}
    return show_page("entries", person=the_person(), found=found, undone=undone)


@blueprint.post("/entries/<int:number>/rollback")
@only("operator")
def roll_back(number: int) -> AnyResponse:
    """Take an entry back."""
    require_own_form()
    forced = request.values.get("force", "") in {"yes", "true", "on", "1"}
    wish = Wish("roll back", number, the_person(), _read_text(), forced=forced)
    return _answer(None, the_office().carry_out(wish))


@blueprint.post("/conflicts/<int:number>/<choice>")
@only("reviewer")
def settle(number: int, choice: str) -> AnyResponse:
    """Decide whether a newer file is taken over what was accepted here."""
    require_own_form()
    if choice not in {"take", "keep"}:
        raise NotFoundError(told("error.choice", choice=choice), mend=told("error.choice_mend"))
    wish = Wish("take" if choice == "take" else "keep", number, the_person())
    return _answer(None, the_office().carry_out(wish))


@blueprint.get("/sign-in")
def show_sign_in() -> Response:
    """Show the form that takes a token."""
    return show_page("sign-in", asker=find_asker(), then=_then(), failed=False)


@blueprint.post("/sign-in")
@limiter.limit("20 per minute")
def begin_session() -> AnyResponse:
    """Begin a session with a token."""
    if the_journal().exists:
        require_own_form()
    if sign_in(request.form.get("token", "")):
        return redirect(href(_then()), code=303)
    status = UnauthorizedError.status
    return show_page("sign-in", status=status, asker=None, then=_then(), failed=True)


@blueprint.post("/sign-out")
def end_session() -> AnyResponse:
    """End the session."""
    require_own_form()
    sign_out()
    return redirect(href(f"{FOLDER}/sign-in"), code=303)


def _find(number: int) -> Contribution:
    """Return a contribution that the asker may see.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    person = the_person()
    with suppress(NotFoundError):
        found = find_contribution(the_journal(), number)
        if person.may("reviewer") or person.is_called(found.by):
            return found
    raise NotFoundError(told("error.missing", number=number), mend=told("error.missing_mend"))


def _require_other(number: int) -> None:
    """Let nobody judge what is her own.

    Raises:
        RefusedError: it is.
    """
    if the_person().is_called(_find(number).by):
        raise RefusedError(told("error.own", number=number), mend=told("error.own_mend"))


def _require_tick(number: int) -> None:
    """Ask people, who have them before their eyes, to say that they looked at the warnings.

    Raises:
        RequestError: there are warnings, and the form doesn't say so.
    """
    if not wants_page() or request.form.get("looked"):
        return
    report = read_verdicts(the_journal(), number)[0].report
    if any(one.get("severity") == "warning" for one in report.get("results", ())):
        raise RequestError(told("error.warnings", number=number), mend=told("error.warnings_mend"))


def _read_text() -> str:
    """Return what is said with an act.

    Raises:
        RequestError: it is longer than anybody reads.
    """
    text = request.form.get("text", "")
    if request.mimetype == "application/json":
        body = request.get_json(silent=True)
        text = str(body.get("text", "")) if isinstance(body, dict) else ""
    if len(text) > _LONGEST:
        raise RequestError(told("error.long", most=_LONGEST), mend=told("error.long_mend"))
    return text.strip()


def _answer(number: int | None, entry: Entry | None = None) -> AnyResponse:
    """Lead people back to the page; tell programs what stands now."""
    if wants_page():
        return redirect(href(f"{FOLDER}/entries" if number is None else _page_of(number)), code=303)
    journal = the_journal()
    now = {} if number is None else tell_contribution(journal, find_contribution(journal, number))
    return keep_private(jsonify(now | {"entry": tell_entry(entry) if entry else None}))


def _page_of(number: int) -> str:
    return f"{FOLDER}/{number}"


def _then() -> str:
    """Return where to go on after signing in: only to one of these pages."""
    wanted = request.values.get("then", "")
    return wanted if wanted.startswith(f"{FOLDER}/") and "\\" not in wanted else f"{FOLDER}/"


def _find_effects(find: Callable[[int], None], number: int) -> None:
    try:
        find(number)
    except CrosstiesError:
        return
