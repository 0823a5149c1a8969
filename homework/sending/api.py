"""Send photographs and recordings ahead of the work: ``POST /api/v1/assignments/…/files``."""

from typing import Any

from apiflask import APIBlueprint
from flask import request, url_for

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.sending import policy, queries, services
from homework.sending.errors import NoFile, TakesNoFiles
from homework.sending.schemas import FileIn, SentOut
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.kinds.written import seconds_of
from library.media.pictures import Picture, take_picture
from library.media.sounds import Sound, take_sound

bp = APIBlueprint("sending_api", __name__, url_prefix="/api/v1", tag="Homework")

THERE_ALREADY: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "The same file arrived before.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SentOut"}}},
    }
}


@bp.post("/assignments/<int:assignment_id>/files")
@bp.input(FileIn, location="form_and_files", arg_name="parts")
@bp.output(SentOut, status_code=201)
@bp.doc(
    summary="Send a photo or recording ahead",
    responses=THERE_ALREADY,
)
@allow(policy.may_send)
def send(assignment_id: int, parts: FileIn) -> tuple[SentOut, int]:
    """Store one file of work that is not handed in yet; ``sent`` of the hand-in names it by its hash.

    What is not handed in within thirty days is forgotten.
    """
    hat, now = current_hat(), clock.now()
    assignment: Assignment = find(queries.may_belong_to(hat, now).where(Assignment.id == assignment_id))
    question: AssignmentItem = find(
        assignments.questions_of(assignment.id).where(AssignmentItem.id == parts.question)
    )
    taken = _taken(question)
    with transaction():
        sent, is_new = services.keep(assignment, hat, taken, now=now)
        small = None if sent.is_sound else url_for("sending.thumbnail", sent_id=sent.id)
        answer = SentOut.of(sent, small)
    return answer, 201 if is_new else 200


def _taken(question: AssignmentItem) -> Picture | Sound:
    file = request.files.get("file")
    if file is None:
        raise NoFile
    match kind_of(question.item_version).files:
        case Files.PHOTOS:
            return take_picture(file.stream)
        case Files.RECORDINGS:
            return take_sound(file.stream, seconds_of(question.item_version))
        case None:
            raise TakesNoFiles
