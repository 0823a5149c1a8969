"""Kinds, grades and tiers in words for people, and the icon and colour that go with them."""

from core.i18n import is_chinese, lazy
from library.resources.models import EndUser, ResourceKind, Tier
from library.vocabularies.terms import term_name

KIND_ICONS = {
    ResourceKind.MICRO_LESSON: "player-play",
    ResourceKind.PRACTICE: "pencil",
    ResourceKind.READING: "book-2",
    ResourceKind.WORKSHEET: "file-text",
    ResourceKind.VIDEO: "player-play",
    ResourceKind.AUDIO: "volume",
    ResourceKind.IMAGE: "photo",
    ResourceKind.DOCUMENT: "file",
    ResourceKind.PACKAGE: "box",
    ResourceKind.LINK: "link",
}
KIND_TONES = {
    ResourceKind.MICRO_LESSON: "blue",
    ResourceKind.PRACTICE: "amber",
    ResourceKind.READING: "jade",
    ResourceKind.WORKSHEET: "plum",
    ResourceKind.VIDEO: "blue",
    ResourceKind.AUDIO: "blue",
    ResourceKind.IMAGE: "plum",
    ResourceKind.DOCUMENT: "neutral",
    ResourceKind.PACKAGE: "amber",
    ResourceKind.LINK: "green",
}
KIND_NAMES = {
    ResourceKind.MICRO_LESSON: lazy("Micro-lesson"),
    ResourceKind.PRACTICE: lazy("Practice"),
    ResourceKind.READING: lazy("Reading"),
    ResourceKind.WORKSHEET: lazy("Worksheet"),
    ResourceKind.VIDEO: lazy("Video"),
    ResourceKind.AUDIO: lazy("Audio"),
    ResourceKind.IMAGE: lazy("Picture"),
    ResourceKind.DOCUMENT: lazy("Document"),
    ResourceKind.PACKAGE: lazy("Interactive package"),
    ResourceKind.LINK: lazy("Link"),
}
TIER_NAMES = {
    Tier.PUBLIC: lazy("Public"),
    Tier.LOCAL: lazy("Local"),
    Tier.SCHOOL: lazy("School"),
    Tier.PERSONAL: lazy("Personal"),
}
END_USER_NAMES = {
    EndUser.LEARNER: lazy("Pupils"),
    EndUser.TEACHER: lazy("Teachers"),
    EndUser.GUARDIAN: lazy("Guardians"),
}
DIFFICULTY_NAMES = ((0.34, lazy("Easy")), (0.67, lazy("Medium")), (1.0, lazy("Hard")))
"""Thirds of the scale from 0 (easy) to 1 (hard), each up to its figure."""
FIRST_OF_UPPER_SECONDARY = 10
_NUMERALS = "一二三四五六七八九"


def kind_name(kind: ResourceKind) -> str:
    """What a kind of resource is called."""
    return str(KIND_NAMES[kind])


def tier_name(tier: Tier) -> str:
    """What a collection's tier is called."""
    return str(TIER_NAMES[tier])


def end_user_name(end_user: EndUser) -> str:
    """For whom a resource is meant, in the plural."""
    return str(END_USER_NAMES[end_user])


def grade_name(grade: int) -> str:
    """What a grade (1-12) is called: 一年级 to 九年级, then 高一 to 高三."""
    if not is_chinese():
        return f"Grade {grade}"
    if grade >= FIRST_OF_UPPER_SECONDARY:
        return f"高{_NUMERALS[grade - FIRST_OF_UPPER_SECONDARY]}"
    return f"{_NUMERALS[grade - 1]}年级"


def grades_name(first: int, last: int) -> str:
    """What a range of grades is called; empty for all of them."""
    if (first, last) == (1, 12):
        return ""
    if first == last:
        return grade_name(first)
    return f"{grade_name(first)}–{grade_name(last)}" if is_chinese() else f"Grades {first}–{last}"


def language_name(code: str) -> str:
    """What a language of a resource is called; a code that is not in the list stands for itself."""
    return term_name("languages", code)


def difficulty_name(difficulty: float | None) -> str:
    """The word for a difficulty of 0 (easy) to 1 (hard); empty where it is not known."""
    if difficulty is None:
        return ""
    return next(str(name) for most, name in DIFFICULTY_NAMES if difficulty <= most)
