"""Who asks for contributions and may what: tokens, sessions, forms that only our own pages send, limits.

A program sends its token with every request. A person gives it once; the session that follows names the token
by its number in a signed cookie that goes to these pages alone, and ends with the token.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from flask import Flask, Response, current_app, redirect, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_httpauth import HTTPTokenAuth
from flask_limiter import Limiter
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from crossties.contributions.messages import require_ground
from crossties.contributions.office import Office
from crossties.errors import BudgetError, RefusedError, UnauthorizedError
from crossties.journal import SCOPES, Journal, Person, Scope, find_holder, find_person, read_key
from crossties.namespaces import compact
from crossties.web.carrying import read_client
from crossties.web.links import href
from crossties.web.problems import show_problem, wants_page
from crossties.web.site import the_site
from crossties.web.speaking import choose_language, told

FOLDER: Final = "/contributions"
_HOURS: Final = 12
_NUMBER: Final = "number"
_OFFICE: Final = "crossties.office"
_OPENING: Final = threading.Lock()
#: What answers a route.
View = TypeVar("View", bound=Callable[..., object])


class _Tokens(HTTPTokenAuth):  # type: ignore[misc]  # it comes without types
    """Tokens in the header, else the session that one began."""

    def authenticate(self, auth: object, stored_password: object) -> Person | None:
        """Return who asks."""
        _ = auth, stored_password
        return _verify(_given_token())


auth = _Tokens("Bearer", realm="crossties")
limiter = Limiter(lambda: name_asker(), storage_uri="memory://", strategy="moving-window")  # noqa: PLW0108 - below


def register(app: Flask) -> None:
    """Let the app know people by their tokens."""
    public = the_url(app)
    app.config.update(
        SESSION_COOKIE_NAME="crossties",
        SESSION_COOKIE_PATH=FOLDER,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=public.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=_HOURS * 3_600,
        WTF_CSRF_TIME_LIMIT=_HOURS * 3_600,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    app.session_interface = _Sessions()
    limiter.init_app(app)
    app.jinja_env.globals["own_form"] = make_mark
    app.jinja_env.globals["takes_contributions"] = takes_contributions
    app.jinja_env.filters["brief"] = compact
    app.register_error_handler(TooManyRequests, _slow_down)


def the_url(app: Flask) -> str:
    """Return the public address of the app's instance, "" where it has none."""
    site = app.extensions["crossties"]
    return cast("str", site.instance.settings.public_url)


def the_office() -> Office:
    """Return the helpers of this web process.

    Raises:
        RefusedError: this instance takes no contributions.
    """
    site, extensions = the_site(), current_app.extensions
    with _OPENING:
        if _OFFICE not in extensions:
            office = Office(site.instance, site.judges, present=lambda: site.instance.version)
            extensions[_OFFICE] = office
            site.endings.append(office.close)
        return cast("Office", extensions[_OFFICE])


def the_journal() -> Journal:
    """Return the journal of this instance.

    Raises:
        RefusedError: this instance takes no contributions.
    """
    return require_ground(the_site().instance).journal


def the_person() -> Person:
    """Return who asks; where ``only`` has let her in."""
    return cast("Person", auth.current_user())


def find_asker() -> Person | None:
    """Return who asks, None where nobody says who she is."""
    return _verify(_given_token())


def sign_in(token: str) -> Person | None:
    """Begin a session with a token, where it is good for anything."""
    person = find_person(the_journal(), token.strip())
    if person:
        session.clear()
        session.permanent = True
        session[_NUMBER] = person.token
    return person


def sign_out() -> None:
    """End the session."""
    session.clear()


def require_own_form() -> None:
    """Return where the request is one of a program with its token, or a form of one of our pages.

    Raises:
        RefusedError: a cookie says who asks, and the form isn't ours or is too old.
    """
    if _given_token():
        return
    if not (current_app.secret_key and FlaskForm().validate()):
        raise RefusedError(told("error.form"), mend=told("error.form_mend"))


def keep_private(response: Response) -> Response:
    """Let nobody keep what only one may see."""
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept", "Authorization", "Cookie"))
    return response


def takes_contributions() -> bool:
    """Say whether contributions can be sent to this instance."""
    instance = the_site().instance
    return instance.ground is not None and instance.settings.scratch is None


def make_mark() -> str:
    """Return what marks a form as one of ours; "" where nobody can be signed in."""
    return generate_csrf() if current_app.secret_key else ""


def name_asker() -> str:
    """Return what the limits count by: the token, else the client."""
    asker = find_asker() if the_site().instance.ground else None
    return f"token {asker.token}" if asker else read_client()


def only(scope: Scope) -> Callable[[View], View]:
    """Let only those in whose token is good for what ``scope`` may do."""
    return cast("Callable[[View], View]", auth.login_required(role=scope))


def _given_token() -> str:
    """Return the token that the request carries, "" where it carries none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _verify(token: str) -> Person | None:
    journal = the_journal()
    if token:
        return find_person(journal, token)
    number = session.get(_NUMBER)
    return find_holder(journal, number) if isinstance(number, int) else None


def _roles(person: Person) -> list[str]:
    return [scope for scope in SCOPES if person.may(scope)]


def _refuse(status: int) -> AnyResponse:
    """Ask people to sign in; tell programs what they lack, as RFC 6750, 3.1 has it."""
    if status != UnauthorizedError.status:
        refused = RefusedError(told("error.scope"), mend=told("error.scope_mend"))
        return _challenge(show_problem(refused), "insufficient_scope")
    if wants_page() and request.method == "GET":
        return redirect(href(f"{FOLDER}/sign-in", {"then": request.path}), code=303)
    token = _given_token()
    what, mend = ("error.unknown", "error.unknown_mend") if token else ("error.token", "error.token_mend")
    return _challenge(
        show_problem(UnauthorizedError(told(what), mend=told(mend))), "invalid_token" if token else ""
    )


def _challenge(response: Response, error: str) -> Response:
    response.headers["WWW-Authenticate"] = 'Bearer realm="crossties"' + (
        f', error="{error}"' if error else ""
    )
    return response


def _slow_down(_: TooManyRequests) -> Response:
    choose_language()
    return show_problem(BudgetError(told("error.often"), mend=told("error.often_mend")))


auth.verify_token(_verify)
auth.get_user_roles(_roles)
auth.error_handler(_refuse)


class _Sessions(SecureCookieSessionInterface):
    """Sessions for the pages of contributions alone, signed with the key that stands in the journal."""

    def open_session(self, app: Flask, request: Any) -> SecureCookieSession | None:  # noqa: ANN401
        if not request.path.startswith(FOLDER):
            return self.make_null_session(app)
        return super().open_session(app, request)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        ground = app.extensions["crossties"].instance.ground
        if ground is None or not ground.journal.exists:
            return None
        app.secret_key = read_key(ground.journal)
        return super().get_signing_serializer(app)
