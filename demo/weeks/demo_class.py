"""What the class of the demo pupil was given last: returned, to be marked, and to be done."""

from collections.abc import Mapping, Sequence
from random import Random

from accounts.duties.models import GradeHead
from demo.calendar import last_school_day, next_school_day
from demo.curriculum import points
from demo.handwriting.equations import Equation, Solution
from demo.population import DEMO_STUDENT, Classroom, Post
from demo.shelf import ShelfItem, first_closed
from demo.weeks.homework import Homework
from homework.groups.models import GroupMember, PupilGroup
from library.items.models import ItemKind
from library.media.pictures import Picture

REVISION, WORDS, READING = "一元一次方程复习", "列方程解应用题", "阅读理解"
"""Work with photographs: what is returned, and what is being marked; and work about a text."""


def solutions(room: Classroom, seed: int, prompt: str) -> dict[int, Solution]:
    """How each pupil of the demo class solves the equation of *prompt*.

    The demo pupil forgets a sign, and so does who sits first: both have something to correct.
    """
    equation = Equation.in_words(prompt)
    return {
        one.id: Solution.of(
            equation,
            Random(f"page/{seed}/{number}"),
            has_slip=True if one.username == DEMO_STUDENT or number == 0 else None,
        )
        for number, one in enumerate(one for one in room.learners if one.has_opened)
    }


def photo_of_equation(items: Mapping[str, Sequence[ShelfItem]]) -> ShelfItem:
    """The question whose answers the demo class photographs."""
    return next(one for one in items["math.linear_eq"] if one.kind is ItemKind.PHOTO)


def draw_pages(rooms: Sequence[Classroom], seed: int, prompt: str) -> dict[int, Picture]:
    """Draw and store the photographed pages of the demo class, before any transaction is open."""
    room = next((one for one in rooms if one.is_demo), None)
    if room is None:
        return {}
    return {pupil: one.photograph() for pupil, one in solutions(room, seed, prompt).items()}


class DemoClass:
    """Gives the demo class work to walk through."""

    def __init__(
        self, homework: Homework, items: Mapping[str, Sequence[ShelfItem]], other_kinds: Sequence[ShelfItem]
    ) -> None:
        self.chronicle, self.homework = homework.chronicle, homework
        self.items, self.other_kinds = items, other_kinds

    def give(self, rng: Random, room: Classroom, pictures: Mapping[int, Picture]) -> None:
        """Give the class its work of the last days, and let the teacher keep a group and head the grade.

        What was photographed waits for the teacher: she marks it on her desk (``demo/showcase/photos.py``).
        """
        post = room.post_of("math")
        self._give_photographed(rng, room, post, pictures)
        self._give_to_do(rng, room, post)
        self._keep_a_group(room, post)

    def _give_photographed(
        self, rng: Random, room: Classroom, post: Post, pictures: Mapping[int, Picture]
    ) -> None:
        yesterday = last_school_day(self.chronicle.today)
        before = last_school_day(yesterday)
        photo = photo_of_equation(self.items)
        for title, about, given_on, due_on in (
            (REVISION, "math.linear_eq", last_school_day(before), before),
            (WORDS, "math.linear_eq_word", before, yesterday),
        ):
            asked = [*first_closed(self.items[about], 2), photo]
            given = self.homework.give(rng, room, post, title, given_on, due_on, asked)
            self.homework.hand_in_all(rng, room, given, None, pictures)

    def _give_to_do(self, rng: Random, room: Classroom, post: Post) -> None:
        yesterday, tomorrow = last_school_day(self.chronicle.today), next_school_day(self.chronicle.today)
        graph = next(one for one in self.items["math.linear_function"] if one.kind is ItemKind.PHOTO)
        lines = [
            *first_closed(self.items["math.linear_function"], 2),
            *first_closed(self.items["math.function_concept"], 1),
            graph,
        ]
        self.homework.give(rng, room, post, "一次函数的图象", yesterday, tomorrow, lines)
        due_on = next_school_day(tomorrow)
        for subject, about in (("physics", "physics.refraction"), ("english", "english.future_will")):
            asked = first_closed(self.items[about], 3)
            other = room.post_of(subject)
            self.homework.give(rng, room, other, points()[about].name, yesterday, due_on, asked)
        about_a_text = [one for one in self.other_kinds if one.point.startswith("english.")]
        self.homework.give(rng, room, room.post_of("english"), READING, yesterday, due_on, about_a_text)

    def _keep_a_group(self, room: Classroom, post: Post) -> None:
        """Let the demo teacher head her grade, and keep a group of pupils."""
        rows, now = self.chronicle.rows, self.chronicle.now
        headed = {"school_id": room.school, "grade": room.grade, "person_id": post.teacher}
        rows.add(GradeHead, named_by_id=post.teacher, named_at=now, **headed)
        group = rows.add(
            PupilGroup, class_id=room.id, teacher_id=post.teacher, name="提高组", made_at=now, version=1
        )
        for learner in room.learners[1:7]:
            rows.add(GroupMember, group_id=group, student_id=learner.id)
