from homework.assignments.audience import Part, Share, Worth
from homework.assignments.layers import Layer, deepest, is_required
from tests.factories.accounts import make_class

REQUIRED, OPTIONAL, CHALLENGE = Layer
WORTH = Worth(2.0, [(REQUIRED, 10.0), (OPTIONAL, 4.0), (CHALLENGE, 8.0)])


def test_who_must_go_deeper_must_do_what_lies_above_too() -> None:
    assert [is_required(one, OPTIONAL) for one in Layer] == [True, True, False]
    assert deepest([REQUIRED, CHALLENGE, OPTIONAL]) is CHALLENGE
    assert deepest([]) is REQUIRED


def test_only_what_must_be_done_counts() -> None:
    assert [WORTH.at(one) for one in Layer] == [12.0, 16.0, 24.0]


def test_a_class_counts_for_those_who_must_do_most_but_the_work_says_what_all_must_do(
    session: object,
) -> None:
    whole = Share(make_class(), is_whole=True, parts=[Part(CHALLENGE, group_id=1)])
    some = Share(make_class(), parts=[Part(OPTIONAL, student_id=2)])
    assert WORTH.by_class([whole, some]) == {whole.school_class.id: 24.0, some.school_class.id: 16.0}
    assert WORTH.usual([whole, some]) == 12.0
    assert WORTH.usual([some]) == 16.0
