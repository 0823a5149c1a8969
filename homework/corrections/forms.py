"""Corrections and what a teacher says of them, as pages send them."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage, MultiDict

from core.errors import Invalid
from homework.corrections.services import Fix
from homework.submissions.questions import Question
from homework.workbook.forms import client_key, responses_in_form, take_pictures

LONGEST_COMMENT = 500


@dataclass(frozen=True, slots=True)
class JudgementInput:
    """What is said of one or several corrections."""

    versions: Mapping[int, int]
    accept: bool
    comment: str


def read_fix(question: Question, form: MultiDict[str, str], files: MultiDict[str, FileStorage]) -> Fix:
    """The correction of *question* that was sent. Photos are stored: do it before a transaction.

    Raises:
        KeyNeeded, BadAnswer, BadPhoto, TooManyFiles, UnknownQuestion: it cannot be read.
    """
    pictures = take_pictures([question], files)
    return Fix(
        client_key=client_key(form.get("client_key")),
        response=responses_in_form([question], form).get(question.id, {}),
        pictures=pictures.get(question.id, ()),
    )


def read_judgement(form: MultiDict[str, str]) -> JudgementInput:
    """What the teacher says: ``correction`` repeated as ``id:version``, ``verdict``, ``comment``.

    Raises:
        Invalid: it was tampered with.
    """
    try:
        pairs = [one.split(":") for one in form.getlist("correction")]
        versions = {int(number): int(version) for number, version in pairs}
    except ValueError as error:
        raise Invalid from error
    return JudgementInput(
        versions, form.get("verdict") == "accept", form.get("comment", "")[:LONGEST_COMMENT]
    )
