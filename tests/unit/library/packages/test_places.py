"""Questions of QTI 1.2 with several places, as large systems export them."""

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from library.formats.errors import DrawsNumbers
from library.formats.qti.reading import read
from library.packages.questions import ReadQuestion, read_questions
from tests.factories.packages import make_question


def lid(ident: str, name: str, cardinality: str = "Single", **labels: str) -> str:
    offered = "".join(
        f"<response_label ident='{one}'><material><mattext>{text}</mattext></material></response_label>"
        for one, text in labels.items()
    )
    said = f"<material><mattext>{name}</mattext></material>" if name else ""
    return (
        f"<response_lid ident='{ident}' rcardinality='{cardinality}'>{said}"
        f"<render_choice>{offered}</render_choice></response_lid>"
    )


def right(**places: str) -> str:
    return "".join(
        f"<respcondition><conditionvar><varequal respident='{place}'>{one}</varequal></conditionvar>"
        "<setvar>50</setvar></respcondition>"
        for place, chosen in places.items()
        for one in chosen.split()
    )


def document(*questions: str) -> str:
    inner = "".join(questions).replace("cc_profile", "question_type")
    return (
        f"<questestinterop><assessment ident='a' title='T'><section>{inner}</section>"
        "</assessment></questestinterop>"
    )


def one_of(*parts: str) -> ReadQuestion:
    question = make_question("q", *parts)
    [found] = read_questions(fromstring(document(question))).questions  # noqa: S314 -- made here
    return found


def fields(*parts: str) -> dict[str, Any]:
    found = one_of(*parts)
    assert found.record is not None, found
    return found.record


def test_pairs_share_what_they_offer() -> None:
    places = lid("r1", "cat", a="meows", b="barks") + lid("r2", "dog", a="meows", b="barks", c="sings")
    said = fields("matching_question", "Pair.", places, right(r1="a", r2="b"))
    assert (said["kind"], said["prompt"]) == ("match", "Pair.")
    assert [one["text"] for one in said["interaction"]["left"]] == ["cat", "dog"]
    assert [one["text"] for one in said["interaction"]["right"]] == ["meows", "barks", "sings"]
    assert said["correct"] == {"matches": ["A", "B"]}


def test_lists_and_blanks_stand_where_their_names_stood() -> None:
    places = lid("r1", "c1", a="red", b="plaid") + lid("r2", "c2", a="blue", b="navy")
    text = "Roses [c1], violets [c2], [sic]."
    lists = fields("multiple_dropdowns_question", text, places, right(r1="a", r2="b"))
    assert lists["prompt"] == "Roses [[1]], violets [[2]], [sic]."
    assert lists["correct"] == {"chosen": ["A", "B"]}
    blanks = fields("fill_in_multiple_blanks_question", text, places, right(r1="a", r2="a b"))
    assert blanks["correct"] == [["red"], ["blue", "navy"]]


def test_an_order_and_a_file_to_hand_in() -> None:
    ordered = lid("r", "", "Ordered", a="one", b="two", c="three")
    said = fields("", "Order.", ordered, right(r="b a c"))
    texts = {one["id"]: one["text"] for one in said["interaction"]["choices"]}
    assert [texts[one] for one in said["correct"]["order"]] == ["two", "one", "three"]
    assert fields("file_upload_question", "Show your work.", "", "")["kind"] == "photo"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("multiple_dropdowns_question", "No name here."), ("multiple_dropdowns_question", "[c1] and [c1] [c2]")],
)
def test_blanks_without_a_sure_place_are_refused(kind: str, text: str) -> None:
    places = lid("r1", "c1", a="red", b="plaid") + lid("r2", "c2", a="blue", b="navy")
    assert one_of(kind, text, places, right(r1="a", r2="b")).record is None


def test_a_text_is_what_the_next_question_is_about_and_drawn_numbers_are_told() -> None:
    text = make_question("t", "text_only_question", "Once.", "", "")
    essay = make_question("e", "essay_question", "Why?", "<response_str ident='r'/>", "")
    drawn = make_question("d", "calculated_question", "How many?", "<response_str ident='r'/>", "")
    found = read(document(text, essay, drawn).encode())
    [passage] = found.stimuli
    [question] = found.good
    assert (passage.text, question.stimulus) == ("Once.", passage.identifier)
    assert isinstance(found.questions[1].problem, DrawsNumbers)
