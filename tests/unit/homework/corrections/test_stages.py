"""What is owed after a return, and how two versions compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homework.corrections.stages import (
    OPEN,
    Part,
    Stage,
    Verdict,
    compare,
    is_owed,
    stage_of,
    verdict_now,
    verdict_of,
    words_of,
)
from library.items.models import ItemKind, ItemVersion
from tests.factories.library import EXAMPLES

words = st.text(alphabet="移项要变号x=2 \n", max_size=40)


@given(words, words)
def test_a_comparison_holds_both_texts_whole(before: str, after: str) -> None:
    found = compare(before, after)
    assert "".join(one.text for one in found if one.part is not Part.NEW) == before
    assert "".join(one.text for one in found if one.part is not Part.GONE) == after
    assert all(one.text for one in found)


@given(words)
def test_what_is_equal_has_no_differences(text: str) -> None:
    assert all(one.part is Part.SAME for one in compare(text, text))


@pytest.mark.parametrize(
    ("points", "is_answered", "is_required", "is_dropped", "expected"),
    [
        (2.0, True, True, False, False),
        (1.5, True, True, False, True),
        (1.5, True, False, False, True),
        (None, False, True, False, True),
        (None, False, False, False, False),
        (0.0, True, True, True, False),
        (None, True, True, False, False),
    ],
)
def test_what_did_not_get_all_points_is_owed(
    points: float | None,
    is_answered: bool,  # noqa: FBT001 -- a table of cases
    is_required: bool,  # noqa: FBT001
    is_dropped: bool,  # noqa: FBT001
    expected: bool,  # noqa: FBT001
) -> None:
    owed = is_owed(points, 2.0, is_answered=is_answered, is_required=is_required, is_dropped=is_dropped)
    assert owed is expected


@given(st.none() | st.floats(0, 1))
def test_a_key_judges_at_once_and_a_person_what_no_key_can(score: float | None) -> None:
    verdict = verdict_of(score, is_correct=None if score is None else score == 1)
    assert (verdict is Verdict.WAITING) == (score is None)
    assert (verdict is Verdict.ACCEPTED) == (score == 1)


def test_every_verdict_is_a_stage_and_two_are_the_pupils_turn() -> None:
    assert {stage_of(one) for one in (None, *Verdict)} == set(Stage) - {Stage.NOT_OWED}
    assert {Stage.OWED, Stage.AGAIN} == OPEN


def test_where_nothing_is_owed_any_more_only_what_was_accepted_still_says_so() -> None:
    stages = {stage_of(one, is_owed=False) for one in (None, Verdict.WAITING, Verdict.AGAIN)}
    assert stages == {Stage.NOT_OWED}
    assert stage_of(Verdict.ACCEPTED, is_owed=False) is Stage.ACCEPTED
    assert stage_of(Verdict.AGAIN, is_accepted=True) is Stage.ACCEPTED


def test_a_key_takes_back_what_it_refused_and_nothing_that_it_accepted_or_a_person_said() -> None:
    assert verdict_now(Verdict.AGAIN, is_by_key=True, is_correct=True) is Verdict.ACCEPTED
    for said, is_by_key, is_correct in (
        (Verdict.AGAIN, True, False),
        (Verdict.AGAIN, True, None),
        (Verdict.AGAIN, False, True),
        (Verdict.ACCEPTED, True, False),
        (Verdict.WAITING, True, None),
    ):
        assert verdict_now(said, is_by_key=is_by_key, is_correct=is_correct) is said


@pytest.mark.parametrize(
    ("kind", "response", "expected"),
    [
        (ItemKind.MULTIPLE_CHOICE, {"choices": ["A", "C"]}, "A、C"),
        (ItemKind.TEXT_ENTRY, {"blanks": ["床前", ""]}, "床前；"),
        (ItemKind.NUMERIC, {"value": "3/4"}, "3/4"),
        (ItemKind.PHOTO, {"photos": ["0" * 64]}, ""),
        (ItemKind.SPOKEN, {"recordings": ["0" * 64]}, ""),
        (ItemKind.EXTENDED_TEXT, {"text": "因为……"}, "因为……"),
        (ItemKind.MATCH, {"matches": ["C", "A", ""]}, "李白 — 诗仙；杜甫 — 诗圣"),
        (ItemKind.CHOICE, {}, ""),
    ],
)
def test_a_response_in_words(kind: ItemKind, response: dict[str, object], expected: str) -> None:
    interaction, correct = EXAMPLES[kind]
    assert words_of(ItemVersion(kind=kind, interaction=interaction, correct=correct), response) == expected
