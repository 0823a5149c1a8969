"""Work that a group does together: one hands in, each has the work, the receipt and a mark of her own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat
from homework.assignments import errors as refusals
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.plan import Rules
from homework.assignments.release import Counting, HandIns
from homework.assignments.services import assign, change
from homework.assignments.teaming import Teaming
from homework.desk.cards import Card, cards_of
from homework.exceptions.services import Wish, except_pupil
from homework.groups.services import change_group, make_group
from homework.markers.names import Names
from homework.markers.queries import Parts
from homework.marking.members import own_among
from homework.marking.models import Mark, OwnMark
from homework.marking.progress import progress
from homework.marking.queries import points_of
from homework.marking.services import mark_alike, return_work
from homework.notices.models import NewsKind, WorkNotice
from homework.submissions import errors
from homework.submissions.models import Answer, Page, Submission
from homework.submissions.queries import answers_of
from homework.teams import services as teams
from homework.teams.errors import InTeamAlready, TeamFull, TeamHasHandedIn
from homework.teams.models import Team, TeamHandIn
from homework.teams.queries import members_by_team, team_of, teams_of
from homework.teamwork import members, services
from homework.teamwork.errors import NoTeamThere, TeamsAreSet
from homework.teamwork.queries import arrangements
from homework.workbook.queries import work_of
from homework.workbook.services import hand_in
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from tests.factories.accounts import enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_plan, make_work

KINDS = (ItemKind.CHOICE, ItemKind.PHOTO)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Scene:
    """A class of four: three work in one group, the fourth in none."""

    school_class: SchoolClass
    teacher: Hat
    pupils: list[Hat]
    assignment: Assignment
    team: Team

    @property
    def ids(self) -> list[int]:
        return [one.person_id for one in self.pupils]


@pytest.fixture
def scene(session: Session) -> Scene:
    school_class = make_class()
    teacher = make_teacher(school_class)
    pupils = [make_student(school_class, name) for name in ("陈一", "陈二", "陈三", "陈四")]
    assignment = make_assignment(teacher, school_class, kinds=KINDS, teaming=Teaming.CHOSEN, team_size=3)
    team = teams.start(assignment.id, school_class.id)
    for one in pupils[:3]:
        teams.join(team, one.person_id, size=3)
    return Scene(school_class, teacher, pupils, assignment, team)


def submissions_of(session: Session, scene: Scene) -> dict[int, Submission]:
    """What counts, by pupil."""
    counted = select(Submission).where(Submission.assignment_id == scene.assignment.id, Submission.is_counted)
    return {one.student_id: one for one in session.scalars(counted)}


def photo_answers(session: Session, scene: Scene) -> dict[int, Answer]:
    """The answers to the photo question, by pupil."""
    found = {}
    for student_id, submission in submissions_of(session, scene).items():
        found[student_id] = list(session.scalars(answers_of([submission.id])))[1]
    return found


def give(session: Session, scene: Scene, student_ids: Sequence[int], points: float, now: datetime) -> None:
    answers = photo_answers(session, scene)
    mark_alike({answers[one].id: 0 for one in student_ids}, scene.teacher, points=points, now=now)


def points(session: Session, submission: Submission) -> float:
    return dict(session.execute(points_of([submission.id])).all())[submission.id]


def test_one_hands_in_and_each_member_has_the_work_with_a_receipt(
    session: Session, scene: Scene, now: datetime
) -> None:
    own, is_new = hand_in(scene.assignment, scene.pupils[1], make_work(scene.assignment), now=now)
    made = submissions_of(session, scene)
    assert is_new
    assert own.student_id == scene.ids[1]
    assert set(made) == set(scene.ids[:3])
    assert {one.content_sha256 for one in made.values()} == {own.content_sha256}
    assert len({one.client_key for one in made.values()}) == 3
    assert session.scalar(select(func.count(Page.id))) == 3 * 2
    told = session.scalars(select(WorkNotice).where(WorkNotice.kind == NewsKind.TEAM_HANDED_IN))
    assert {one.person_id: one.details["receipt"] for one in told} == {
        one: made[one].id for one in (scene.ids[0], scene.ids[2])
    }


def test_a_retry_of_a_groups_hand_in_changes_nothing(session: Session, scene: Scene, now: datetime) -> None:
    work = make_work(scene.assignment)
    first, _ = hand_in(scene.assignment, scene.pupils[0], work, now=now)
    again, is_new = hand_in(scene.assignment, scene.pupils[0], work, now=now + HOUR)
    assert (again.id, is_new) == (first.id, False)
    assert session.scalar(select(func.count(Submission.id))) == 3
    assert session.scalar(select(func.count(TeamHandIn.id))) == 1


def test_another_member_hands_in_again_and_all_see_who_did_what(
    session: Session, scene: Scene, now: datetime
) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    second = make_work(scene.assignment, photos=1, note="陈一计算，陈二画图")
    hand_in(scene.assignment, scene.pupils[1], second, now=now + HOUR)
    for one in submissions_of(session, scene).values():
        session.refresh(one, ["assignment", "student"])
        team = work_of(one).team
        assert one.number == 2
        assert team is not None
        assert (team.handed_in_by, team.note, team.size) == ("陈二", "陈一计算，陈二画图", 3)
        hidden = work_of(one, shows_peers=False).team
        assert hidden is not None
        assert (hidden.members, hidden.handed_in_by, hidden.note) == ([], None, "")


def test_who_did_not_see_what_a_mate_handed_in_is_told_before_it_is_replaced(
    session: Session, scene: Scene, now: datetime
) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment, known=0), now=now)
    with pytest.raises(errors.HandedInMeanwhile) as refused:
        hand_in(scene.assignment, scene.pupils[1], make_work(scene.assignment, known=0), now=now + HOUR)
    assert (refused.value.details["by"], refused.value.details["number"]) == ("陈一", 1)
    hand_in(scene.assignment, scene.pupils[1], make_work(scene.assignment, known=1), now=now + HOUR)
    assert {one.number for one in submissions_of(session, scene).values()} == {2}


def test_the_time_of_who_worked_is_not_counted_for_her_mates(
    session: Session, scene: Scene, now: datetime
) -> None:
    work = make_work(scene.assignment)
    question = next(iter(work.responses))
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment, seconds={question: 90.0}), now=now)
    took = select(Attempt.person_id, Attempt.seconds).where(Attempt.seconds.is_not(None))
    assert session.execute(took).all() == [(scene.ids[0], 90.0)]


def test_each_member_is_late_by_her_own_due_time_and_who_is_excused_gets_nothing(
    session: Session, scene: Scene, now: datetime
) -> None:
    later, excused = scene.ids[1], scene.ids[2]
    due_at = scene.assignment.due_at + 5 * HOUR
    except_pupil(
        scene.assignment, scene.teacher, Wish(student_id=later, due_at=due_at, reason="生病"), now=now
    )
    except_pupil(
        scene.assignment, scene.teacher, Wish(student_id=excused, is_excused=True, reason="住院"), now=now
    )
    hand_in(
        scene.assignment, scene.pupils[0], make_work(scene.assignment), now=scene.assignment.due_at + HOUR
    )
    made = submissions_of(session, scene)
    assert {one: made[one].is_late for one in made} == {scene.ids[0]: True, later: False}


def test_who_left_the_class_gets_no_part_of_what_her_group_hands_in(
    session: Session, scene: Scene, now: datetime
) -> None:
    gone = session.scalars(select(Enrolment).where(Enrolment.person_id == scene.ids[2])).one()
    gone.ends_on = now.date()
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    assert set(submissions_of(session, scene)) == set(scene.ids[:2])
    assert len(members_by_team([scene.team.id])[scene.team.id]) == 2


def test_a_pupil_without_a_group_hands_in_alone(session: Session, scene: Scene, now: datetime) -> None:
    own, _ = hand_in(scene.assignment, scene.pupils[3], make_work(scene.assignment), now=now)
    assert own.team_hand_in_id is None
    assert set(submissions_of(session, scene)) == {scene.ids[3]}


def test_a_group_whose_work_is_being_marked_hands_in_no_more(
    session: Session, scene: Scene, now: datetime
) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    give(session, scene, [scene.ids[2]], 2.0, now)
    with pytest.raises(errors.AlreadyMarked):
        hand_in(scene.assignment, scene.pupils[1], make_work(scene.assignment), now=now)


def test_the_limit_of_hand_ins_is_the_groups(scene: Scene, now: datetime) -> None:
    scene.assignment.hand_ins, scene.assignment.most_hand_ins = HandIns.LIMITED, 2
    for one in scene.pupils[:2]:
        hand_in(scene.assignment, one, make_work(scene.assignment), now=now)
    with pytest.raises(errors.NoMoreHandIns):
        hand_in(scene.assignment, scene.pupils[2], make_work(scene.assignment), now=now)


def test_of_several_hand_ins_the_best_counts_for_each_member(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.assignment.counting = Counting.BEST
    choice = next(iter(make_work(scene.assignment).responses))
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    wrong = make_work(scene.assignment, {choice: {"choices": ["A"]}})
    hand_in(scene.assignment, scene.pupils[1], wrong, now=now)
    assert {one.number for one in submissions_of(session, scene).values()} == {1}


def cards_for(question: AssignmentItem, scene: Scene) -> list[Card]:
    return cards_of(question, scene.teacher, names=Names(), parts=Parts(), rubric=None)


def test_a_teacher_marks_a_group_once_and_one_member_apart(
    session: Session, scene: Scene, now: datetime
) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    hand_in(scene.assignment, scene.pupils[3], make_work(scene.assignment), now=now)
    photo = photo_answers(session, scene)[scene.ids[0]].assignment_item
    cards = cards_for(photo, scene)
    assert sorted(len(one.said) for one in cards) == [1, 3]
    card = max(cards, key=lambda one: len(one.said))
    assert len(card.shown) == 1
    mark_alike({one.answer.id: 0 for one in card.together}, scene.teacher, points=2.0, now=now)
    apart = photo_answers(session, scene)[scene.ids[1]]
    members.mark_member(apart, scene.teacher, points=1.0, comment="未参与计算", version=1, now=now)
    card = next(one for one in cards_for(photo, scene) if len(one.said) == 3)
    assert [one.submission.student_id for one in card.said if one.is_own_mark] == [scene.ids[1]]
    assert card.mark is not None
    assert card.mark.points == 2.0
    versions = {one.answer.id: one.version for one in card.together}
    mark_alike(versions, scene.teacher, points=1.5, now=now)
    made = submissions_of(session, scene)
    assert [points(session, made[one]) for one in scene.ids[:3]] == [3.5, 3.0, 3.5]


def test_a_mark_apart_can_be_taken_back_to_the_groups(session: Session, scene: Scene, now: datetime) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    give(session, scene, scene.ids[:3], 2.0, now)
    apart = photo_answers(session, scene)[scene.ids[1]]
    members.mark_member(apart, scene.teacher, points=0.5, comment="", version=1, now=now)
    assert own_among([apart.id]) == {apart.id}
    members.mark_with_group(apart, scene.teacher, version=2, now=now)
    assert session.scalar(select(func.count(OwnMark.answer_id))) == 0
    assert session.scalars(select(Mark.points).where(Mark.answer_id == apart.id)).one() == 2.0


def test_each_pupil_of_a_group_counts_once(session: Session, scene: Scene, now: datetime) -> None:
    for one in (*scene.pupils[:3], scene.pupils[3]):
        hand_in(scene.assignment, one, make_work(scene.assignment), now=now)
    give(session, scene, scene.ids, 2.0, now)
    done = progress(scene.teacher, [scene.assignment.id])[scene.assignment.id]
    assert (done.pupils, done.handed_in, done.unmarked) == (4, 4, 0)
    assert len(return_work(scene.assignment, scene.teacher, now=now)) == 4


def test_who_is_moved_keeps_what_she_has_and_is_left_out_of_what_follows(
    session: Session, scene: Scene, now: datetime
) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    moved = scene.ids[2]
    before = submissions_of(session, scene)[moved].id
    other = services.team_for(scene.assignment, scene.school_class.id, "new")
    assert services.move(scene.assignment, moved, other, scene.teacher, now=now)
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment, photos=1), now=now)
    made = submissions_of(session, scene)
    assert made[moved].id == before
    assert {made[one].number for one in scene.ids[:2]} == {2}
    hand_in(scene.assignment, scene.pupils[2], make_work(scene.assignment, photos=3), now=now)
    assert submissions_of(session, scene)[moved].number == 2
    assert submissions_of(session, scene)[scene.ids[0]].number == 2


def test_who_comes_into_a_group_with_nothing_gets_what_it_has_handed_in(
    session: Session, scene: Scene, now: datetime
) -> None:
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    services.move(scene.assignment, scene.ids[3], scene.team, scene.teacher, now=now + HOUR)
    made = submissions_of(session, scene)
    given = made[scene.ids[3]]
    assert (given.received_at, given.content_sha256) == (now, made[scene.ids[0]].content_sha256)
    pages = select(Page.upload_sha256).join(Answer).where(Answer.submission_id == given.id)
    assert len(session.scalars(pages.order_by(Page.position)).all()) == 2
    assert points(session, given) == 2.0
    assert not services.move(scene.assignment, scene.ids[3], scene.team, scene.teacher, now=now)


def test_a_group_that_everybody_has_left_is_gone_unless_it_has_handed_in(
    session: Session, scene: Scene, now: datetime
) -> None:
    for one in scene.ids[:3]:
        services.move(scene.assignment, one, None, scene.teacher, now=now)
    assert session.get(Team, scene.team.id) is None
    services.start(scene.assignment, scene.pupils[0])
    hand_in(scene.assignment, scene.pupils[0], make_work(scene.assignment), now=now)
    services.move(scene.assignment, scene.ids[0], None, scene.teacher, now=now)
    assert len(session.scalars(teams_of(scene.assignment.id, [scene.school_class.id])).all()) == 1


def test_pupils_find_together_until_a_group_is_full_or_has_handed_in(
    session: Session, scene: Scene, now: datetime
) -> None:
    fourth = scene.pupils[3]
    with pytest.raises(TeamFull):
        services.join(scene.assignment, fourth, scene.team.id)
    services.leave(scene.assignment, scene.pupils[2])
    services.join(scene.assignment, fourth, scene.team.id)
    assert session.scalars(team_of(scene.assignment.id, fourth.person_id)).one() is scene.team
    own = services.start(scene.assignment, scene.pupils[2])
    assert own.number == 2
    with pytest.raises(InTeamAlready):
        services.join(scene.assignment, fourth, own.id)
    hand_in(scene.assignment, fourth, make_work(scene.assignment), now=now)
    with pytest.raises(TeamHasHandedIn):
        services.leave(scene.assignment, fourth)
    services.leave(scene.assignment, scene.pupils[2])
    with pytest.raises(TeamHasHandedIn):
        services.join(scene.assignment, scene.pupils[2], scene.team.id)


def test_a_group_of_another_class_or_work_is_not_there(scene: Scene) -> None:
    other = make_assignment(scene.teacher, scene.school_class, teaming=Teaming.CHOSEN, team_size=3)
    foreign = teams.start(other.id, scene.school_class.id)
    with pytest.raises(NoTeamThere):
        services.join(scene.assignment, scene.pupils[3], foreign.id)
    with pytest.raises(NoTeamThere):
        services.team_for(scene.assignment, scene.school_class.id, str(foreign.id))


def test_in_the_teachers_groups_pupils_choose_nothing(
    session: Session, teacher_with_groups: tuple[Hat, SchoolClass, list[Hat]], now: datetime
) -> None:
    teacher, school_class, pupils = teacher_with_groups
    plan = make_plan(school_class, rules=Rules(teaming=Teaming.KEPT))
    assignment = assign(teacher, plan, now=now)
    made = list(session.scalars(teams_of(assignment.id, [school_class.id])))
    placed = members_by_team([one.id for one in made])
    assert [len(placed[one.id]) for one in made] == [2, 1]
    with pytest.raises(TeamsAreSet):
        services.leave(assignment, pupils[0])
    (arranged,) = arrangements(assignment, teacher)
    assert [len(one.members) for one in arranged.teams] == [2, 1, 1]


def test_what_becomes_of_a_kept_group_later_does_not_move_pupils_of_work_that_stands(
    session: Session, teacher_with_groups: tuple[Hat, SchoolClass, list[Hat]], now: datetime
) -> None:
    teacher, school_class, pupils = teacher_with_groups
    assignment = assign(teacher, make_plan(school_class, rules=Rules(teaming=Teaming.KEPT)), now=now)
    group = make_group(teacher, school_class.id, "后来的组", [pupils[3].person_id], now=now)
    change_group(group, "后来的组", [pupils[0].person_id], version=1)
    team = session.scalars(team_of(assignment.id, pupils[0].person_id)).one()
    assert team.number == 1


def test_groups_are_made_anew_when_work_is_changed_before_it_opens(
    session: Session, teacher_with_groups: tuple[Hat, SchoolClass, list[Hat]], now: datetime
) -> None:
    teacher, school_class, _pupils = teacher_with_groups
    plan = make_plan(school_class, rules=Rules(teaming=Teaming.KEPT), opens_at=now + HOUR)
    assignment = assign(teacher, plan, now=now)
    alone = make_plan(school_class, opens_at=now + HOUR)
    change(assignment, teacher, alone, version=assignment.version, now=now)
    assert assignment.teaming is Teaming.ALONE
    assert session.scalars(teams_of(assignment.id, [school_class.id])).all() == []


def test_all_classes_without_a_group_are_named_and_no_other(
    teacher_with_groups: tuple[Hat, SchoolClass, list[Hat]], now: datetime
) -> None:
    teacher, school_class, _pupils = teacher_with_groups
    empty = [make_class(school_class.school, name=f"七年级({number})班") for number in (8, 9)]
    for one in empty:
        make_student(one)
        enrol(teacher, one)
    plan = make_plan(school_class, rules=Rules(teaming=Teaming.KEPT))
    plan = replace(plan, class_ids=tuple(one.id for one in (school_class, *empty)))
    with pytest.raises(refusals.NoGroupsKept) as refused:
        assign(teacher, plan, now=now)
    assert re.findall(r"七年级\(\d\)班", str(refused.value)) == ["七年级(8)班", "七年级(9)班"]


def test_group_work_needs_groups_or_a_size(
    teacher_with_groups: tuple[Hat, SchoolClass, list[Hat]], now: datetime
) -> None:
    teacher, school_class, _pupils = teacher_with_groups
    empty = make_class(school_class.school, name="七年级(9)班")
    make_student(empty)
    other = make_teacher(empty)
    with pytest.raises(refusals.NoGroupsKept, match=r"七年级\(9\)班"):
        assign(other, make_plan(empty, rules=Rules(teaming=Teaming.KEPT)), now=now)
    for size in (None, 1, 13):
        rules = Rules(teaming=Teaming.CHOSEN, team_size=size)
        with pytest.raises(refusals.TeamSizeNeeded):
            assign(teacher, make_plan(school_class, client_key=uuid4(), rules=rules), now=now)


@pytest.fixture
def teacher_with_groups(session: Session, now: datetime) -> tuple[Hat, SchoolClass, list[Hat]]:
    """A teacher who keeps two groups, of which both name the second pupil; the fourth is in none."""
    school_class = make_class()
    teacher = make_teacher(school_class)
    pupils = [make_student(school_class, name) for name in ("王一", "王二", "王三", "王四")]
    ids = [one.person_id for one in pupils]
    make_group(teacher, school_class.id, "A 组", ids[:2], now=now)
    make_group(teacher, school_class.id, "B 组", ids[1:3], now=now)
    return teacher, school_class, pupils
