"""The arguments of a request, held to the protocol."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from library.oai.errors import BadArgument, BadVerb

SECONDS = "%Y-%m-%dT%H:%M:%SZ"
DAY = "%Y-%m-%d"
LONGEST = 4_000
SET = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")


@dataclass(frozen=True, slots=True)
class Rule:
    """The arguments of a verb."""

    needed: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    resumes: bool = False
    """Whether ``resumptionToken`` may stand alone in place of all others."""


_LIST = Rule(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), resumes=True)
VERBS: Mapping[str, Rule] = {
    "Identify": Rule(),
    "ListMetadataFormats": Rule(possible=frozenset({"identifier"})),
    "ListSets": Rule(resumes=True),
    "GetRecord": Rule(frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}


def read_arguments(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The verb and its arguments.

    Raises:
        BadVerb: there is no verb, another one, or two.
        BadArgument: an argument is missing, unknown or repeated.
    """
    pairs = list(given)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1:
        raise BadVerb("There must be one argument “verb”." if not verbs else "The verb is given twice.")
    if verbs[0] not in VERBS:
        raise BadVerb("There is no such verb.")
    rule = VERBS[verbs[0]]
    found = dict(pairs)
    names = found.keys() - {"verb"}
    if len(found) != len(pairs):
        raise BadArgument("An argument is given twice.")
    if any(len(value) > LONGEST for value in found.values()):
        raise BadArgument("An argument is too long.")
    if rule.resumes and "resumptionToken" in names:
        if names != {"resumptionToken"}:
            raise BadArgument("A resumptionToken stands alone.")
        return found
    if unknown := names - rule.needed - rule.possible:
        raise BadArgument(f"{found['verb']} takes no argument “{min(unknown)[:40]}”.")
    if missing := rule.needed - names:
        raise BadArgument(f"{found['verb']} needs the argument “{min(missing)}”.")
    if "set" in found and not SET.fullmatch(found["set"]):
        raise BadArgument("This is not the name of a set.")
    return found


def read_span(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """From when until when, both included.

    Raises:
        BadArgument: a moment cannot be read, the two differ in granularity, or the end comes first.
    """
    moments = [_moment(arguments[name]) if name in arguments else None for name in ("from", "until")]
    since, until = moments
    if since and until and since[1] != until[1]:
        raise BadArgument("“from” and “until” differ in granularity.")
    if since and until and since[0] > until[0]:
        raise BadArgument("“from” lies after “until”.")
    end = None
    if until:
        end = until[0] if until[1] == SECONDS else until[0] + timedelta(days=1, seconds=-1)
    return since[0] if since else None, end


def _moment(text: str) -> tuple[datetime, str]:
    for form, length in ((SECONDS, 20), (DAY, 10)):
        if len(text) == length:
            try:
                return datetime.strptime(text, form).replace(tzinfo=UTC), form
            except ValueError:
                break
    raise BadArgument("A moment is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
