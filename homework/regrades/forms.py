"""A corrected key and what to do with it, as a page's form sends them."""

from typing import Any

from werkzeug.datastructures import MultiDict

from homework.regrades.errors import BadKey, KeyMissing
from homework.regrades.rulings import NEEDS_A_KEY, Policy, has_key
from homework.regrades.services import Wish
from library.items import keys
from library.items.errors import BadItem, BadResponse
from library.items.errors import KeyMissing as NothingNamed
from library.items.models import ItemVersion

LONGEST_REASON = 300
LONGEST_EXPLANATION = 5_000

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
    try:
        return keys.read_key(version, form)
    except NothingNamed as refusal:
        raise KeyMissing from refusal
    except (BadItem, BadResponse) as refusal:
        raise BadKey(reason=str(refusal)) from refusal


def typed_key(version: ItemVersion, form: MultiDict[str, str]) -> Key:
    """What stands in the key's fields, right or wrong; the present key before anything was typed."""
    return keys.typed_key(version, form) if form else version.correct
