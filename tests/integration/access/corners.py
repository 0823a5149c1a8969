"""A class with everything that can belong to one: the same in each place of the world."""

import hashlib
import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.duties.models import GradeHead
from accounts.people.models import Hat
from accounts.roster import uploads
from accounts.sign_in.device import Device
from accounts.sign_in.services import LONGEST, open_session
from core import clock
from core.clock import school_day
from core.database import db
from core.files import files
from homework.annotations.models import PageNote
from homework.annotations.queries import sheet_of
from homework.annotations.services import Said, speak
from homework.assignments.models import Assignment, AssignmentException
from homework.assignments.queries import questions_of
from homework.assignments.teaming import Teaming
from homework.corrections import services as corrections
from homework.corrections.models import CorrectionNote, CorrectionPage, CorrectionRecording
from homework.groups.services import make_group
from homework.load.models import Excess
from homework.marking.services import mark, return_one
from homework.notices.models import NewsKind, Notice, WorkNotice
from homework.redpen import queries as redpen
from homework.regrades import services as regrades
from homework.regrades.queries import question_of
from homework.regrades.rulings import Policy
from homework.sending.services import keep
from homework.submissions.models import Answer, Page, Recording, Submission
from homework.submissions.services import Work
from homework.teams.services import join, start
from homework.workbook.services import hand_in
from learning.lessons import services as lessons
from library.channels.models import ChannelImport
from library.collections import services as collections
from library.collections.models import Collection
from library.curriculum.models import Subject
from library.duplicates.models import DuplicatePair, Sameness
from library.exports.models import ExportForm, ExportState, LibraryExport
from library.faults.models import FaultKind, FaultReport
from library.faults.services import report
from library.harvests.models import HarvestConflict, HarvestRun, HarvestSource
from library.intake import services as intake
from library.intake.keeping import Album
from library.intake.reading import PAPER, Read, read_text
from library.interchange.models import ImportOrder, OrderState
from library.items.models import Item, ItemKind
from library.marks import services as marks
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.pictures import take_picture
from library.media.sounds import Sound
from library.media.tokens import make_token
from library.oai.models import OaiPartner
from library.packages import services as packages
from library.players.tokens import make_token as make_player_token
from library.resources.models import Resource, ResourceKind, ReviewState, Tier
from library.review import services as review
from library.review.models import Reviewer, ReviewRequest
from recommender.candidates.candidate import Reason
from recommender.recommendations.models import Recommendation
from tests.factories.accounts import added, make_administrator, make_student, make_teacher
from tests.factories.documents import make_document, make_picture, make_recording, make_video, pdf_bytes
from tests.factories.homework import RIGHT, make_assignment, make_submission
from tests.factories.learning import make_attempt, make_lesson, make_registration
from tests.factories.library import (
    make_item,
    make_point,
    make_resource,
    make_stimulus,
    make_unit,
    make_wanted,
)
from tests.factories.media import picture_bytes
from tests.factories.players import h5p_bytes, make_package
from tests.integration.access.judged import judge_by_rubric

