"""What is typed into the editor and made ready to be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from library.authoring.forms import changed, read_typed
from library.authoring.refusals import missing_in
from library.authoring.typed import Typed, finished, fresh, typed_of
from library.items.models import ItemKind, ItemVersion
from tests.factories.library import EXAMPLES, PICTURES, PROMPTS


def version_of(kind: ItemKind) -> ItemVersion:
    interaction, correct = EXAMPLES[kind]
    return ItemVersion(
        kind=kind,
        prompt=PROMPTS.get(kind, "题"),
        interaction=interaction,
        correct=correct,
        explanation="",
        hints=[],
        misconceptions=[],
        difficulty=0.5,
        minutes=1.5,
        source="",
        licence="",
        parameters={},
        pictures=PICTURES.get(kind, []),
    )


@pytest.mark.parametrize("kind", ItemKind)
def test_what_is_kept_is_finished_as_it_is(kind: ItemKind) -> None:
    typed = typed_of(version_of(kind), [], None)
    ready = finished(typed)
    assert ready.interaction == typed.interaction
    assert ready.correct == typed.correct
    assert list(missing_in(ready)) == []


@pytest.mark.parametrize("kind", ItemKind)
def test_an_empty_question_asks_first_for_its_words(kind: ItemKind) -> None:
    places = [place for place, _refusal in missing_in(finished(fresh(kind)))]
    assert places == ["prompt"]


def test_empty_rows_are_left_out_and_letters_follow_the_order() -> None:
    typed = Typed(
        kind=ItemKind.MULTIPLE_CHOICE,
        prompt="题",
        interaction={
            "choices": [
                {"id": "C", "text": "丙"},
                {"id": "A", "text": " "},
                {"id": "B", "text": "乙"},
                {"id": "D", "text": "丁"},
            ]
        },
        correct={"choices": ["C", "D"]},
        misconceptions=[{"response": {"choices": ["B"]}, "feedback": "不对。"}],
    )
    ready = finished(typed)
    assert [(one["id"], one["text"]) for one in ready.interaction["choices"]] == [
        ("A", "丙"),
        ("B", "乙"),
        ("C", "丁"),
    ]
    assert ready.correct == {"choices": ["A", "C"]}
    assert ready.misconceptions[0]["response"] == {"choices": ["B"]}


def test_names_of_other_systems_stay() -> None:
    typed = Typed(
        kind=ItemKind.CHOICE,
        prompt="题",
        interaction={"choices": [{"id": "choice_2", "text": "乙"}, {"id": "choice_1", "text": "甲"}]},
        correct={"choices": ["choice_1"]},
    )
    assert finished(typed).interaction == typed.interaction
    assert finished(typed).correct == typed.correct


def test_things_to_put_in_order_are_written_in_order_and_shown_in_another() -> None:
    form = MultiDict([("kind", "order"), ("prompt", "排序")])
    for letter, text in zip("ABCD", ("一", "二", "三", ""), strict=True):
        form.add("choice-id", letter)
        form.add("choice-text", text)
    ready = finished(read_typed(form, []))
    shown = {one["id"]: one["text"] for one in ready.interaction["choices"]}
    assert list(shown) == ["A", "B", "C"]
    assert [shown[one] for one in ready.correct["order"]] == ["一", "二", "三"]
    assert list(shown) != ready.correct["order"]


def test_of_a_letter_with_choices_and_a_range_the_choices_are_meant_and_an_empty_row_is_none() -> None:
    form = MultiDict([("kind", "numeric")])
    for row in (("a", "1", "9", "1", "2，3"), ("", "", "", "1", "")):
        for name, value in zip(("name", "least", "most", "step", "choices"), row, strict=True):
            form.add(f"value-{name}", value)
    ready = finished(read_typed(form, []))
    assert ready.parameters == {"values": [{"name": "a", "choices": ["2", "3"]}]}


@given(
    st.sampled_from(list(ItemKind)),
    st.lists(
        st.tuples(
            st.sampled_from(
                (
                    *("choice-id", "choice-text", "choice-slip", "key-choices", "key-blanks", "answers"),
                    *("left-id", "left-text", "right-id", "right-text", "key-matches", "key-chosen"),
                    *("own-0-id", "own-0-text", "offered", "once", "prompt", "hint", "slip-row"),
                    *("slip-feedback", "slip-0-choices", "key-shape", "key-coords", "value-name", "minutes"),
                    *("value-step", "condition", "words", "seconds", "difficulty", "shown", "key-value"),
                )
            ),
            st.text(max_size=12)
            | st.sampled_from(("A", "0", "1", "own", "[[1]] [[99]]", "nan", "rect", "1 2 3")),
        ),
        max_size=25,
    ),
    st.text(max_size=20) | st.sampled_from(("add:choice:", "remove:left:0", "up:own-0:1", "down:slip:0")),
)
def test_whatever_a_form_holds_is_read_and_either_finished_or_said_to_lack_something(
    kind: ItemKind, fields: list[tuple[str, str]], deed: str
) -> None:
    form = MultiDict([("kind", kind.value), ("deed", deed), *fields])
    ready = finished(read_typed(changed(form), []))
    assert ready.kind is kind
    list(missing_in(ready))
    assert ready.as_it_stands().kind is kind
