"""Numbers that lead to a person: a report is read by strangers, and needs none of them."""

import re
import unicodedata
from enum import StrEnum

_BETWEEN = re.compile(r"(?<=\d)[\s\-.·()]+(?=[\dXx])")
"""What people put between the groups of a number."""
_MOBILE = re.compile(r"(?<!\d)(?:0?0?86)?1[3-9]\d{9}(?!\d)")
_IDENTITY_CARD = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[-\s]\d{7,8}(?!\d)")


class PersonalNumber(StrEnum):
    """A kind of number that leads to a person."""

    PHONE = "phone"
    IDENTITY_CARD = "identity_card"


def personal_numbers(text: str) -> set[PersonalNumber]:
    """The kinds of personal numbers in *text*, however their digits are spaced or widened.

    Mobile and fixed numbers of mainland China, and identity-card numbers of 18 places (GB 11643).
    """
    plain = unicodedata.normalize("NFKC", text)
    joined = _BETWEEN.sub("", plain)
    found = set()
    if _IDENTITY_CARD.search(joined):
        found.add(PersonalNumber.IDENTITY_CARD)
    if _MOBILE.search(joined) or _LANDLINE.search(plain):
        found.add(PersonalNumber.PHONE)
    return found