HOUR = timedelta(hours=1)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n我们先移项。\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """Ids of the things of one class, its first pupil and its teacher."""

    school_id: int
    class_id: int
    student_id: int
    student_hat_id: int
    teacher_hat_id: int
    session_id: int
    """Another device on which the pupil is signed in."""
    played_id: int
    """The school's own package that is played."""
    player_token: str
    """Lets whoever has it fetch that package's files, while the pupil is signed in on another device."""
    roster_key: str
    """A file that the school has looked at, and not imported yet."""
    subject_id: int
    point_id: int
    unit_id: int
    public_name: str
    """The name of a public resource in public addresses."""
    item_id: int
    exercise_id: int
    """The school's own exercise, which asks the item."""
    text_id: int
    """What the item is about."""
    reading_id: int
    """The school's own reading; it stands in the teacher's tray."""
    collection_id: int
    """The school's own collection, shared, with the reading in it."""
    kept_search_id: int
    """The school's own kept search, shared."""
    import_order_id: int
    """What the school's administrators may import: it was tried already."""
    channel_import_id: int
    """A channel that the school's administrators may take in: it was looked at already."""
    export_id: int
    """A file of the school's collection that the teacher ordered."""
    failed_id: int
    """The teacher's draft of a file that cannot be read."""
    removed_collection_id: int
    """One of the school's that was taken away."""
    wanted_id: int
    """A search that found nothing."""
    document_id: int
    """The school's own PDF."""
    picture_id: int
    recording_id: int
    video_id: int
    lesson_id: int
    """The school's own micro-lesson, made by the teacher."""
    lesson_resource_id: int
    lesson_version: int
    checkpoint_id: int
    registration: UUID
    asset_id: int
    media_token: str
    """Lets the pupil, and nobody else, read the asset."""
    package_id: int
    """A package that the school has taken in."""
    intake_id: int
    """Questions that the teacher pasted and has not taken yet."""
    assignment_id: int
    choice_id: int
    photo_id: int
    submission_id: int
    answer_id: int
    page_id: int
    spoken_id: int
    """What the pupil said."""
    sent_id: int
    """A photo that the pupil has sent ahead of the work."""
    open_assignment_id: int
    """Group work that nobody has handed in yet; the pupil is in a group, and has another due time there."""
    future_assignment_id: int
    """One that pupils do not see yet."""
    group_id: int
    """The teacher's group with the pupil in it."""
    grade_head_id: int
    """The teacher heads the grade of the class."""
    excess_id: int
    recommendation_id: int
    draft_id: int
    """A reading of the school that nobody has submitted yet."""
    request_id: int
    """A draft of the school that waits for its administrator."""
    submitted_id: int
    withdrawn_id: int
    """One that the school's administrator took away."""
    report_id: int
    """What the pupil reported about the reading, which the teacher wrote."""
    pair_id: int
    """Two readings of the school that look alike."""
    notice_id: int
    news_id: int
    """What the teacher was told about the work that she gave."""
    regrade_id: int
    """The teacher gave full marks to all for a question of the assignment that nobody has handed in yet."""
    regraded_question_id: int
    corrected_submission_id: int
    """The pupil's work that is back with a photo to correct; its correction waits for the teacher."""
    corrected_question_id: int
    correction_id: int
    correction_page_id: int
    correction_recording_id: int
    correction_note_id: int
    """What the teacher said about the photo, and the pupil hears once the correction is judged."""
    annotated_page_id: int
    voice_note_id: int
    corrected_assignment_id: int
    to_correct_id: int
    """Another question of it that the pupil has not corrected yet."""
    bank_comment_id: int
    """A comment of the teacher's, which was changed."""
    revision_id: int
    judged_question_id: int
    """A question with a rubric by which the teacher marked the pupil's answer; it was changed since."""
    rubric_change_id: int
    read_again_id: int
    """The pupil's answer to it, which the teacher is asked to read as the second."""
    colleague_id: int
    """A teacher of the school who may be named as a reviewer."""
    reviewer_id: int
    """One who is."""
    source_id: int
    """A library that the school's district harvests."""
    harvest_id: int
    conflict_id: int
    partner_id: int


