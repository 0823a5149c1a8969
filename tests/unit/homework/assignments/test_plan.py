"""What a plan says of itself."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from homework.assignments.plan import LibraryQuestion, PhotoQuestion, Plan
from homework.planning.rows import Row
from library.items.models import ItemKind, ItemVersion

NOW = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
WRITTEN = LibraryQuestion(item_version_id=1)
SPOKEN = LibraryQuestion(item_version_id=2, is_written=False)


@pytest.mark.parametrize(
    ("questions", "is_written"),
    [
        ((SPOKEN,), False),
        ((SPOKEN, WRITTEN), True),
        ((SPOKEN, PhotoQuestion(prompt="抄写")), True),
        ((), True),
    ],
)
def test_work_whose_questions_are_all_spoken_is_not_written(
    questions: tuple[LibraryQuestion | PhotoQuestion, ...], *, is_written: bool
) -> None:
    plan = Plan(
        client_key=uuid4(),
        title="朗读",
        subject_id=1,
        class_ids=(1,),
        questions=questions,
        opens_at=NOW,
        due_at=NOW,
        cut_off_at=NOW,
    )
    assert plan.is_written is is_written


@pytest.mark.parametrize("kind", ItemKind)
def test_a_row_knows_from_the_question_itself_whether_it_is_spoken(kind: ItemKind) -> None:
    assert Row(7, 1.0).question({7: ItemVersion(id=7, kind=kind)}).is_written is (kind is not ItemKind.SPOKEN)
