"""Schools, with their classes, teachers and pupils."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.classes.models import ClassKind, SchoolClass
from accounts.people.models import Role
from demo import names
from demo.registry import OPENED, Registry
from demo.timetable import HEAD_SUBJECTS, PLANS, SUBJECTS, Teaching, class_name, is_taught

DEMO_SCHOOL = "13"
"""The first district's first lower secondary school."""
DEMO_GRADE = 8
DEMO_STUDENT_NAME, DEMO_SIBLING_NAME, DEMO_TEACHER_NAME = "林小雨", "林小韵", "陈思远"
DEMO_SEAT, DEMO_SIBLING_SEAT = 6, 2
TEACHERS_PER_SCHOOL = (21, 22, 22)
"""By the school's number modulo three: 260 in twelve schools."""
MORE_THAN_SUBJECTS = 2
"""The demo school has so many teachers more, however small the city: its demo teacher has a colleague."""
PUPILS_PER_CLASS = (45, 50)
PUPILS_PER_TEACHING_CLASS = 30


@dataclass
class Pupil:
    """A pupil while the city is built."""

    id: int
    surname: str
    grade: int
    born_on: date
    guardians: list[int] = field(default_factory=list)


@dataclass
class TeachingPost:
    """That a teacher teaches a subject in a class."""

    teacher: int
    class_id: int
    subject: str
    grade: int


@dataclass
class School:
    """A school and everybody in it."""

    id: int
    code: str
    name: str
    stage: str
    district: int
    classes: dict[int, list[Pupil]] = field(default_factory=dict)
    posts: list[TeachingPost] = field(default_factory=list)
    teachers: list[int] = field(default_factory=list)

    @property
    def is_demo(self) -> bool:
        """Whether the demo pupil and the demo teacher are here."""
        return self.code == DEMO_SCHOOL