def furnish(school_class: SchoolClass) -> Corner:
    """Fill the class with a pupil, a teacher, and what belongs to them. Inside an open transaction."""
    student, teacher = make_student(school_class), make_teacher(school_class)
    item = make_item()
    exercise = _exercise(school_class, item)
    assignment = _assignment(teacher, school_class)
    make_attempt(student.person, item.current_version, RIGHT[ItemKind.CHOICE], now=clock.now())
    return Corner(
        school_id=school_class.school_id,
        class_id=school_class.id,
        student_id=student.person_id,
        student_hat_id=student.id,
        teacher_hat_id=teacher.id,
        colleague_id=make_teacher(school_class).person_id,
        **_played(student, teacher),
        **_curriculum(assignment.subject_id),
        item_id=item.id,
        exercise_id=exercise.id,
        text_id=make_stimulus([item]).id,
        **_shelf(school_class, teacher),
        **_files(teacher),
        **_lesson(school_class, teacher, student, item),
        **_brought(school_class, teacher, assignment.subject_id),
        **_handed_in(assignment, student),
        **_giving(teacher, school_class, student),
        recommendation_id=_recommendation(student, exercise).id,
        **_reviewed(school_class, student, teacher),
        notice_id=_notice(teacher, assignment, exercise).id,
        news_id=_news(teacher, assignment).id,
        **_regrade(teacher, school_class),
        **_corrected(teacher, school_class, student),
        **judge_by_rubric(teacher, school_class, student),
        **_exchange(school_class, exercise),
    )


def _played(student: Hat, teacher: Hat) -> dict[str, Any]:
    """A package, and the other device on which the pupil plays it."""
    played = make_package(teacher, h5p_bytes())
    tablet = open_session(
        student.person, student, Device(address="127.0.0.1"), lasts=LONGEST, now=clock.now()
    )
    secret = current_app.config["SECRET_KEY"]
    return {
        "session_id": tablet.id,
        "played_id": played.id,
        "player_token": make_player_token(secret, played.id, tablet.id, clock.now()),
    }


def _curriculum(subject_id: int) -> dict[str, int]:
    return {
        "subject_id": subject_id,
        "point_id": make_point(subject=db.session.get_one(Subject, subject_id)).id,
        "unit_id": make_unit([]).id,
    }


def _shelf(school_class: SchoolClass, teacher: Hat) -> dict[str, Any]:
    """What the library has of the school's, in whichever hands."""
    reading = _reading(school_class)
    marks.put_in_tray(teacher, [reading.id], now=clock.now())
    return {
        "public_name": make_resource(tier=Tier.PUBLIC).identifier,
        "reading_id": reading.id,
        "collection_id": _collection(teacher, reading).id,
        "kept_search_id": _collection(teacher, reading, search={"q": "移项"}).id,
        "removed_collection_id": _removed(_collection(teacher, reading)).id,
        "export_id": _export(teacher).id,
        "wanted_id": make_wanted(f"量子 {school_class.id}").id,
    }


def _files(teacher: Hat) -> dict[str, int]:
    return {
        "document_id": make_document(teacher, pdf_bytes("Hello")).id,
        "failed_id": _failed(teacher).id,
        "picture_id": make_picture(teacher, picture_bytes()).id,
        "recording_id": make_recording(teacher, b"sound").id,
        "video_id": make_video(teacher, b"#EXTM3U").id,
    }


def _lesson(school_class: SchoolClass, teacher: Hat, student: Hat, item: Item) -> dict[str, Any]:
    """A micro-lesson that asks the item, which the pupil has begun; and a picture that she may read."""
    lesson, asset = make_lesson(created_by=teacher.person, tier=Tier.SCHOOL), _picture(teacher)
    lesson.resource.organisation_id = school_class.school_id
    lessons.attach_tracks(lesson, [lessons.Track("zh-CN", CAPTIONS)])
    secret, lasts_to = current_app.config["SECRET_KEY"], clock.now() + LONGEST
    return {
        "checkpoint_id": lessons.add_checkpoint(lesson, 20.0, item.id, author=teacher).id,
        "lesson_id": lesson.id,
        "lesson_resource_id": lesson.resource_id,
        "lesson_version": lesson.resource.version,
        "registration": make_registration(student.person, lesson, now=clock.now()).uuid,
        "asset_id": asset.id,
        "media_token": make_token(secret, asset.id, student.person_id, lasts_to),
    }


