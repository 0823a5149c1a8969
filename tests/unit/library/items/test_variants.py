"""Numbers drawn for each pupil: the same for the same seed, within what the author said."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.items import errors
from library.items.marking import mark
from library.items.models import ItemKind, ItemVersion
from library.items.variants import (
    Posed,
    check_question,
    draws,
    example_of,
    parts_of,
    pose,
    read_parameters,
    samples,
    seed_for,
    written,
)

SEEDS = st.integers(0, 2**31 - 1)


def question(parameters: dict[str, Any], **columns: Any) -> ItemVersion:  # noqa: ANN401 -- any column
    wording: dict[str, Any] = {
        "id": 1, "item_id": 2, "kind": ItemKind.NUMERIC, "prompt": "$[[=a]]\\div[[=b]]$ = ？",
        "interaction": {}, "correct": {"value": "[[=a/b]]", "tolerance": 0.0}, "explanation": "",
        "hints": [], "misconceptions": [], "difficulty": 0.5, "minutes": 1.0, "pictures": [],
        "parameters": parameters,
    }  # fmt: skip
    return ItemVersion(**(wording | columns))


def check(version: ItemVersion) -> None:
    check_question(parts_of(version), version.parameters)


A_TO_5 = {"name": "a", "least": "1", "most": "5"}
DIVISION = {
    "values": [
        {"name": "a", "least": "-20", "most": "20"},
        {"name": "b", "least": "1", "most": "3", "step": "0.5"},
    ],
    "derived": [{"name": "c", "formula": "a^2-b"}],
    "conditions": ["a != 0", "c > 2b"],
}


def derived(value: str, formula: str) -> dict[str, Any]:
    return {
        "values": [{"name": "a", "choices": [value]}],
        "derived": [{"name": "b", "formula": formula}],
    }


@settings(deadline=None)  # the first version that is made takes longer than all others
@given(SEEDS)
def test_the_same_seed_is_the_same_question_whose_key_is_right(seed: int) -> None:
    version = question(DIVISION)
    posed = pose(version, seed)
    assert posed == pose(version, seed)
    assert posed.seed == seed
    assert "[[=" not in str(posed)
    assert mark(posed, {"value": posed.correct["value"]}).is_correct


@given(SEEDS)
def test_what_is_drawn_keeps_to_ranges_steps_and_conditions(seed: int) -> None:
    names = next(draws(read_parameters(DIVISION), seed))
    assert names["a"].denominator == 1
    assert -20 <= names["a"] <= 20
    assert names["a"] != 0
    assert names["b"] in {Fraction(n, 2) for n in (2, 3, 4, 5, 6)}
    assert names["c"] == names["a"] ** 2 - names["b"] > 2 * names["b"]


@given(SEEDS)
def test_no_two_choices_are_ever_the_same(seed: int) -> None:
    version = question(
        {"values": [{"name": "a", "least": "1", "most": "4"}, {"name": "b", "least": "1", "most": "4"}]},
        kind=ItemKind.CHOICE,
        interaction={
            "choices": [
                {"id": "A", "text": "[[=a+b]]"},
                {"id": "B", "text": "[[=a*b]]"},
                {"id": "C", "text": "[[=a]]"},
            ]
        },
        correct={"choices": ["A"]},
    )
    texts = [one["text"] for one in pose(version, seed).interaction["choices"]]
    assert len(set(texts)) == 3


@pytest.mark.parametrize(
    ("parameters", "refusal", "said"),
    [
        ({"values": [A_TO_5], "conditions": ["a > 9"]}, errors.NoVariant, "a > 9"),
        ({"values": [{"name": "a", "least": "5", "most": "1"}]}, errors.BadParameters, "a"),
        ({"values": [{"name": "a", "least": "x", "most": "1"}]}, errors.BadParameters, "x"),
        ({"values": [A_TO_5], "conditions": ["a"]}, errors.BadParameters, "a"),
        ({"values": [{"name": "ab"}]}, errors.BadParameters, "name"),
        (derived("0", "1/a"), errors.NoVariant, "1/a"),
        (derived("9", "a^a^a^a"), errors.NoVariant, "a^a^a"),
        (derived("1", "__import__('os')"), errors.BadParameters, "__import__"),
        ({"what": 1}, errors.BadParameters, "what"),
    ],
)
def test_parameters_that_make_no_question_are_named_when_it_is_saved(
    context: object, parameters: dict[str, Any], refusal: type[errors.BadItem], said: str
) -> None:
    version = question(parameters, prompt="[[=a]]", correct={"value": "[[=a]]"})
    with pytest.raises(refusal) as refused:
        check(version)
    assert said in str(refused.value)


def test_a_question_whose_choices_are_always_the_same_is_refused_with_the_numbers(context: object) -> None:
    version = question(
        {"values": [{"name": "a", "choices": ["2"]}]},
        kind=ItemKind.CHOICE,
        prompt="[[=a]]",
        interaction={"choices": [{"id": "A", "text": "[[=a+a]]"}, {"id": "B", "text": "[[=a*a]]"}]},
        correct={"choices": ["A"]},
    )
    with pytest.raises(errors.VariantIsWrong) as refused:
        check(version)
    assert "a = 2" in str(refused.value)


def test_a_picture_that_is_named_and_not_there_is_refused(context: object) -> None:
    version = question({}, prompt="[[picture:map]] 1 + 1", correct={"value": 2})
    with pytest.raises(errors.PictureUnknown) as refused:
        check(version)
    assert "map" in str(refused.value)
    version.pictures = [{"name": "map", "asset": 1, "alt": "图", "width": 8, "height": 6}]
    check(version)


def test_a_question_without_parameters_stands_as_it_is() -> None:
    version = question({}, prompt="1 + 1", correct={"value": 2})
    posed = pose(version, 7)
    assert (posed.prompt, posed.seed) == ("1 + 1", None)
    assert example_of(posed) is posed
    assert isinstance(example_of(version), Posed)


def test_seeds_differ_by_person_place_and_question() -> None:
    seeds = {
        seed_for(person, context, place, item)
        for person in (1, 2)
        for context in ("homework", "practice")
        for place in (1, 2, None)
        for item in (1, 2)
    }
    assert len(seeds) == 24
    assert all(0 <= one < 2**31 for one in seeds)


@pytest.mark.parametrize(
    ("value", "plain", "formula"),
    [
        (Fraction(3), "3", "3"),
        (Fraction(-5, 2), "-2.5", "-2.5"),
        (Fraction(1, 3), "1/3", "\\frac{1}{3}"),
        (Fraction(-2, 3), "-2/3", "-\\frac{2}{3}"),
    ],
)
def test_values_are_written_as_in_a_textbook(value: Fraction, plain: str, formula: str) -> None:
    assert written(value, is_formula=False) == plain
    assert written(value, is_formula=True) == formula


def test_whoever_writes_a_question_sees_what_each_seed_draws_and_what_makes_no_question() -> None:
    parts = parts_of(question({"values": [{"name": "a", "least": "1", "most": "3"}]})) | {
        "kind": ItemKind.CHOICE,
        "interaction": {"choices": [{"id": "A", "text": "[[=a]]"}, {"id": "B", "text": "2"}]},
        "correct": {"choices": ["A"]},
        "prompt": "[[=a]]",
        "explanation": "",
        "hints": [],
        "misconceptions": [],
    }
    found = list(samples(parts, read_parameters({"values": [{"name": "a", "least": "1", "most": "3"}]})))
    assert len(found) == 40
    for one in found:
        assert isinstance(one.refusal, errors.SameChoice) == (one.values["a"] == "2")

    [none] = samples(
        parts, read_parameters({"values": [{"name": "a", "choices": ["1"]}], "conditions": ["a > 1"]})
    )
    assert isinstance(none.refusal, errors.NoVariant)
