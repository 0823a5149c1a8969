"""Work as it arrives: a page's form, a program's JSON, and photographs."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, TypeVar
from uuid import UUID

from werkzeug.datastructures import FileStorage, MultiDict

from core.clock import YEARS
from core.errors import DomainError
from homework.submissions.errors import (
    AnswersUnreadable,
    BadAnswer,
    BadPhoto,
    BadRecording,
    KeyNeeded,
    TooManyBytes,
    TooManyFiles,
    UnknownQuestion,
)
from homework.submissions.questions import Question
from library.items.errors import BadResponse
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.kinds.written import seconds_of
from library.items.responses import parse_response, typed_response
from library.media.pictures import Picture, take_picture
from library.media.receiving import Photo, make_durable, receive_picture
from library.media.sounds import Sound, take_sound

MOST_FILES = 30
MOST_MB = 50
LONGEST_SECONDS = 24 * 3600
_PHOTOS, _RECORDINGS, _SENT = "photos-", "recordings-", "sent-"
_HASH = re.compile(r"[0-9a-f]{64}")

Response = dict[str, Any]
Taken = TypeVar("Taken", bound=Photo)


def prefix_of(question: Question) -> str:
    """What the names of a question's fields begin with."""
    return f"q{question.id}"


def photo_field(question: Question) -> str:
    """The name under which a question's photos are sent."""
    return f"{_PHOTOS}{question.id}"


def recording_field(question: Question) -> str:
    """The name under which a spoken answer is sent."""
    return f"{_RECORDINGS}{question.id}"


def sent_field(question: Question) -> str:
    """The name under which files that were sent ahead are named by their hashes."""
    return f"{_SENT}{question.id}"


@dataclass(frozen=True, slots=True)
class SentAhead:
    """What work names of the files that were sent ahead: hashes in order, by question."""

    photos: dict[int, list[str]]
    recordings: dict[int, list[str]]


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
    return moment if moment.tzinfo and moment.year in YEARS else None


def seconds_taken(questions: Iterable[Question], text: str | None) -> dict[int, float]:
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


def responses_in_form(questions: Iterable[Question], form: MultiDict[str, str]) -> dict[int, Response]:
    """The responses in a page's form.

    Raises:
        BadAnswer: an answer does not fit its question.
    """
    return {one.id: _response(one, form, prefix_of(one)) for one in questions if not _files_of(one)}


def responses_in_json(questions: Iterable[Question], text: str) -> dict[int, Response]:
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
        if not _files_of(known[key])
    }


def sent_in_form(questions: Sequence[Question], form: MultiDict[str, str]) -> SentAhead:
    """The hashes in a page's form, a field for each question.

    Raises:
        AnswersUnreadable: one of them is no hash.
    """
    return _sent_ahead(questions, {one.id: form.getlist(sent_field(one)) for one in questions})


def sent_in_json(questions: Sequence[Question], text: str) -> SentAhead:
    """The hashes in JSON: question id to a list of them.

    Raises:
        AnswersUnreadable: it is no JSON object of lists of hashes.
        UnknownQuestion: one of them belongs to no question that takes files.
    """
    try:
        named = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise AnswersUnreadable from error
    if not isinstance(named, dict) or not all(isinstance(one, list) for one in named.values()):
        raise AnswersUnreadable
    known = {str(one.id): one.id for one in questions if _files_of(one)}
    if named.keys() - known.keys():
        raise UnknownQuestion
    return _sent_ahead(questions, {known[key]: hashes for key, hashes in named.items()})