def _brought(school_class: SchoolClass, teacher: Hat, subject_id: int) -> dict[str, Any]:
    """What was brought in and is not taken yet."""
    roster = f"role,username,name\nteacher,new{school_class.id},王芳\n".encode()
    return {
        "roster_key": uploads.keep(school_class.school_id, roster),
        "import_order_id": _import_order(school_class, teacher).id,
        "channel_import_id": _channel_import(school_class, teacher).id,
        "package_id": _package(teacher, subject_id),
        "intake_id": _intake(teacher, subject_id),
    }


def _handed_in(assignment: Assignment, student: Hat) -> dict[str, int]:
    questions = {one.item_version.kind: one.id for one in db.session.scalars(questions_of(assignment.id))}
    submission = _submission(assignment, student, questions)
    answers = {
        one.assignment_item_id: one.id
        for one in db.session.scalars(select(Answer).where(Answer.submission_id == submission.id))
    }
    choice, photo = questions[ItemKind.CHOICE], questions[ItemKind.PHOTO]
    picture = take_picture(io.BytesIO(picture_bytes()))
    sent, _is_new = keep(assignment, student, picture, now=clock.now())
    return {
        "assignment_id": assignment.id,
        "choice_id": choice,
        "photo_id": photo,
        "submission_id": submission.id,
        "answer_id": answers[choice],
        "page_id": db.session.scalars(select(Page.id).where(Page.answer_id == answers[photo])).one(),
        "spoken_id": _spoken(answers[photo]).id,
        "sent_id": sent.id,
    }


def _reviewed(school_class: SchoolClass, student: Hat, teacher: Hat) -> dict[str, int]:
    """What the school's reviewers decide about, and have decided."""
    request, reviewer = _request(school_class), make_teacher(school_class)
    added(
        Reviewer(organisation_id=school_class.school_id, person_id=reviewer.person_id, named_at=clock.now())
    )
    return {
        "draft_id": _reading(school_class, review_state=ReviewState.DRAFT).id,
        "request_id": request.id,
        "submitted_id": request.resource_id,
        "withdrawn_id": _withdrawn(school_class).id,
        "report_id": _report(student, _reading(school_class, created_by=teacher.person)).id,
        "pair_id": _pair(school_class, teacher).id,
        "reviewer_id": reviewer.person_id,
    }


def _spoken(answer_id: int) -> Recording:
    sound = files().put(io.BytesIO(b"sound")).sha256
    return added(
        Recording(answer_id=answer_id, position=1, upload_sha256=sound, sound_sha256=sound, seconds=2.0)
    )


def _said(correction_id: int) -> CorrectionRecording:
    sound = files().put(io.BytesIO(b"sound")).sha256
    return added(
        CorrectionRecording(
            correction_id=correction_id, position=1, upload_sha256=sound, sound_sha256=sound, seconds=2.0
        )
    )


def _reading(school_class: SchoolClass, **columns: Any) -> Resource:  # noqa: ANN401 -- columns of a resource
    return make_resource(tier=Tier.SCHOOL, organisation=school_class.school, body="移项要变号。", **columns)


def _report(student: Hat, reading: Resource) -> FaultReport:
    return report(reading.id, student, FaultKind.TYPO, "错字", now=clock.now())


def _request(school_class: SchoolClass) -> ReviewRequest:
    return review.submit(
        _reading(school_class, review_state=ReviewState.DRAFT), make_teacher(school_class), now=clock.now()
    )


def _withdrawn(school_class: SchoolClass) -> Resource:
    reading = _reading(school_class)
    review.withdraw(reading, make_administrator(school_class.school), "过时了", now=clock.now())
    return reading


def _pair(school_class: SchoolClass, teacher: Hat) -> DuplicatePair:
    ids = [_reading(school_class, created_by=teacher.person).id for _number in range(2)]
    return added(
        DuplicatePair(
            first_id=ids[0], second_id=ids[1], sameness=Sameness.TEXT, likeness=1.0, found_at=clock.now()
        )
    )


