"""Work as it arrives: a page's form, a program's JSON, and photographs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from werkzeug.datastructures import FileStorage, MultiDict

from core.errors import DomainError
from homework.assignments.models import AssignmentItem
from homework.submissions.errors import (
    AnswersUnreadable,
    BadAnswer,
    BadPhoto,
    KeyNeeded,
    TooManyBytes,
    TooManyFiles,
    UnknownQuestion,
)
from library.items.errors import BadResponse
from library.items.interactions import blanks_of, choices_of
from library.items.models import ItemKind
from library.items.responses import parse_response
from library.media.pictures import Picture, take_picture

MOST_FILES = 30
MOST_MB = 50
LONGEST_TYPED = 500
LONGEST_SECONDS = 24 * 3600
_PHOTOS = "photos-"

Response = dict[str, Any]


def prefix_of(question: AssignmentItem) -> str:
    """What the names of a question's fields begin with."""
    return f"q{question.id}"


def photo_field(question: AssignmentItem) -> str:
    """The name under which a question's photos are sent."""
    return f"{_PHOTOS}{question.id}"


def client_key(text: str | None) -> UUID:
    """The key of the hand-in.

    Raises:
        KeyNeeded: it is missing, or no UUID.
    """
    try:
        return UUID(text or "")
    except ValueError as error:
        raise KeyNeeded from error


def device_time(text: str | None) -> datetime | None:
    """When the device says that the work was handed in; nonsense is no reason to refuse the work."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def seconds_taken(questions: Iterable[AssignmentItem], text: str | None) -> dict[int, float]:
    """How long the device says that each question took; nonsense is no reason to refuse the work."""
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    known = {str(one.id): one.id for one in questions}
    return {
        known[key]: float(seconds)
        for key, seconds in told.items()
        if key in known and type(seconds) in (int, float) and 0 < seconds < LONGEST_SECONDS
    }


def check_size(content_length: int | None) -> None:
    """Refuse a request that is larger than any hand-in, before its body is read.

    Raises:
        TooManyBytes: it is.
    """
    if content_length is not None and content_length > MOST_MB << 20:
        raise TooManyBytes(most_mb=MOST_MB)


def responses_in_form(questions: Iterable[AssignmentItem], form: MultiDict[str, str]) -> dict[int, Response]:
    """The responses in a page's form.

    Raises:
        BadAnswer: an answer does not fit its question.
    """
    return {
        one.id: _response(one, form, prefix_of(one))
        for one in questions
        if one.item_version.kind is not ItemKind.PHOTO
    }


def responses_in_json(questions: Iterable[AssignmentItem], text: str) -> dict[int, Response]:
    """The responses in JSON: question id to response.

    Raises:
        AnswersUnreadable: it is no JSON object of objects.
        UnknownQuestion: an answer belongs to no question of the assignment.
        BadAnswer: an answer does not fit its question.
    """
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise AnswersUnreadable from error
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        raise AnswersUnreadable
    known = {str(one.id): one for one in questions}
    if given.keys() - known.keys():
        raise UnknownQuestion
    return {
        known[key].id: _response(known[key], response)
        for key, response in given.items()
        if known[key].item_version.kind is not ItemKind.PHOTO
    }


def take_pictures(
    questions: Sequence[AssignmentItem], files: MultiDict[str, FileStorage]
) -> dict[int, tuple[Picture, ...]]:
    """Read the photographs, make them ours and store them. Slow: before a transaction.

    Raises:
        TooManyFiles: more than one hand-in takes.
        UnknownQuestion: a photo belongs to no question that asks for photos.
        BadPhoto: one of them is no picture, or too large; the sentence says which.
    """
    sent = {name: [one for one in parts if one.filename] for name, parts in files.lists()}
    if sum(len(parts) for parts in sent.values()) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    known = {photo_field(one): one for one in questions if one.item_version.kind is ItemKind.PHOTO}
    if {name for name, parts in sent.items() if parts} - known.keys():
        raise UnknownQuestion
    return {known[name].id: _taken(known[name], parts) for name, parts in sent.items() if parts}


def typed_so_far(questions: Iterable[AssignmentItem], form: MultiDict[str, str]) -> dict[str, Response]:
    """What stands in the fields, finished or not: for a draft, where nothing is refused."""
    return {
        str(one.id): _typed(one, form) for one in questions if one.item_version.kind is not ItemKind.PHOTO
    }


def _response(question: AssignmentItem, source: Mapping[str, Any], prefix: str = "") -> Response:
    try:
        return parse_response(question.item_version, source, prefix)
    except BadResponse as refusal:
        raise BadAnswer(
            question=question.position, reason=str(refusal), cause=refusal.code, id=question.id
        ) from refusal


def _taken(question: AssignmentItem, parts: Sequence[FileStorage]) -> tuple[Picture, ...]:
    pictures = []
    for number, part in enumerate(parts, start=1):
        try:
            pictures.append(take_picture(part.stream))
        except DomainError as refusal:
            raise BadPhoto(
                number=number, question=question.position, reason=str(refusal), cause=refusal.code
            ) from refusal
    return tuple(pictures)


def _typed(question: AssignmentItem, form: MultiDict[str, str]) -> Response:
    version, prefix = question.item_version, prefix_of(question)
    match version.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            offered = {one["id"] for one in choices_of(version)}
            return {"choices": [one for one in form.getlist(f"{prefix}-choices") if one in offered]}
        case ItemKind.TEXT_ENTRY:
            texts = form.getlist(f"{prefix}-blanks")[: blanks_of(version)]
            return {"blanks": [one[:LONGEST_TYPED] for one in texts]}
        case ItemKind.NUMERIC:
            return {"value": form.get(f"{prefix}-value", "")[:LONGEST_TYPED]}
        case ItemKind.PHOTO:
            return {}
