"""The practices that show the other kinds of questions."""

from demo.items.kinds import kind_practices
from demo.items.question import Kind
from library.interchange.records import ResourceRecord, read_record
from library.items.kinds.table import KINDS, MARKED_BY_MACHINE
from library.items.marking import mark
from library.items.models import ItemKind


def records() -> list[ResourceRecord]:
    return [read_record(one) for one in kind_practices(2026)]


def test_every_kind_has_its_example_here_or_in_a_generator() -> None:
    shown = {item.kind for record in records() for item in record.items}
    assert shown | {ItemKind(one) for one in Kind} == set(ItemKind)


def test_each_key_is_right_and_each_typical_error_is_not() -> None:
    for item in (item for record in records() for item in record.items):
        if item.kind in MARKED_BY_MACHINE:
            asked = item.asked
            assert mark(asked, KINDS[item.kind].right(asked)).is_correct, item.identifier
            for slip in asked.misconceptions:
                assert not mark(asked, slip["response"]).is_correct, item.identifier


def test_the_same_seed_gives_the_same_records() -> None:
    assert list(kind_practices(1)) == list(kind_practices(1))