def _notice(teacher: Hat, assignment: Assignment, exercise: Resource) -> Notice:
    return added(
        Notice(
            person_id=teacher.person_id,
            assignment_id=assignment.id,
            resource_id=exercise.id,
            reason="过时了",
            made_at=clock.now(),
        )
    )


def _news(teacher: Hat, assignment: Assignment) -> WorkNotice:
    now = clock.now()
    return added(
        WorkNotice(
            person_id=teacher.person_id,
            assignment_id=assignment.id,
            kind=NewsKind.MARKED_ANEW,
            about="regrade:0",
            details={"reason": "答案有错", "pupils": 1},
            made_at=now,
            shown_from=now,
        )
    )


def _regrade(teacher: Hat, school_class: SchoolClass) -> dict[str, int]:
    now = clock.now()
    work = _assignment(teacher, school_class)
    question = next(
        one for one in db.session.scalars(questions_of(work.id)) if one.item_version.kind is ItemKind.CHOICE
    )
    make_submission(work, make_student(school_class), {question.id: {"choices": ["A"]}}, now=now)
    wish = regrades.Wish(policy=Policy.FULL, reason="答案有错")
    asked = db.session.scalars(question_of(teacher, question.id)).one()
    seen = regrades.plan(asked, teacher, wish).digest
    made, _is_new = regrades.begin(asked, teacher, wish, seen=seen, client_key=UUID(int=teacher.id), now=now)
    regrades.write(made, now=now)
    regrades.finish(made, now=now)
    return {"regrade_id": made.id, "regraded_question_id": question.id}


def _corrected(teacher: Hat, school_class: SchoolClass, student: Hat) -> dict[str, int]:
    now = clock.now()
    work = _assignment(teacher, school_class)
    questions = {one.item_version.kind: one for one in db.session.scalars(questions_of(work.id))}
    photo, choice = questions[ItemKind.PHOTO], questions[ItemKind.CHOICE]
    submission = make_submission(work, student, {choice.id: {"choices": ["A"]}}, photos=1, now=now)
    answer = db.session.scalars(select(Answer).where(Answer.assignment_item_id == photo.id)).one()
    mark(answer, teacher, points=1.0, version=0, now=now)
    return_one(submission, teacher, now=now)
    picture = take_picture(io.BytesIO(picture_bytes()))
    fix = corrections.Fix(client_key=UUID(int=teacher.id + (1 << 64)), response={}, pictures=(picture,))
    made = corrections.correct(submission, photo, student, fix, now=now)
    page = db.session.scalars(select(CorrectionPage).where(CorrectionPage.correction_id == made.id)).one()
    return {
        "corrected_submission_id": submission.id,
        "corrected_question_id": photo.id,
        "correction_id": made.id,
        "correction_page_id": page.id,
        "correction_recording_id": _said(made.id).id,
        "correction_note_id": _spoken_on(page, teacher).id,
        "corrected_assignment_id": work.id,
        "to_correct_id": choice.id,
        **_annotated(teacher, answer),
    }


def _spoken_on(page: CorrectionPage, teacher: Hat) -> CorrectionNote:
    speak(redpen.sheet_of(page.id), teacher, _comment(UUID(int=teacher.id + (3 << 64))), now=clock.now())
    return db.session.scalars(select(CorrectionNote).where(CorrectionNote.page_id == page.id)).one()


def _comment(key: UUID) -> Said:
    sound = Sound(files().put(io.BytesIO(b"sound")).sha256, 2.0, "0" * 64)
    return Said(key, {"x": 100, "y": 100}, sound)


def _annotated(teacher: Hat, answer: Answer) -> dict[str, int]:
    page = db.session.scalars(select(Page).where(Page.answer_id == answer.id)).one()
    speak(sheet_of(page.id), teacher, _comment(UUID(int=teacher.id + (2 << 64))), now=clock.now())
    note = db.session.scalars(select(PageNote).where(PageNote.page_id == page.id)).one()
    return {"annotated_page_id": page.id, "voice_note_id": note.id}


