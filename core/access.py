"""Who may enter: every route names its rule, and what has none is refused.

``@allow(rule)`` is the one declaration. A rule takes the hat that is worn (or None) and answers
yes or no; ``tests/integration/access/test_matrix.py`` reads all rules and walks every route with
every role. Objects are loaded through queries that know the person, so a foreign one is a 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from core.database import db
from core.errors import NotAllowed, NotFound, SignInNeeded

P = ParamSpec("P")
R = TypeVar("R")
Entity = TypeVar("Entity")
Rule = Callable[[Any], bool]
_RULE = "access_rule"


def everyone(hat: object) -> bool:
    """Anyone, signed in or not."""
    del hat
    return True


def whoever(hat: object) -> bool:
    """Anyone, and nobody looks who it is: the answer is the same for all, so that any cache may keep it.

    No session is read or written for such a route.
    """
    del hat
    return True


def anyone_signed_in(hat: object) -> bool:
    """Whoever is signed in, in any role."""
    return hat is not None


def allow(rule: Rule) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let those enter for whom *rule* holds; stand it closest to the function."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require(rule)
            return view(*args, **kwargs)

        setattr(guarded, _RULE, rule)
        return guarded

    return declare


def require(rule: Rule) -> None:
    """Refuse unless *rule* holds for the worn hat.

    Raises:
        SignInNeeded: nobody is signed in, and the rule asks for someone.
        NotAllowed: the rule says no to this hat.
    """
    hat = worn_hat()
    if rule(hat):
        return
    if hat is None:
        raise SignInNeeded
    raise NotAllowed


def worn_hat() -> Any:  # noqa: ANN401 -- core knows no Hat; accounts.sign_in.current_hat types it
    """The hat of this request, or None; put there by ``accounts`` before the view runs."""
    return getattr(g, "hat", None)


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that *view* declares, or None if it was forgotten."""
    found: Rule | None = getattr(view, _RULE, None)
    return found


def find(select: Select[tuple[Entity]] | Select[Any]) -> Any:  # noqa: ANN401 -- Select's parameter is not the entity in 2.1
    """The one entity that *select*, which knows the person, yields.

    Raises:
        NotFound: there is none, or it is not this person's to see.
    """
    found = db.session.scalars(select.limit(2)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def init_app(app: Flask) -> None:
    """Refuse every route that declares no rule: forgetting is not a way in."""

    @app.before_request
    def deny_by_default() -> ResponseReturnValue | None:
        endpoint = request.endpoint
        if endpoint is None:
            return None
        if rule_of(app.view_functions[endpoint]) is None:
            raise NotAllowed
        return None
