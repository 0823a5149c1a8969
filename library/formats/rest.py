"""What a format has no place for, beside each question in words of our own.

A writer writes a question as the format can say it and reads that again. What comes back otherwise is the
rest: it goes into an extension that other programs pass over. With each part of the rest stands a mark of how
the format said that part. Whoever changes the question in another program changes what the mark was made of:
then the file's word counts, not ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

OWN = "https://weike.example/ns/questions"
"""The namespace of the extension in XML; the ending is reserved for names that lead nowhere."""
MARK_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Rest:
    """The identifier of a question or of what it is about, and the parts that the format cannot say."""

    identifier: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    """Of each part, as the format said it when it was written."""

    def said(self) -> str:
        """As one line of JSON, in ASCII: no encoding spoils it."""
        return json.dumps(
            {"id": self.identifier} | ({"has": self.parts, "was": self.marks} if self.parts else {}),
            sort_keys=True,
        )


def read_rest(text: str) -> Rest | None:
    """What was written with ``said``; None for anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        return None
    parts, marks = found.get("has", {}), found.get("was", {})
    if not isinstance(parts, dict) or not isinstance(marks, dict):
        return None
    return Rest(found["id"], parts, {name: str(mark) for name, mark in marks.items()})


def rest_of(identifier: str, whole: Mapping[str, Any], plain: Mapping[str, Any]) -> Rest:
    """What *plain*, read without the rest, lacks of the *whole*."""
    lacking = {
        name: value
        for name, value in whole.items()
        if name != "identifier" and _canonical(value) != _canonical(plain.get(name))
    }
    return Rest(identifier, lacking, {name: mark_of(plain.get(name)) for name in lacking})


def restored(plain: Mapping[str, Any], rest: Rest) -> tuple[dict[str, Any], list[str]]:
    """*plain* with the rest, and the names of parts of which the file says something new."""
    edited = [name for name in rest.parts if mark_of(plain.get(name)) != rest.marks.get(name)]
    if edited and rest.parts.get("parameters"):
        # A variant's texts and numbers belong together: with one of them changed it is an ordinary question.
        return {**plain, "identifier": rest.identifier}, edited
    kept = {name: value for name, value in rest.parts.items() if name not in edited}
    return {**plain, **kept, "identifier": rest.identifier}, edited


def mark_of(value: object) -> str:
    """A short mark of a part: another one for anything else."""
    return sha256(_canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:MARK_DIGITS]


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