def _exchange(school_class: SchoolClass, exercise: Resource) -> dict[str, int]:
    district_id = school_class.school.parent_id
    source = added(
        HarvestSource(
            name="邻市",
            url=f"https://other.example/{school_class.id}",
            tier=Tier.LOCAL,
            organisation_id=district_id,
            created_at=clock.now(),
        )
    )
    run = added(HarvestRun(source_id=source.id, started_at=clock.now(), problem={}))
    conflict = added(
        HarvestConflict(
            source_id=source.id,
            resource_id=exercise.id,
            identifier="oai:other.example:1",
            record={},
            received_sha256="0" * 64,
            found_at=clock.now(),
        )
    )
    key = hashlib.sha256(str(source.id).encode()).hexdigest()
    partner = added(OaiPartner(name="邻市", key_sha256=key, created_at=clock.now()))
    return {
        "source_id": source.id,
        "harvest_id": run.id,
        "conflict_id": conflict.id,
        "partner_id": partner.id,
    }


def _exercise(school_class: SchoolClass, item: Item) -> Resource:
    return make_resource(
        kind=ResourceKind.PRACTICE,
        tier=Tier.SCHOOL,
        organisation=school_class.school,
        items=[item],
        licence="CC-BY-4.0",
    )


def _package(teacher: Hat, subject_id: int) -> int:
    stored = files().put(io.BytesIO(b"no package"))
    place = packages.Place(subject_id, 5, 6)
    run, _is_new = packages.begin(stored, "course.imscc", place, actor=teacher, now=clock.now())
    return run.id


def _intake(teacher: Hat, subject_id: int) -> int:
    about = "阅读材料，完成1～2题。\n小明走了 300 米。\n"
    text = f"{about}1. 他走了____米。\n答案：300\n2. 说说理由。\n3. 没有答案的____"
    sent = intake.Sent("随堂练习.txt", PAPER, files().put(io.BytesIO(text.encode())).sha256, "zh_CN")
    run = intake.begin(sent, intake.Place(subject_id, 7, 7), actor=teacher, now=clock.now())
    intake.keep(run, Read(read_text(text, []), text), [], Album(clock.now()), now=clock.now())
    return run.id


def _collection(teacher: Hat, reading: Resource, search: dict[str, str] | None = None) -> Collection:
    now = clock.now()
    said = collections.Description(title="移项", tier=Tier.SCHOOL)
    made = collections.make(teacher, said, search=search, now=now)
    if not search:
        collections.add(made, [reading.id], now=now)
    collections.share(made, now=now)
    return made


def _removed(collection: Collection) -> Collection:
    collections.remove(collection, now=clock.now())
    return collection


def _import_order(school_class: SchoolClass, by: Hat) -> ImportOrder:
    return added(
        ImportOrder(
            ordered_by_id=by.person_id,
            ordered_for_id=school_class.school_id,
            tier=Tier.SCHOOL,
            organisation_id=school_class.school_id,
            name="resources.jsonl",
            form="jsonl",
            content_sha256="0" * 64,
            is_strict=False,
            language="zh_CN",
            state=OrderState.CHECKED,
            ordered_at=clock.now(),
        )
    )


def _channel_import(school_class: SchoolClass, by: Hat) -> ChannelImport:
    return added(
        ChannelImport(
            ordered_by_id=by.person_id,
            ordered_for_id=school_class.school_id,
            tier=Tier.SCHOOL,
            organisation_id=school_class.school_id,
            grade_from=1,
            grade_to=9,
            name="channel.sqlite3",
            content_sha256="0" * 64,
            language="zh_CN",
            state=OrderState.CHECKED,
            title="数学频道",
            ordered_at=clock.now(),
        )
    )


