"""One sentence with its numbers for each reason, made from the stored evidence in the page's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import format_date

from core.clock import SCHOOL_ZONE
from core.i18n import _, is_chinese, ngettext
from recommender.candidates.candidate import Reason

Evidence = Mapping[str, Any]


def sentence(reason: Reason, evidence: Evidence) -> str:
    """Why this is suggested: a fact about the learner, then what the resource does about it."""
    match reason:
        case Reason.WEAK_POINT:
            return _join(_recently(evidence), _helps(evidence))
        case Reason.MISSING_PREREQUISITE:
            return _join(_recently(evidence), _before(evidence))
        case Reason.UNFINISHED if "assignment" in evidence:
            return _(
                "The homework “%(title)s”, due %(day)s, asks you to watch this first.",
                title=evidence["assignment"]["title"],
                day=_day(evidence["due_at"]),
            )
        case Reason.UNFINISHED:
            return _(
                "You have watched %(seen)s of %(length)s; the last time was %(day)s.",
                seen=clock_length(evidence["seen_seconds"]),
                length=clock_length(evidence["length_seconds"]),
                day=_day(evidence["last_on"]),
            )
        case Reason.SIMILAR:
            return _(
                "Close in content to “%(title)s”, which you finished lately (likeness %(share)s).",
                title=evidence["to"]["title"],
                share=_percent(evidence["similarity"]),
            )
        case Reason.NEXT_IN_TEXTBOOK:
            return _(
                "Your class was taught “%(after)s” last; “%(unit)s” comes next in the textbook.",
                after=_named(evidence["after"]),
                unit=_named(evidence["unit"]),
            )


def facts(reason: Reason, evidence: Evidence) -> list[tuple[str, str]]:
    """The evidence as label and value: everything that the sentence and the score stand on."""
    found: list[tuple[str, str]] = []
    if reason in (Reason.WEAK_POINT, Reason.MISSING_PREREQUISITE):
        found += [
            (_("Knowledge point"), _named(evidence["point"])),
            (_("Answers so far"), str(evidence["answers"])),
            (
                _("Latest answers"),
                _("%(right)s of %(all)s right", right=evidence["recent_right"], all=evidence["recent"]),
            ),
            (_("Mastery now"), _percent(evidence["mastery"])),
            (_("How sure it is that practice helps here"), _percent(evidence["weakness"])),
        ]
        if "later" in evidence:
            found.append((_("Needed for"), _named(evidence["later"])))
        if "predicted" in evidence:
            found.append((_("Chance that you answer these right"), _percent(evidence["predicted"])))
    elif "assignment" in evidence:
        found += [
            (_("Homework"), evidence["assignment"]["title"]),
            (_("Due"), _day(evidence["due_at"])),
        ]
    elif reason is Reason.UNFINISHED:
        found += [
            (_("Watched"), clock_length(evidence["seen_seconds"])),
            (_("Length"), clock_length(evidence["length_seconds"])),
            (_("Last time"), _day(evidence["last_on"])),
        ]
    elif reason is Reason.SIMILAR:
        found += [
            (_("Finished before"), evidence["to"]["title"]),
            (_("Likeness of content"), _percent(evidence["similarity"])),
        ]
    else:
        found += [
            (_("Taught last"), _named(evidence["after"])),
            (_("Next unit"), _named(evidence["unit"])),
        ]
    return found


def clock_length(seconds: float) -> str:
    """A length as a player shows it, e.g. 4:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _recently(evidence: Evidence) -> str:
    return ngettext(
        "Your latest answer on “%(point)s”: %(right)s right, mastery %(mastery)s",
        "Your latest %(num)s answers on “%(point)s”: %(right)s right, mastery %(mastery)s",
        evidence["recent"],
        point=_named(evidence["point"]),
        right=evidence["recent_right"],
        mastery=_percent(evidence["mastery"]),
    )


def _helps(evidence: Evidence) -> str:
    minutes = evidence["minutes"]
    match evidence["kind"]:
        case "micro_lesson" | "video" if minutes:
            return ngettext(
                "this micro-lesson of %(num)s minute is about just that.",
                "this micro-lesson of %(num)s minutes is about just that.",
                max(1, round(minutes)),
            )
        case "micro_lesson" | "video":
            return _("this micro-lesson is about just that.")
        case "practice" if "predicted" in evidence:
            return _(
                "these exercises have the right difficulty (chance of a right answer about %(share)s).",
                share=_percent(evidence["predicted"]),
            )
        case "practice":
            return _("these exercises practise just that.")
        case _:
            return _("this text explains just that.")


def _before(evidence: Evidence) -> str:
    return _("“%(later)s” builds on it, so begin here.", later=_named(evidence["later"]))


def _join(fact: str, use: str) -> str:
    return f"{fact}；{use}" if is_chinese() else f"{fact}; {use}"


def _named(thing: Mapping[str, str]) -> str:
    return thing["name"] if is_chinese() or not thing["name_en"] else thing["name_en"]


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _day(moment: str) -> str:
    day = datetime.fromisoformat(moment).astimezone(SCHOOL_ZONE).date()
    formatted: str = format_date(day, "M月d日 EEE" if is_chinese() else "EEE d MMM")
    return formatted
