from copy import deepcopy
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from library.items.errors import (
    BadResponse,
    NotANumber,
    OneChoiceOnly,
    TooLong,
    TooManyBlanks,
    UnknownChoice,
    WrongUnit,
)
from library.items.models import ItemKind, ItemVersion
from library.items.responses import parse_response
from tests.factories.library import EXAMPLES


def version(kind: ItemKind) -> ItemVersion:
    interaction, correct = deepcopy(EXAMPLES[kind])
    return ItemVersion(
        id=7, item_id=3, kind=kind, prompt="?", interaction=interaction, correct=correct,
        explanation="because", hints=["think"], minutes=1.0,
        misconceptions=[{"response": correct, "feedback": "no"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "form", "response"),
    [
        (ItemKind.CHOICE, [("q-choices", "B")], {"choices": ["B"]}),
        (ItemKind.CHOICE, [], {"choices": []}),
        (ItemKind.MULTIPLE_CHOICE, [("q-choices", "C"), ("q-choices", "A")], {"choices": ["A", "C"]}),
        (ItemKind.TEXT_ENTRY, [("q-blanks", ""), ("q-blanks", " 霜 ")], {"blanks": ["", "霜"]}),
        (ItemKind.TEXT_ENTRY, [], {"blanks": ["", ""]}),
        (ItemKind.NUMERIC, [("q-value", "3.5 cm")], {"value": "3.5"}),
        (ItemKind.NUMERIC, [("q-value", "３／４ＣＭ")], {"value": "3/4"}),
        (ItemKind.NUMERIC, [], {"value": ""}),
        (ItemKind.PHOTO, [], {"photos": []}),
    ],
)
def test_a_form_is_read_into_a_response(
    kind: ItemKind, form: list[tuple[str, str]], response: dict[str, Any]
) -> None:
    noise = [("other-choices", "C"), ("other-blanks", "x"), ("other-value", "1"), ("csrf_token", "t")]
    assert parse_response(version(kind), MultiDict([*form, *noise]), "q") == response


@pytest.mark.parametrize(
    ("kind", "json", "refusal"),
    [
        (ItemKind.CHOICE, {"choices": ["Z"]}, UnknownChoice),
        (ItemKind.CHOICE, {"choices": ["A", "B"]}, OneChoiceOnly),
        (ItemKind.CHOICE, {"choices": "A"}, BadResponse),
        (ItemKind.CHOICE, {"value": "1"}, BadResponse),
        (ItemKind.TEXT_ENTRY, {"blanks": ["a", "b", "c"]}, TooManyBlanks),
        (ItemKind.TEXT_ENTRY, {"blanks": ["a" * 501]}, TooLong),
        (ItemKind.TEXT_ENTRY, {"blanks": [1, 2]}, BadResponse),
        (ItemKind.NUMERIC, {"value": "about three"}, NotANumber),
        (ItemKind.NUMERIC, {"value": "35 mm"}, WrongUnit),
        (ItemKind.NUMERIC, {"value": True}, BadResponse),
        (ItemKind.NUMERIC, {"value": [1]}, BadResponse),
        (ItemKind.PHOTO, {"photos": ["a"] * 21}, BadResponse),
    ],
)
def test_what_does_not_fit_the_question_is_refused(
    context: object, kind: ItemKind, json: dict[str, Any], refusal: type[BadResponse]
) -> None:
    with pytest.raises(refusal) as refused:
        parse_response(version(kind), json)
    assert type(refused.value) is refusal
    assert str(refused.value)


def test_a_json_number_is_kept_as_text() -> None:
    assert parse_response(version(ItemKind.NUMERIC), {"value": 3.5}) == {"value": "3.5"}
