"""Corrections and what a teacher says of them, as pages send them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from werkzeug.datastructures import FileStorage, MultiDict

from core.errors import Invalid
from homework.corrections.services import Fix
from homework.sending import services as sending
from homework.submissions.models import Submission
from homework.submissions.questions import Question
from homework.workbook.forms import (
    Response,
    SentAhead,
    check_number,
    client_key,
    responses_in_form,
    responses_in_json,
    sent_in_form,
    sent_in_json,
    take_pictures,
    take_recordings,
)

LONGEST_COMMENT = 500


@dataclass(frozen=True, slots=True)
class JudgementInput:
    """What is said of one or several corrections."""

    versions: Mapping[int, int]
    accept: bool
    comment: str


def read_fix(
    submission: Submission,
    question: Question,
    form: MultiDict[str, str],
    files: MultiDict[str, FileStorage],
) -> Fix:
    """The correction of *question* in a page's form. Files are stored: do it before a transaction.

    Raises:
        KeyNeeded, BadAnswer, BadPhoto, BadRecording, TooManyFiles, UnknownQuestion: it cannot be read.
        FileNotThere: it names a file that has not arrived.
    """
    return _fix(
        submission,
        question,
        client_key(form.get("client_key")),
        responses_in_form([question], form).get(question.id, {}),
        sent_in_form([question], form),
        files,
    )


def read_fix_in_json(
    submission: Submission,
    question: Question,
    key: UUID,
    *,
    answers: str,
    sent: str,
    files: MultiDict[str, FileStorage],
) -> Fix:
    """The correction of *question* as a program sends it: JSON of its response and of what was sent ahead.

    Raises:
        Refusals of ``read_fix``.
    """
    response = responses_in_json([question], answers).get(question.id, {})
    return _fix(submission, question, key, response, sent_in_json([question], sent), files)


def _fix(
    submission: Submission,
    question: Question,
    key: UUID,
    response: Response,
    sent: SentAhead,
    files: MultiDict[str, FileStorage],
) -> Fix:
    of = submission.assignment_id, submission.student_id
    pictures = sending.pictures_with(*of, sent.photos, take_pictures([question], files))
    recordings = sending.sounds_with(*of, sent.recordings, take_recordings([question], files))
    check_number(pictures, recordings)
    return Fix(
        client_key=key,
        response=response,
        pictures=pictures.get(question.id, ()),
        recordings=recordings.get(question.id, ()),
    )


def read_judgement(form: MultiDict[str, str]) -> JudgementInput:
    """What the teacher says: ``verdict`` and ``comment``, of the corrections in ``read_versions``.

    Raises:
        Invalid: it was tampered with.
    """
    return JudgementInput(
        read_versions(form), form.get("verdict") == "accept", form.get("comment", "")[:LONGEST_COMMENT]
    )


def read_versions(form: MultiDict[str, str]) -> dict[int, int]:
    """Which versions of which corrections: ``correction``, repeated as ``id:version``.

    Raises:
        Invalid: it was tampered with.
    """
    try:
        pairs = [one.split(":") for one in form.getlist("correction")]
        return {int(number): int(version) for number, version in pairs}
    except ValueError as error:
        raise Invalid from error
