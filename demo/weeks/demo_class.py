"""What the class of the demo pupil was given last: returned, to be marked, and to be done."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from accounts.duties.models import GradeHead
from demo.calendar import at, last_school_day, next_school_day
from demo.curriculum import points
from demo.pages import draw_page
from demo.population import Classroom, Post
from demo.shelf import ShelfItem
from demo.weeks.homework import Homework
from homework.groups.models import GroupMember, PupilGroup
from library.items.kinds.table import MARKED_BY_MACHINE
from library.items.models import ItemKind
from library.media.pictures import Picture


def draw_pages(rooms: Sequence[Classroom], seed: int) -> dict[int, Picture]:
    """Draw and store the photographed pages of the demo class, before any transaction is open."""
    room = next((one for one in rooms if one.is_demo), None)
    if room is None:
        return {}
    some = [one for one in room.learners if one.has_opened]
    return {one.id: draw_page(number, seed) for number, one in enumerate(some)}


class DemoClass:
    """Gives the demo class work to walk through."""

    def __init__(
        self, homework: Homework, items: Mapping[str, Sequence[ShelfItem]], other_kinds: Sequence[ShelfItem]
    ) -> None:
        self.chronicle, self.homework = homework.chronicle, homework
        self.items, self.other_kinds = items, other_kinds

    def give(self, rng: Random, room: Classroom, pictures: Mapping[int, Picture]) -> None:
        """Give the class its work of the last days, and let the teacher keep a group and head the grade."""
        today = self.chronicle.today
        post = next(one for one in room.posts if one.subject == "math")
        yesterday, tomorrow = last_school_day(today), next_school_day(today)
        before = last_school_day(yesterday)
        earlier = last_school_day(before)
        photo = next(i for i in self.items["math.linear_eq"] if i.kind is ItemKind.PHOTO)
        closed = [*self._closed("math.linear_eq", 2), photo]
        returned = self.homework.give(
            rng, room, post, "一元一次方程复习", last_school_day(earlier), earlier, closed
        )
        self.homework.hand_in_all(rng, room, returned, at(before, 10), pictures)
        words = [*self._closed("math.linear_eq_word", 2), photo]
        to_mark = self.homework.give(rng, room, post, "列方程解应用题", before, yesterday, words)
        self.homework.hand_in_all(rng, room, to_mark, None, pictures)
        lines = [*self._closed("math.linear_function", 2), *self._closed("math.function_concept", 1), photo]
        self.homework.give(rng, room, post, "一次函数的图象", yesterday, tomorrow, lines)
        for subject, about in (("physics", "physics.refraction"), ("english", "english.future_will")):
            other = next(one for one in room.posts if one.subject == subject)
            asked = self._closed(about, 3)
            self.homework.give(
                rng, room, other, points()[about].name, yesterday, next_school_day(tomorrow), asked
            )
        self._give_other_kinds(rng, room, yesterday, next_school_day(tomorrow))
        self._keep_a_group(room, post)

    def _closed(self, point: str, count: int) -> list[ShelfItem]:
        """The first *count* questions on a point that a key marks."""
        return [one for one in self.items[point] if one.kind in MARKED_BY_MACHINE][:count]

    def _give_other_kinds(self, rng: Random, room: Classroom, day: date, due: date) -> None:
        """Give work with every other kind of question, to walk through."""
        for subject, title in (("math", "各种题型"), ("english", "Reading"), ("physics", "速度")):
            post = next((one for one in room.posts if one.subject == subject), None)
            asked = [one for one in self.other_kinds if one.point.startswith(f"{subject}.")]
            if post is not None and asked:
                self.homework.give(rng, room, post, title, day, due, asked)

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
