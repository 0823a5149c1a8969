"""A registration leads back to its lesson, for the one person to whom it was handed."""

from uuid import RFC_4122, UUID, uuid4, uuid5

from hypothesis import assume, given
from hypothesis import strategies as st

from learning.playback.registrations import handed_out, is_handed_out, lesson_of

PEOPLE = st.integers(1, 2**40)
LESSONS = st.integers(1, 2**40)


@given(PEOPLE, LESSONS)
def test_it_leads_back_to_its_lesson(person_id: int, lesson_id: int) -> None:
    uuid = handed_out(person_id, lesson_id)
    assert lesson_of(uuid, person_id) == lesson_id
    assert handed_out(person_id, lesson_id) == uuid
    assert (uuid.version, uuid.variant) == (8, RFC_4122)
    assert UUID(str(uuid)) == uuid


@given(PEOPLE, PEOPLE, LESSONS)
def test_it_is_nobody_elses(person_id: int, other_id: int, lesson_id: int) -> None:
    assume(person_id != other_id)
    assert lesson_of(handed_out(person_id, lesson_id), other_id) is None


@given(PEOPLE, LESSONS, st.integers(0, 127))
def test_one_with_another_bit_leads_nowhere(person_id: int, lesson_id: int, bit: int) -> None:
    assert lesson_of(UUID(int=handed_out(person_id, lesson_id).int ^ (1 << bit)), person_id) is None


def test_those_that_clients_make_are_told_apart() -> None:
    for uuid in (uuid4(), uuid5(uuid4(), "1/2/1")):
        assert not is_handed_out(uuid)
        assert lesson_of(uuid, 1) is None
