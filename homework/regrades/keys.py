"""A corrected key: what is refused about it, and the question that has it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homework.regrades.errors import (
    BadKey,
    KeyMissing,
    KeyNotHere,
    NoKeyOfItsOwn,
    SameKey,
)
from homework.regrades.rulings import NEEDS_A_KEY, Policy, has_key
from library.items.errors import BadItem
from library.items.kinds.table import kind_of
from library.items.models import ItemVersion
from library.items.variants import Posed, pose


def check_key(version: ItemVersion, policy: Policy, correct: Mapping[str, Any] | None) -> None:
    """Refuse a corrected key with which the policy can do nothing.

    Raises:
        KeyMissing, SameKey, BadKey, NoKeyOfItsOwn, KeyNotHere: why.
    """
    if policy not in NEEDS_A_KEY:
        return
    if not version.correct:
        raise NoKeyOfItsOwn
    if not has_key(version):
        raise KeyNotHere
    if not correct:
        raise KeyMissing
    if _unordered(correct) == _unordered(version.correct):
        raise SameKey
    corrected = with_key(version, correct)
    try:
        kind_of(corrected).check(corrected)
    except BadItem as refusal:
        raise BadKey(reason=str(refusal)) from refusal


def with_key(version: ItemVersion, correct: Mapping[str, Any]) -> Posed:
    """The question with another key; of a question with variants, whose keys stay, one of those."""
    asked = pose(version, None)
    return asked if version.parameters else replace(asked, correct=dict(correct))


def _unordered(key: Mapping[str, Any]) -> dict[str, Any]:
    """*key* with its choices in one order: it makes no difference."""
    return {name: sorted(value) if name == "choices" else value for name, value in key.items()}
