"""What a wrong key means for answers, and what that changes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from homework.marking.models import MarkSource
from homework.regrades.changes import Change, Decision, Standing, changes_by, digest_of
from homework.regrades.rulings import NEEDS_A_KEY, Policy, has_key, rule
from library.items.kinds.table import KINDS, MARKED_BY_MACHINE
from library.items.marking import Judgement, mark
from library.items.models import ItemKind, ItemVersion
from tests.factories.library import EXAMPLES

NOW = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
letters = st.sets(st.sampled_from("ABCD"), min_size=1)
keys = letters.map(lambda chosen: {"choices": sorted(chosen)})
kinds = st.sampled_from((ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE))


def asked(kind: ItemKind, key: dict[str, Any]) -> ItemVersion:
    return ItemVersion(kind=kind, prompt="", interaction={}, correct=key, pictures=[])


def standing(kind: ItemKind, key: dict[str, Any], response: dict[str, Any], number: int = 1) -> Standing:
    judged = mark(asked(kind, key), response)
    return Standing(
        number, number, 1, 1, response, judged.score, judged.is_correct, NOW, number, 1, 4.0, number, 1,
        points=None if judged.score is None else round(judged.score * 4.0, 2),
        source=MarkSource.MACHINE, mark_version=1,
    )  # fmt: skip


def only(decision: Decision, one: Standing) -> Change | None:
    return next(changes_by(decision, [one]), None)


@given(kinds, keys, keys, keys)
def test_accepting_both_takes_points_from_nobody(
    kind: ItemKind, earlier: dict[str, Any], corrected: dict[str, Any], response: dict[str, Any]
) -> None:
    ruling = rule(
        Policy.ACCEPT_BOTH, response, earlier=asked(kind, earlier), corrected=asked(kind, corrected)
    )
    assert ruling.share == max(mark(asked(kind, one), response).score or 0.0 for one in (earlier, corrected))
    assert ruling.evidence.score == ruling.share


@given(kinds, keys, keys, keys)
def test_marking_by_the_new_key_forgets_the_old_one(
    kind: ItemKind, earlier: dict[str, Any], corrected: dict[str, Any], response: dict[str, Any]
) -> None:
    ruling = rule(Policy.REMARK, response, earlier=asked(kind, earlier), corrected=asked(kind, corrected))
    assert ruling.evidence == mark(asked(kind, corrected), response)
    assert ruling.share == ruling.evidence.score


@given(st.sampled_from((Policy.FULL, Policy.DROP)), kinds, keys, keys)
def test_points_that_prove_nothing_say_nothing_of_the_pupil(
    policy: Policy, kind: ItemKind, key: dict[str, Any], response: dict[str, Any]
) -> None:
    ruling = rule(policy, response, earlier=asked(kind, key), corrected=asked(kind, key))
    assert ruling.evidence == Judgement(None, None)
    assert ruling.share == (1.0 if policy is Policy.FULL else None)


@given(st.sampled_from(sorted(NEEDS_A_KEY)), kinds, keys, keys, keys)
def test_a_second_time_changes_nothing_more(
    policy: Policy,
    kind: ItemKind,
    earlier: dict[str, Any],
    corrected: dict[str, Any],
    response: dict[str, Any],
) -> None:
    decision = Decision(policy, asked(kind, earlier), asked(kind, corrected))
    before = standing(kind, earlier, response)
    change = only(decision, before)
    if change is None:
        return
    after = replace(
        before, score=change.evidence.score, is_correct=change.evidence.is_correct, points=change.points
    )
    assert only(decision, after) is None


@given(kinds, keys, keys, keys)
def test_a_mark_by_hand_stays_unless_it_is_named(
    kind: ItemKind, earlier: dict[str, Any], corrected: dict[str, Any], response: dict[str, Any]
) -> None:
    by_hand = replace(standing(kind, earlier, response), source=MarkSource.TEACHER, points=1.25)
    decision = Decision(Policy.REMARK, asked(kind, earlier), asked(kind, corrected))
    change = only(decision, by_hand)
    assert change is not None
    assert change.is_kept
    assert not change.marks
    assert change.points == 1.25
    named = only(replace(decision, overwritten=frozenset({by_hand.answer_id or 0})), by_hand)
    assert named is not None
    assert (
        named.points == change.wanted == round((mark(asked(kind, corrected), response).score or 0.0) * 4, 2)
    )


@given(kinds, keys, keys, st.sampled_from(sorted(NEEDS_A_KEY)))
def test_no_key_judges_an_answer_that_stands_on_paper(
    kind: ItemKind, earlier: dict[str, Any], corrected: dict[str, Any], policy: Policy
) -> None:
    on_paper = replace(
        standing(kind, earlier, {}), score=0.75, points=3.0, source=MarkSource.TEACHER, is_correct=False
    )
    decision = Decision(policy, asked(kind, earlier), asked(kind, corrected))
    assert only(replace(decision, overwritten=frozenset({1})), on_paper) is None


def test_who_hands_in_after_the_correction_goes_back_to_the_old_key_with_the_others() -> None:
    earlier, corrected = {"choices": ["A"]}, {"choices": ["B"]}
    late = replace(standing(ItemKind.CHOICE, corrected, {"choices": ["B"]}), version_id=2)
    decision = Decision(
        Policy.REMARK, asked(ItemKind.CHOICE, earlier), asked(ItemKind.CHOICE, corrected), new_version_id=2
    )
    change = only(decision, late)
    assert change is not None
    assert (change.earlier, change.earlier_points) == (Judgement(0.0, is_correct=False), 0.0)
    assert (change.evidence, change.points) == (Judgement(1.0, is_correct=True), 4.0)


def test_what_was_looked_at_is_known_by_its_hash_in_any_order() -> None:
    decision = Decision(Policy.FULL, *[asked(ItemKind.CHOICE, {"choices": ["A"]})] * 2)
    rows = [
        standing(ItemKind.CHOICE, {"choices": ["A"]}, {"choices": [one]}, n) for n, one in enumerate("BCD", 1)
    ]
    seen = digest_of(changes_by(decision, rows))
    assert digest_of(changes_by(decision, reversed(rows))) == seen
    assert digest_of(changes_by(decision, rows[1:])) != seen
    marked = [replace(rows[0], mark_version=2), *rows[1:]]
    assert digest_of(changes_by(decision, marked)) != seen


def test_a_question_that_people_mark_gets_full_points_and_an_unmarked_one_its_first() -> None:
    decision = Decision(Policy.FULL, *[asked(ItemKind.PHOTO, {})] * 2)
    photo = Standing(1, 1, 1, 1, {"photos": ["a"]}, None, None, NOW, 1, 1, 4.0, 1, 1)
    change = only(decision, photo)
    assert change is not None
    assert (change.earlier_points, change.points) == (None, 4.0)
    assert change.evidence == change.earlier == Judgement(None, None)


@given(
    st.sampled_from((Policy.FULL, Policy.DROP)), st.sampled_from(sorted(set(ItemKind) - MARKED_BY_MACHINE))
)
def test_questions_of_other_kinds_get_full_marks_or_are_dropped_whatever_was_answered(
    policy: Policy, kind: ItemKind
) -> None:
    interaction, correct = EXAMPLES[kind]
    version = ItemVersion(kind=kind, prompt="", interaction=interaction, correct=correct, pictures=[])
    answered = Standing(1, 1, 1, 1, {KINDS[kind].field: []}, 0.0, False, NOW, 1, 1, 4.0, 1, 1, points=0.0)  # noqa: FBT003
    change = only(Decision(policy, version, version), answered)
    assert change is not None
    assert change.evidence == Judgement(None, None)
    assert (change.points, change.is_dropped) == ((4.0, False) if policy is Policy.FULL else (0.0, True))


def test_a_key_is_typed_where_there_is_one_and_the_same_for_all() -> None:
    for kind in ItemKind:
        _interaction, correct = EXAMPLES[kind]
        assert has_key(ItemVersion(kind=kind, correct=correct, parameters={})) == (kind in MARKED_BY_MACHINE)
    varies = {"values": [{"name": "a", "least": "1", "most": "9"}]}
    assert not has_key(ItemVersion(kind=ItemKind.NUMERIC, correct={"value": "[[=a]]"}, parameters=varies))
