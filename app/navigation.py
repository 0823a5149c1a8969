"""Where each hat can go: the rail on desktops and the tabs on phones, as data."""

from dataclasses import dataclass
from typing import Protocol

from flask import current_app
from flask_babel import LazyString

from core.access import rule_of
from core.i18n import lazy

MOST_TABS = 5
"""More do not fit a thumb on a phone of 360 px; the rest stands in the account menu."""


class Wears(Protocol):
    """What the navigation needs to know about a hat: the role it gives."""

    @property
    def role(self) -> str:
        """``student``, ``teacher``, ``guardian`` or ``administrator``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go."""

    endpoint: str
    label: LazyString
    icon: str
    roles: frozenset[str]
    also: frozenset[str] = frozenset()
    """Blueprints beside the endpoint's own whose pages belong to this place."""

    def holds(self, blueprint: str | None) -> bool:
        """Whether a page of *blueprint* belongs here, so that the entry stays marked on it."""
        return blueprint == self.endpoint.partition(".")[0] or blueprint in self.also


_ALL = frozenset({"student", "teacher", "guardian", "administrator"})
_STUDENT = frozenset({"student"})
_TEACHER = frozenset({"teacher"})
_GUARDIAN = frozenset({"guardian"})
_ADMINISTRATOR = frozenset({"administrator"})
_HOMEWORK = frozenset(
    {
        "submissions",
        "marking",
        "marklists",
        "planning",
        "assembly",
        "groups",
        "amendments",
        "exceptions",
        "annotations",
        "redpen",
        "comments",
        "corrections",
        "markers",
        "notices",
        "paper",
        "readings",
        "refusals",
        "regrades",
        "reports",
        "returns",
        "rubrics",
        "sending",
        "sheets",
        "teamwork",
    }
)
"""The rooms of homework but for its ledger, which is a place of its own for guardians."""

ENTRIES = (
    Entry("home.index", lazy("My space"), "home", _ALL),
    Entry(
        "indicators.show",
        lazy("Indicators"),
        "chart-bar",
        _ADMINISTRATOR,
        also=_HOMEWORK | {"assignments", "ledger"},
    ),
    Entry("lessons.index", lazy("Micro-lessons"), "player-play", _STUDENT | _TEACHER),
    Entry(
        "assignments.index",
        lazy("Homework"),
        "clipboard-list",
        _STUDENT | _TEACHER,
        also=_HOMEWORK | {"ledger"},
    ),
    Entry("assignments.index", lazy("Homework"), "clipboard-list", _GUARDIAN, also=_HOMEWORK),
    Entry("ledger.index", lazy("Homework ledger"), "list-details", _GUARDIAN),
    Entry("class_progress.index", lazy("Classes"), "users", _TEACHER),
    Entry(
        "search.index",
        lazy("Library"),
        "books",
        _ALL,
        also=frozenset(
            {
                "resources",
                "sets",
                "authoring",
                "passages",
                "documents",
                "packages",
                "points",
                "curriculum",
                "merges",
                "favourites",
                "tray",
                "collections",
                "imports",
                "intake",
                "banks",
                "channels",
                "exports",
            }
        ),
    ),
    Entry(
        "review.index",
        lazy("Review"),
        "clipboard-check",
        _ADMINISTRATOR,
        also=frozenset({"faults", "duplicates", "links", "exchange", "offers", "wanted"}),
    ),
    Entry("progress.mine", lazy("Mastery"), "plant", _STUDENT),
    Entry(
        "administration.index", lazy("People"), "users", _ADMINISTRATOR, also=frozenset({"roster", "duties"})
    ),
)
"""In the order of the rail. A room that a deployment leaves out leaves its entry out."""


def navigation(hat: Wears | None) -> list[Entry]:
    """The places *hat* can go; none for who is not signed in."""
    if hat is None:
        return []
    return [entry for entry in ENTRIES if hat.role in entry.roles and _opens(entry.endpoint, hat)]


def _opens(endpoint: str, hat: Wears) -> bool:
    """Whether the page exists here, and its own rule lets *hat* in: the rail shows no locked door."""
    view = current_app.view_functions.get(endpoint)
    rule = rule_of(view) if view else None
    return rule is not None and rule(hat)


_ACCOUNT = (
    Entry("account.show", lazy("My account"), "user", _ALL),
    Entry("sign_in.choose_hat", lazy("Change role"), "switch-horizontal", _ALL),
    Entry("privacy.index", lazy("My data"), "shield-lock", _ALL),
    Entry("faults.mine", lazy("Faults I reported"), "flag", _ALL),
)


def account_places() -> list[Entry]:
    """The places in the account menu, the same for every hat."""
    views = current_app.view_functions
    return [entry for entry in _ACCOUNT if entry.endpoint in views]
