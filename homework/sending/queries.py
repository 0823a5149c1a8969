"""What has arrived, by the hash under which the device knows it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.sending.models import SentFile
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from library.media.pictures import Picture
from library.media.receiving import Photo
from library.media.sounds import Sound


def sent_by(hat: Hat) -> Select[SentFile]:
    """What the pupil has sent ahead."""
    return select(SentFile).where(SentFile.student_id == hat.person_id)


def sent_for(assignment_id: int, student_id: int) -> Select[SentFile]:
    """What the pupil has sent ahead for the work."""
    return select(SentFile).where(SentFile.assignment_id == assignment_id, SentFile.student_id == student_id)


def number_sent(assignment_id: int, student_id: int) -> Select[int]:
    """How many files the pupil has sent ahead for the work."""
    return select(func.count(SentFile.id)).where(
        SentFile.assignment_id == assignment_id, SentFile.student_id == student_id
    )


def may_belong_to(hat: Hat, now: datetime) -> Select[Assignment]:
    """The work that a pupil may send files for: what she did, and what she was given, withdrawn or not."""
    readable = submissions.readable_assignments(hat, now).with_only_columns(Assignment.id)
    given = assignments.once_given_to([hat.person_id], now).with_only_columns(Assignment.id)
    return select(Assignment).where(or_(Assignment.id.in_(readable), Assignment.id.in_(given)))


def left_alone(before: datetime) -> Select[SentFile]:
    """What was sent before then and never handed in."""
    return select(SentFile).where(SentFile.sent_at < before).order_by(SentFile.id)


def photos_there(assignment_id: int, student_id: int, hashes: Collection[str]) -> dict[str, Photo]:
    """The photographs with these hashes that the pupil sent ahead, or handed in before."""
    before = (
        select(Page)
        .join(Answer, Answer.id == Page.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(_of_work(assignment_id, student_id), Page.upload_sha256.in_(hashes))
    )
    found = {one.upload_sha256: submissions.photo_of(one) for one in db.session.scalars(before)}
    ahead = sent_for(assignment_id, student_id).where(
        SentFile.upload_sha256.in_(hashes), SentFile.is_sound.is_(False)
    )
    for one in db.session.scalars(ahead):
        found[one.upload_sha256] = picture_of(one)
    return found


def sounds_there(assignment_id: int, student_id: int, hashes: Collection[str]) -> dict[str, Sound]:
    """The recordings with these hashes that the pupil sent ahead, or handed in before."""
    before = (
        select(Recording)
        .join(Answer, Answer.id == Recording.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(_of_work(assignment_id, student_id), Recording.upload_sha256.in_(hashes))
    )
    found = {one.upload_sha256: submissions.sound_of(one) for one in db.session.scalars(before)}
    ahead = sent_for(assignment_id, student_id).where(
        SentFile.upload_sha256.in_(hashes), SentFile.is_sound.is_(True)
    )
    for one in db.session.scalars(ahead):
        found[one.upload_sha256] = Sound(one.kept_sha256, one.seconds or 0.0, one.upload_sha256)
    return found


def picture_of(sent: SentFile) -> Picture:
    """The photograph that was sent ahead, as it was written anew."""
    return Picture(
        sent.kept_sha256,
        sent.thumbnail_sha256 or sent.kept_sha256,
        sent.width,
        sent.height,
        sent.upload_sha256,
    )


def _of_work(assignment_id: int, student_id: int) -> ColumnElement[bool]:
    return and_(Submission.assignment_id == assignment_id, Submission.student_id == student_id)
