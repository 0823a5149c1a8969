"""What holds for every kind of question, and what is refused of each."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from library.items import errors
from library.items.interactions import key_of, public_interaction, said_of
from library.items.kinds.kind import NOT_MARKED, shaped
from library.items.kinds.order import mixed
from library.items.kinds.table import KINDS, MARKED_BY_MACHINE, kind_of
from library.items.marking import is_answered, mark
from library.items.models import ItemKind, ItemVersion
from library.items.responses import parse_response, typed_response
from library.items.variants import pose
from tests.factories.library import EXAMPLES, PICTURES, PROMPTS

MARKER = "ZZKEYZZ"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = sorted({one.field for one in KINDS.values()})


def example(kind: ItemKind, prompt: str | None = None) -> ItemVersion:
    interaction, key = deepcopy(EXAMPLES[kind])
    return ItemVersion(
        id=7, item_id=3, kind=kind, prompt=prompt or PROMPTS.get(kind, "?"), interaction=interaction,
        correct=key, explanation="", hints=[], misconceptions=[], minutes=1.0,
        pictures=deepcopy(PICTURES.get(kind, [])), parameters={},
    )  # fmt: skip


def written(
    kind: ItemKind, interaction: dict[str, Any], correct: dict[str, Any], prompt: str = "?"
) -> ItemVersion:
    asked = example(kind, prompt)
    asked.interaction, asked.correct = interaction, correct
    return asked


@pytest.mark.parametrize("kind", list(ItemKind))
class TestEveryKind:
    def test_it_has_an_example_that_can_be_asked(self, kind: ItemKind) -> None:
        asked = example(kind)
        kind_of(asked).check(asked)
        assert shaped(KINDS[kind].offers, asked.interaction, kind) == asked.interaction

    def test_its_own_right_answer_earns_everything_and_none_earns_nothing(self, kind: ItemKind) -> None:
        asked = example(kind)
        if kind in MARKED_BY_MACHINE:
            right = parse_response(asked, KINDS[kind].right(asked))
            assert mark(asked, right).score == 1
            assert is_answered(kind, right)
            assert mark(asked, {}).score == 0
        else:
            assert mark(asked, {}) == NOT_MARKED
        assert not is_answered(kind, {})
        assert not is_answered(kind, parse_response(asked, {}))

    def test_a_record_says_the_same_as_what_is_stored(self, kind: ItemKind) -> None:
        asked = example(kind)
        of_kind = KINDS[kind]
        assert of_kind.key_of_record(of_kind.record_of_key(asked.correct)) == asked.correct
        if response := of_kind.right(asked):
            assert of_kind.slip_of_record(of_kind.record_of_slip(response)) == response

    def test_an_empty_form_is_an_unanswered_question(self, kind: ItemKind) -> None:
        asked = example(kind)
        assert not is_answered(kind, parse_response(asked, MultiDict(), "q"))
        assert not is_answered(kind, typed_response(asked, MultiDict(), "q"))

    def test_what_is_public_does_not_hold_the_key(self, kind: ItemKind) -> None:
        asked = example(kind)
        asked.interaction |= {"correct": MARKER}
        for offered in asked.interaction.values():
            for one in offered if isinstance(offered, list) else [offered]:
                if isinstance(one, dict):
                    one["is_right"] = MARKER
        asked.explanation, asked.hints = MARKER, [MARKER]
        asked.misconceptions = [{"response": {}, "feedback": MARKER}]
        asked.correct |= {"note": MARKER}
        asked.pictures = []
        shown = public_interaction(pose(asked, None))
        assert MARKER not in str(shown)
        assert not {"correct", "regions", "matches", "chosen", "value", "tolerance"} & set(shown)


@given(
    st.sampled_from(list(ItemKind)), st.dictionaries(st.sampled_from([k.field for k in KINDS.values()]), JSON)
)
def test_no_response_from_outside_breaks_reading_marking_or_telling(
    kind: ItemKind, given_: dict[str, Any]
) -> None:
    asked = example(kind)
    try:
        response = parse_response(asked, given_)
    except errors.BadResponse:
        return
    judgement = mark(asked, response)
    assert judgement.score is None or 0 <= judgement.score <= 1
    said_of(asked, response)
    KINDS[kind].same(asked, response)
    assert parse_response(asked, response) == response


@given(st.sampled_from(list(ItemKind)), st.lists(st.text(max_size=30), max_size=6))
def test_what_stands_in_a_form_is_kept_whatever_it_is(kind: ItemKind, values: list[str]) -> None:
    asked = example(kind)
    form = MultiDict([(f"q-{KINDS[kind].field}", one) for one in values])
    assert set(typed_response(asked, form, "q")) <= {KINDS[kind].field}


@given(st.permutations(["A", "B", "C"]))
def test_matching_earns_the_share_of_right_pairs(given_: list[str]) -> None:
    asked = example(ItemKind.MATCH)
    right = asked.correct["matches"]
    expected = sum(one == other for one, other in zip(given_, right, strict=True)) / 3
    assert mark(asked, {"matches": given_}).score == pytest.approx(expected)


@given(st.permutations(["A", "B", "C", "D"]))
def test_an_order_is_right_only_as_a_whole_and_earns_for_neighbours(order: list[str]) -> None:
    asked = example(ItemKind.ORDER)
    judgement = mark(asked, {"order": order})
    assert judgement.is_correct == (order == asked.correct["order"])
    assert judgement.score is not None
    assert 3 * judgement.score == pytest.approx(round(3 * judgement.score))


@given(st.lists(st.text(min_size=1, max_size=3), min_size=2, max_size=8, unique=True), st.text(max_size=5))
def test_what_is_mixed_is_all_there_and_never_in_its_right_order(ids: list[str], key: str) -> None:
    found = mixed(ids, key)
    assert sorted(found) == sorted(ids)
    assert found != ids
    assert found == mixed(ids, key)


@given(st.integers(0, 800), st.integers(0, 600))
def test_a_point_is_in_a_circle_exactly_within_its_radius(x: int, y: int) -> None:
    asked = written(
        ItemKind.HOTSPOT,
        {"picture": "map"},
        {"regions": [{"shape": "circle", "coords": [400, 300, 100]}]},
    )
    assert mark(asked, {"points": [[x, y]]}).is_correct == ((x - 400) ** 2 + (y - 300) ** 2 <= 10_000)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_rectangle_and_the_polygon_of_its_corners_are_the_same_region(x: int, y: int) -> None:
    picture = {"picture": "map"}
    rectangle = [{"shape": "rect", "coords": [20, 30, 60, 80]}]
    polygon = [{"shape": "poly", "coords": [20, 30, 60, 30, 60, 80, 20, 80]}]
    response = {"points": [[x, y]]}
    assert mark(written(ItemKind.HOTSPOT, picture, {"regions": rectangle}), response) == mark(
        written(ItemKind.HOTSPOT, picture, {"regions": polygon}), response
    )


@pytest.mark.parametrize(
    ("kind", "interaction", "correct", "refusal"),
    [
        (ItemKind.CHOICE, {"choices": [{"id": "A", "text": "1"}]}, {"choices": ["A"]}, errors.TooFewChoices),
        (
            ItemKind.CHOICE,
            {"choices": [{"id": "A", "text": "1"}, {"id": "B", "text": " 1 "}]},
            {"choices": ["A"]},
            errors.SameChoice,
        ),
        (ItemKind.CHOICE, EXAMPLES[ItemKind.CHOICE][0], {"choices": ["Z"]}, errors.UnknownKey),
        (ItemKind.CHOICE, EXAMPLES[ItemKind.CHOICE][0], {"choices": ["A", "B"]}, errors.OneRightAnswer),
        (ItemKind.MULTIPLE_CHOICE, EXAMPLES[ItemKind.CHOICE][0], {"choices": []}, errors.KeyMissing),
        (ItemKind.TRUE_FALSE, {}, {"choices": ["maybe"]}, errors.UnknownKey),
        (ItemKind.TEXT_ENTRY, {"blanks": 1}, {"blanks": [[""]]}, errors.BlankWithoutAnswer),
        (
            ItemKind.TEXT_ENTRY,
            {"blanks": 1, "answers": ["expression"]},
            {"blanks": [["2x+"]]},
            errors.KeyIsUnfinished,
        ),
        (
            ItemKind.TEXT_ENTRY,
            {"blanks": 1, "answers": ["form"]},
            {"blanks": [["[-∞,3)"]]},
            errors.KeyIsNoFormula,
        ),
        (
            ItemKind.TEXT_ENTRY,
            {"blanks": 1, "answers": ["quantity"]},
            {"blanks": [["km"]]},
            errors.KeyIsNoNumber,
        ),
        (ItemKind.NUMERIC, {}, {"value": "three"}, errors.KeyIsNoNumber),
        (ItemKind.NUMERIC, {"asks_unit": True}, {"value": 3}, errors.KeyMissing),
        (ItemKind.INLINE_CHOICE, {"own": []}, {"chosen": []}, errors.BlanksDoNotFit),
        (
            ItemKind.MATCH,
            EXAMPLES[ItemKind.MATCH][0],
            {"matches": ["A", "B"]},
            errors.KeyMissing,
        ),
        (
            ItemKind.MATCH,
            EXAMPLES[ItemKind.MATCH][0] | {"once": True},
            {"matches": ["A", "A", "B"]},
            errors.KeyTwice,
        ),
        (
            ItemKind.ORDER,
            EXAMPLES[ItemKind.ORDER][0],
            {"order": ["A", "B", "C", "D"]},
            errors.OrderGivenAway,
        ),
        (ItemKind.ORDER, EXAMPLES[ItemKind.ORDER][0], {"order": ["A", "B"]}, errors.KeyMissing),
        (ItemKind.HOTSPOT, {"points": 1}, {"regions": []}, errors.PictureMissing),
        (
            ItemKind.HOTSPOT,
            EXAMPLES[ItemKind.HOTSPOT][0] | {"points": 1},
            {"regions": [{"shape": "rect", "coords": [700, 500, 900, 550]}]},
            errors.RegionOutside,
        ),
        (ItemKind.EXTENDED_TEXT, {}, {"text": "model"}, errors.NoKeyHere),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused_in_a_sentence(
    context: object,
    kind: ItemKind,
    interaction: dict[str, Any],
    correct: dict[str, Any],
    refusal: type[errors.BadItem],
) -> None:
    asked = written(kind, interaction, correct)
    with pytest.raises(refusal) as refused:
        kind_of(asked).check(asked)
    assert type(refused.value) is refusal
    assert str(refused.value)


@pytest.mark.parametrize(
    ("kind", "given_", "refusal"),
    [
        (ItemKind.MATCH, {"matches": ["Z"]}, errors.UnknownChoice),
        (ItemKind.MATCH, {"matches": ["A"] * 4}, errors.TooManyAnswers),
        (ItemKind.INLINE_CHOICE, {"chosen": ["A", "A"]}, errors.ChosenTwice),
        (ItemKind.ORDER, {"order": ["A", "B"]}, errors.OrderIncomplete),
        (ItemKind.ORDER, {"order": ["A", "A", "B", "C"]}, errors.ChosenTwice),
        (ItemKind.HOTSPOT, {"points": [[1, 2], [3, 4], [5, 6]]}, errors.TooManyAnswers),
        (ItemKind.HOTSPOT, {"points": [[801, 2]]}, errors.OutsidePicture),
        (ItemKind.HOTSPOT, {"points": [["a", "b"]]}, errors.BadResponse),
        (ItemKind.EXTENDED_TEXT, {"text": "长" * 20_001}, errors.TooLong),
        (ItemKind.EXTENDED_TEXT, {"text": ["a"]}, errors.BadResponse),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_in_a_sentence(
    context: object, kind: ItemKind, given_: dict[str, Any], refusal: type[errors.BadResponse]
) -> None:
    with pytest.raises(refusal) as refused:
        parse_response(example(kind), given_)
    assert type(refused.value) is refusal
    assert str(refused.value)


def test_a_form_and_json_say_the_same_of_points() -> None:
    asked = example(ItemKind.HOTSPOT)
    form = MultiDict([("q-points", "200,210"), ("q-points", ""), ("q-points", " 401 , 301 ")])
    assert parse_response(asked, form, "q") == {"points": [[200, 210], [401, 301]]}
    assert parse_response(asked, {"points": [[200, 210.2], "401,301"]}) == {
        "points": [[200, 210], [401, 301]]
    }


def test_the_key_is_told_in_words(context: object) -> None:
    assert key_of(example(ItemKind.CHOICE)) == ["B. $x=2$"]
    assert key_of(example(ItemKind.MATCH)) == ["李白 — 诗仙", "杜甫 — 诗圣", "王维 — 诗佛"]
    assert key_of(example(ItemKind.INLINE_CHOICE)) == ["1. 春风", "2. 明月"]
    assert key_of(example(ItemKind.ORDER))[0] == "1. $\\frac{1}{5}$"
    assert key_of(example(ItemKind.NUMERIC)) == ["3.5 cm"]
    assert len(key_of(example(ItemKind.HOTSPOT))) == 2


def test_blanks_take_what_their_kind_says() -> None:
    asked = written(
        ItemKind.TEXT_ENTRY,
        {"blanks": 5, "answers": ["text", "number", "quantity", "expression", "form"]},
        {"blanks": [["霜"], ["1/2"], ["5 km"], ["2x+3"], ["(x+1)(x-1)"]]},
    )
    kind_of(asked).check(asked)
    assert mark(asked, {"blanks": ["霜", "50％", "5000 米", "3＋2x", "(x-1)(1+x)"]}).score == 1
    assert mark(asked, {"blanks": ["霜", "0.5", "5", "2x", "x^2-1"]}).score == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ("36 km/h", True),
        ("10 m/s", True),
        ("10米/秒", True),
        ("10", False),
        ("10 m", False),
        ("9.95 m/s", True),
    ],
)
def test_a_number_with_its_unit_is_right_in_any_unit(value: str, is_right: bool) -> None:  # noqa: FBT001 -- a case
    asked = written(
        ItemKind.NUMERIC,
        {"asks_unit": True},
        {"value": 10, "unit": "m/s", "tolerance": 0.01, "is_relative": True},
    )
    assert mark(asked, {"value": value}).is_correct is is_right


@pytest.mark.parametrize(
    ("value", "is_right"), [("9.80", True), ("9.8", False), ("9.800", False), ("９．８０", True)]
)
def test_significant_digits_count_where_they_are_asked_for(value: str, is_right: bool) -> None:  # noqa: FBT001 -- a case
    asked = written(ItemKind.NUMERIC, {"unit": "N"}, {"value": 9.8, "digits": 3})
    assert mark(asked, {"value": value}).is_correct is is_right
    assert KINDS[ItemKind.NUMERIC].right(asked) == {"value": "9.80"}


@pytest.mark.parametrize(("value", "said"), [(7.0, "7"), (-9.0, "-9"), (0.5, "0.5"), ("1.0", "1.0")])
def test_a_whole_number_is_said_without_a_point(value: float | str, said: str) -> None:
    """Found in the demo city: returned work said that the right answer was 7.0."""
    assert key_of(written(ItemKind.NUMERIC, {}, {"value": value})) == [said]
