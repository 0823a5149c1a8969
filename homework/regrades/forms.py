"""A corrected key and what to do with it, as a page's form sends them."""

from typing import Any

from werkzeug.datastructures import MultiDict

from homework.regrades.errors import BadKey, KeyMissing
from homework.regrades.rulings import NEEDS_A_KEY, Policy, has_key
from homework.regrades.services import Wish
from library.items.errors import BadResponse
from library.items.kinds.blanks import blanks_of
from library.items.models import ItemKind, ItemVersion
from library.items.numbers import read_number
from library.items.responses import parse_response

PREFIX = "key"
LONGEST_REASON = 300
LONGEST_EXPLANATION = 5_000
LONGEST_TEXT = 500
MOST_TEXTS = 50

Key = dict[str, Any]


def policy_in(form: MultiDict[str, str]) -> Policy:
    """The chosen way; marking by the new key where nothing sensible is chosen."""
    chosen = form.get("policy", "")
    return Policy(chosen) if chosen in set(Policy) else Policy.REMARK


def read_wish(version: ItemVersion, form: MultiDict[str, str]) -> Wish:
    """What the teacher wants.

    Raises:
        KeyMissing: no key stands where one is needed.
        BadKey: it does not fit the question.
    """
    policy = policy_in(form)
    return Wish(
        policy=policy,
        correct=read_key(version, form) if policy in NEEDS_A_KEY and has_key(version) else None,
        explanation=form.get("explanation", "")[:LONGEST_EXPLANATION],
        reason=form.get("reason", "")[:LONGEST_REASON],
        is_everywhere=form.get("everywhere") == "1",
        overwritten=frozenset(form.getlist("overwrite", type=int)),
    )


def read_key(version: ItemVersion, form: MultiDict[str, str]) -> Key:
    """The corrected key.

    Raises:
        KeyMissing: there is none.
        BadKey: it does not fit the question.
    """
    match version.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return _choices(version, form)
        case ItemKind.TEXT_ENTRY:
            return _texts(version, form)
        case ItemKind.NUMERIC:
            return _number(version, form)
        case _:
            raise KeyMissing


def typed_key(version: ItemVersion, form: MultiDict[str, str]) -> Key:
    """What stands in the key's fields, right or wrong; the present key before anything was typed."""
    if not form:
        return version.correct
    match version.kind:
        case ItemKind.TEXT_ENTRY:
            return {"blanks": [_lines(one) for one in form.getlist(f"{PREFIX}-blanks")]}
        case ItemKind.NUMERIC:
            return {
                "value": form.get(f"{PREFIX}-value", "")[:LONGEST_TEXT],
                "tolerance": form.get(f"{PREFIX}-tolerance", "")[:LONGEST_TEXT],
            }
        case _:
            return {"choices": form.getlist(f"{PREFIX}-choices")}


def _choices(version: ItemVersion, form: MultiDict[str, str]) -> Key:
    try:
        key = parse_response(version, form, PREFIX)
    except BadResponse as refusal:
        raise BadKey(reason=str(refusal)) from refusal
    if not key.get("choices"):
        raise KeyMissing
    return version.correct | key


def _texts(version: ItemVersion, form: MultiDict[str, str]) -> Key:
    blanks = [_lines(one) for one in form.getlist(f"{PREFIX}-blanks")][: blanks_of(version)]
    if len(blanks) < blanks_of(version) or not all(blanks):
        raise KeyMissing
    return version.correct | {"blanks": blanks}


def _lines(text: str) -> list[str]:
    return [one.strip()[:LONGEST_TEXT] for one in text.splitlines() if one.strip()][:MOST_TEXTS]


def _number(version: ItemVersion, form: MultiDict[str, str]) -> Key:
    # Unit and digits, which nobody asks for here, stay.
    key: Key = {name: value for name, value in version.correct.items() if name not in ("value", "tolerance")}
    for name in ("value", "tolerance"):
        text = form.get(f"{PREFIX}-{name}", "").strip()[:LONGEST_TEXT]
        if not text and name == "tolerance":
            continue
        if not text:
            raise KeyMissing
        number = read_number(text)
        if number is None:
            raise BadKey(reason=text)
        # Kept as it was typed: 1/3 is no decimal.
        key[name] = text
    return key