def _export(teacher: Hat) -> LibraryExport:
    content = files().put(io.BytesIO(b"a file"))
    return added(
        LibraryExport(
            ordered_by_id=teacher.person_id,
            ordered_for_id=teacher.organisation_id,
            form=ExportForm.CARTRIDGE,
            title="移项",
            tiers=[],
            language="zh_CN",
            state=ExportState.DONE,
            written=1,
            reasons={"许可不明。": 1},
            left_out=[["移项讲义", "许可不明。"]],
            file_sha256=content.sha256,
            report_sha256=content.sha256,
            size_bytes=content.size_bytes,
            ordered_at=clock.now(),
            finished_at=clock.now(),
        )
    )


def _failed(teacher: Hat) -> Resource:
    made = make_document(teacher, pdf_bytes("Hello"), state=MediaState.FAILED)
    made.review_state = ReviewState.DRAFT
    return made


def _giving(teacher: Hat, school_class: SchoolClass, student: Hat) -> dict[str, int]:
    now = clock.now()
    not_handed_in = _assignment(teacher, school_class)
    not_handed_in.teaming, not_handed_in.team_size = Teaming.CHOSEN, 4
    join(start(not_handed_in.id, school_class.id), student.person_id, size=4)
    added(
        AssignmentException(
            assignment_id=not_handed_in.id,
            student_id=student.person_id,
            due_at=now + 2 * HOUR,
            cut_off_at=now + 3 * HOUR,
            reason="生病",
            given_by_id=teacher.person_id,
            given_at=now,
        )
    )
    excess = added(
        Excess(
            assignment_id=not_handed_in.id,
            class_id=school_class.id,
            day=school_day(now),
            minutes=95.0,
            cap=90,
            reason="补周五的课",
            given_by_id=teacher.person_id,
            given_at=now,
        )
    )
    return {
        "open_assignment_id": not_handed_in.id,
        "future_assignment_id": make_assignment(
            teacher,
            school_class,
            opens_at=now + 24 * HOUR,
            due_at=now + 48 * HOUR,
            cut_off_at=now + 50 * HOUR,
        ).id,
        "group_id": make_group(teacher, school_class.id, "提高组", [student.person_id], now=now).id,
        "grade_head_id": added(
            GradeHead(
                school_id=school_class.school_id,
                grade=school_class.grade,
                person_id=teacher.person_id,
                named_by_id=teacher.person_id,
                named_at=now,
            )
        ).id,
        "excess_id": excess.id,
    }


def _picture(teacher: Hat) -> MediaAsset:
    stored = files().put(io.BytesIO(picture_bytes()))
    return added(
        MediaAsset(
            kind=MediaKind.PICTURE,
            source_sha256=stored.sha256,
            media_type="image/jpeg",
            size_bytes=stored.size_bytes,
            state=MediaState.READY,
            renditions={},
            uploaded_by_id=teacher.person_id,
            created_at=clock.now(),
        )
    )


def _assignment(teacher: Hat, school_class: SchoolClass) -> Assignment:
    now = clock.now()
    return make_assignment(
        teacher,
        school_class,
        kinds=(ItemKind.CHOICE, ItemKind.PHOTO),
        opens_at=now - HOUR,
        due_at=now + HOUR,
        cut_off_at=now + 2 * HOUR,
    )


def _submission(assignment: Assignment, student: Hat, questions: dict[ItemKind, int]) -> Submission:
    work = Work(
        client_key=UUID(int=student.id),
        responses={questions[ItemKind.CHOICE]: RIGHT[ItemKind.CHOICE]},
        pictures={questions[ItemKind.PHOTO]: (take_picture(io.BytesIO(picture_bytes())),)},
        device_time=None,
    )
    submission, _is_new = hand_in(assignment, student, work, now=clock.now())
    return submission


def _recommendation(student: Hat, exercise: Resource) -> Recommendation:
    return added(
        Recommendation(
            person_id=student.person_id,
            resource_id=exercise.id,
            position=1,
            reason=Reason.SIMILAR,
            evidence={"to": {"id": exercise.id, "title": exercise.title}, "similarity": 0.5},
            score=0.5,
            made_at=clock.now(),
        )
    )