def number_known(text: str | None) -> int | None:
    """How many hand-ins, or which draft, the page knew; None where it does not say."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 -- no such number


def check_number(*files: Mapping[int, Sequence[object]]) -> None:
    """Refuse more files than one hand-in takes, however they came.

    Raises:
        TooManyFiles: they are.
    """
    if sum(len(one) for by_question in files for one in by_question.values()) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)


def take_pictures(
    questions: Sequence[Question], files: MultiDict[str, FileStorage]
) -> dict[int, tuple[Picture, ...]]:
    """Read the photographs, make them ours and store them. Slow: before a transaction.

    Raises:
        TooManyFiles: more than one hand-in takes.
        UnknownQuestion: a photo belongs to no question that asks for photos.
        BadPhoto: one of them is no picture, or too large; the sentence says which.
    """
    return _photos(questions, files, take_picture)


def receive_pictures(
    questions: Sequence[Question], files: MultiDict[str, FileStorage]
) -> dict[int, tuple[Photo, ...]]:
    """Read the photographs and store them; most are written anew after the receipt.

    Raises:
        Refusals of ``take_pictures``.
    """
    received = _photos(questions, files, receive_picture)
    make_durable(photo for photos in received.values() for photo in photos)
    return received


def take_recordings(
    questions: Sequence[Question], files: MultiDict[str, FileStorage]
) -> dict[int, tuple[Sound, ...]]:
    """Read the spoken answers, make them ours and store them. Slow: before a transaction.

    Raises:
        TooManyFiles: more than one hand-in takes.
        UnknownQuestion: a recording belongs to no question that asks for speech.
        BadRecording: one of them is no recording, or too large; the sentence says which.
    """
    sent = _sent(questions, files)
    known = {recording_field(one): one for one in questions}
    return {known[name].id: _heard(known[name], parts) for name, parts in sent.items() if name in known}


def typed_so_far(questions: Iterable[Question], form: MultiDict[str, str]) -> dict[str, Response]:
    """What stands in the fields, finished or not: for a draft, where nothing is refused."""
    return {
        str(one.id): {"sent": [name for name in form.getlist(sent_field(one)) if _HASH.fullmatch(name)]}
        if _files_of(one)
        else typed_response(one.asked, form, prefix_of(one))
        for one in questions
    }


def _sent_ahead(questions: Iterable[Question], named: Mapping[int, list[Any]]) -> SentAhead:
    found = SentAhead({}, {})
    for one in questions:
        hashes = named.get(one.id, [])
        if not all(isinstance(name, str) and _HASH.fullmatch(name) for name in hashes):
            raise AnswersUnreadable
        match _files_of(one):
            case Files.PHOTOS if hashes:
                found.photos[one.id] = hashes
            case Files.RECORDINGS if hashes:
                found.recordings[one.id] = hashes
            case _:
                pass
    return found


def _response(question: Question, source: Mapping[str, Any], prefix: str = "") -> Response:
    try:
        return parse_response(question.asked, source, prefix)
    except BadResponse as refusal:
        raise BadAnswer(
            question=question.position, reason=str(refusal), cause=refusal.code, id=question.id
        ) from refusal


def _sent(questions: Iterable[Question], files: MultiDict[str, FileStorage]) -> dict[str, list[FileStorage]]:
    """The files by the names of their fields."""
    sent = {name: parts for name, all_ in files.lists() if (parts := [one for one in all_ if one.filename])}
    if sum(len(parts) for parts in sent.values()) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    fields = {Files.PHOTOS: photo_field, Files.RECORDINGS: recording_field}
    known = {fields[kind](one) for one in questions if (kind := _files_of(one))}
    if sent.keys() - known:
        raise UnknownQuestion
    return sent


def _heard(question: Question, parts: Sequence[FileStorage]) -> tuple[Sound, ...]:
    most = seconds_of(question.asked)
    try:
        return tuple(take_sound(part.stream, most) for part in parts)
    except DomainError as refusal:
        raise BadRecording(
            question=question.position, reason=str(refusal), cause=refusal.code, id=question.id
        ) from refusal


def _photos(
    questions: Sequence[Question],
    files: MultiDict[str, FileStorage],
    take: Callable[[IO[bytes]], Taken],
) -> dict[int, tuple[Taken, ...]]:
    sent = _sent(questions, files)
    known = {photo_field(one): one for one in questions}
    return {known[name].id: _taken(known[name], parts, take) for name, parts in sent.items() if name in known}


def _taken(
    question: Question, parts: Sequence[FileStorage], take: Callable[[IO[bytes]], Taken]
) -> tuple[Taken, ...]:
    pictures = []
    for number, part in enumerate(parts, start=1):
        try:
            pictures.append(take(part.stream))
        except DomainError as refusal:
            raise BadPhoto(
                number=number, question=question.position, reason=str(refusal), cause=refusal.code
            ) from refusal
    return tuple(pictures)


def _files_of(question: Question) -> Files | None:
    return kind_of(question.asked).files