class SchoolFounder:
    """Fills schools; *demo* is told the ids of those whom visitors sign in as."""

    def __init__(self, registry: Registry, term_id: int, scale: float, demo: dict[str, int]) -> None:
        self.registry, self.rows, self.rng = registry, registry.rows, registry.rng
        self.term_id, self.scale, self.demo = term_id, scale, demo

    def found(self, school: School) -> None:
        """Give *school* its classes, its teachers and its pupils."""
        plan = PLANS[school.stage]
        counts: dict[int, int] = {}
        homerooms: list[tuple[int, int]] = []
        for grade in plan.homerooms:
            counts[grade] = counts.get(grade, 0) + 1
            homerooms.append((grade, self._homeroom(school, grade, counts[grade])))
        self._teachers(school)
        self._posts(school, homerooms)
        for grade, class_id in homerooms:
            self._pupils(school, grade, class_id)
        for number, teaching in enumerate(plan.teaching, 1):
            self._teaching_class(school, number, teaching)

    def _homeroom(self, school: School, grade: int, number: int) -> int:
        return self._class(school, ClassKind.HOMEROOM, grade, str(number), class_name(grade, number))

    def _class(self, school: School, kind: ClassKind, grade: int, number: str, name: tuple[str, str]) -> int:
        return self.rows.add(
            SchoolClass,
            code=f"{school.code}-{grade:02d}-{number}",
            school_id=school.id,
            term_id=self.term_id,
            kind=kind,
            name=name[0],
            name_en=name[1],
            grade=grade,
        )

    def _teaching_class(self, school: School, number: int, plan: Teaching) -> None:
        names_of = (plan.name, plan.name_en)
        class_id = self._class(school, ClassKind.TEACHING, plan.grade, f"t{number}", names_of)
        post = next(p for p in school.posts if p.subject == plan.subject and p.grade == plan.grade)
        self.registry.enrol(class_id, post.teacher, Role.TEACHER, plan.subject)
        school.posts.append(TeachingPost(post.teacher, class_id, plan.subject, plan.grade))
        members = [p for found in school.classes.values() for p in found if p.grade == plan.grade]
        count = min(len(members), self._sized(PUPILS_PER_TEACHING_CLASS))
        for seat, pupil in enumerate(self.rng.sample(members, count), 1):
            self.registry.enrol(class_id, pupil.id, Role.STUDENT, seat=seat)

    def _teachers(self, school: School) -> None:
        taught = SUBJECTS[school.stage]
        fewest = len(taught) + (MORE_THAN_SUBJECTS if school.is_demo else 0)
        count = max(fewest, self._sized(TEACHERS_PER_SCHOOL[int(school.code) % 3]))
        for number in range(count):
            username = f"t{school.code}{number + 1:02d}"
            name = names.person_name(self.rng, is_adult=True)
            if school.is_demo and number == 1:
                username, name = "demo-teacher", DEMO_TEACHER_NAME
            teacher = self.registry.adult(username, name, opened=OPENED[Role.TEACHER])
            school.teachers.append(teacher)
            self.registry.hat(teacher, Role.TEACHER, school.id)
            if number == 0:
                self.registry.hat(teacher, Role.ADMINISTRATOR, school.id)
        if school.is_demo:
            self.demo["teacher"] = school.teachers[1]
            self.demo["teacher and guardian"] = school.teachers[2]

    def _posts(self, school: School, homerooms: list[tuple[int, int]]) -> None:
        """Give every class a teacher for each subject; one of them is its homeroom teacher."""
        taught = SUBJECTS[school.stage]
        by_subject: dict[str, list[int]] = {}
        for number, teacher in enumerate(school.teachers):
            by_subject.setdefault(taught[number % len(taught)], []).append(teacher)
        for number, (grade, class_id) in enumerate(homerooms):
            for subject in (one for one in taught if is_taught(one, grade)):
                pool = by_subject[subject]
                if school.is_demo and subject == "math":
                    # The demo teacher has the demo pupil's grade and no other: her lists stay short.
                    pool = pool[:1] if grade == DEMO_GRADE else pool[1:] or pool
                teacher = pool[number // 2 % len(pool)]
                self.registry.enrol(class_id, teacher, Role.TEACHER, subject)
                school.posts.append(TeachingPost(teacher, class_id, subject, grade))
                if subject == taught[number % HEAD_SUBJECTS]:
                    self.registry.enrol(class_id, teacher, Role.TEACHER)
        if school.is_demo:
            self._share_mathematics(school)

    def _share_mathematics(self, school: School) -> None:
        """Let a colleague teach the parallel class as well: so she and the demo teacher can mark together."""
        posts = [one for one in school.posts if one.subject == "math"]
        colleague = next(one.teacher for one in posts if one.grade != DEMO_GRADE)
        _demo_class, parallel = (one.class_id for one in posts if one.grade == DEMO_GRADE)
        self.registry.enrol(parallel, colleague, Role.TEACHER, "math")

    def _pupils(self, school: School, grade: int, class_id: int) -> None:
        members = school.classes[class_id] = []
        entry = self.registry.term.entry_year
        for seat in range(1, self._sized(self.rng.randint(*PUPILS_PER_CLASS)) + 1):
            born = date(entry - grade - 6, 9, 1) + timedelta(days=self.rng.randrange(365))
            name = names.person_name(self.rng)
            began = entry - grade + PLANS[school.stage].first_grade
            username = f"s{began % 100}{school.code}{class_id:03d}{seat:02d}"
            is_demo = grade == DEMO_GRADE and "student" not in self.demo and school.is_demo
            if is_demo and seat == min(DEMO_SEAT, self._sized(PUPILS_PER_CLASS[0])):
                username, name, born = "demo-student", DEMO_STUDENT_NAME, date(born.year, 12, 9)
            elif seat == DEMO_SIBLING_SEAT and grade == DEMO_GRADE + 1 and "sibling" not in self.demo:
                name = DEMO_SIBLING_NAME
            pupil_id = self.registry.pupil(username, name, born)
            if name == DEMO_SIBLING_NAME:
                self.demo["sibling"] = pupil_id
            if username == "demo-student":
                self.demo |= {"student": pupil_id, "class": class_id, "school": school.id}
            self.registry.hat(pupil_id, Role.STUDENT, school.id)
            self.registry.enrol(class_id, pupil_id, Role.STUDENT, seat=seat)
            members.append(Pupil(pupil_id, name[0], grade, born))

    def _sized(self, count: int) -> int:
        """Return how many of *count* people a smaller city has; a larger one has more schools, not larger."""
        return max(2, round(count * self.scale)) if self.scale < 1 else count
