"""Which texts a key refuses, and what an answer earns when some of them count."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from homework.assignments.models import AssignmentItem
from homework.refusals.blanks import place_of, points_for, refused_in
from homework.refusals.queries import Refusal
from library.items.kinds.table import kind_of
from library.items.models import ItemKind, ItemVersion

KEY = [["床前明月光"], ["疑是地上霜"], ["3.5", "7/2"]]
WRITTEN = ["床前明月光", "床前 明月光。", "疑似地上霜", "3.50", "四", "", " "]
words = st.lists(st.sampled_from(WRITTEN), min_size=3, max_size=3)


def asked() -> ItemVersion:
    return ItemVersion(kind=ItemKind.TEXT_ENTRY, prompt="", interaction={}, correct={"blanks": KEY})


def test_a_key_refuses_what_it_does_not_have_and_no_empty_blank() -> None:
    response = {"blanks": ["床前明月光。", "疑似 地上霜", ""]}
    assert refused_in(asked(), response) == {(1, "疑似地上霜"): "疑似 地上霜"}
    assert refused_in(asked(), {"blanks": ["", "", "７/２"]}) == {}


@given(words)
def test_without_accepted_texts_an_answer_earns_what_the_key_gives(texts: list[str]) -> None:
    version = asked()
    score = kind_of(version).mark(version, {"blanks": texts}).score or 0.0
    assert points_for(version, {"blanks": texts}, 6.0, ()) == round(6.0 * score, 2)


@given(words)
def test_when_all_refused_texts_count_every_blank_that_is_filled_earns(texts: list[str]) -> None:
    version = asked()
    accepted = set(refused_in(version, {"blanks": texts}))
    filled = sum(bool(one.strip()) for one in texts)
    assert points_for(version, {"blanks": texts}, 6.0, accepted) == 2.0 * filled


def test_what_makes_no_difference_makes_none_here() -> None:
    assert place_of(asked(), 1, " 疑似地上霜。") == place_of(asked(), 1, "疑似地上霜") == (1, "疑似地上霜")


def test_capitals_tell_refused_texts_apart_where_they_count() -> None:
    key = {"blanks": [["Co"], ["Co"]]}
    version = ItemVersion(
        kind=ItemKind.TEXT_ENTRY, prompt="", interaction={"answers": ["exact", "text"]}, correct=key
    )
    assert refused_in(version, {"blanks": ["CO", "CO"]}) == {(0, "CO"): "CO"}
    assert place_of(version, 0, " ＣＯ。") == (0, "CO")
    assert place_of(version, 1, "Mg") == (1, "mg")
    assert place_of(version, 7, "Mg") == (7, "mg")
    assert points_for(version, {"blanks": ["CO", ""]}, 6.0, {(0, "co")}) == 0.0


def test_a_formula_is_shown_as_one_and_words_as_they_are() -> None:
    version = ItemVersion(
        kind=ItemKind.TEXT_ENTRY,
        prompt="",
        interaction={"answers": ["text", "expression"]},
        correct={"blanks": [["a"], ["x>2"]]},
    )
    question = AssignmentItem(item_version=version)
    assert Refusal(question, 0, "x_1", "x_1", is_accepted=False).said == "x_1"
    assert Refusal(question, 1, "x<=2", "x<=2", is_accepted=False).said == r"$x\le 2$"


def test_a_text_counts_in_its_own_blank_only(session: Session) -> None:
    del session
    response = {"blanks": ["四", "四", "四"]}
    assert points_for(asked(), response, 6.0, {(2, "四")}) == 2.0
