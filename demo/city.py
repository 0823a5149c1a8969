"""The city and its people: organisations, terms, classes, pupils, teachers, guardians, consents.

Only the demo sign-ins have a password. Everybody else's password hash stays empty, which no password
opens: hashing four thousand passwords with argon2 would take minutes and make nothing truer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.guardians.consents import AGE_OF_OWN_CONSENT, TEXT_VERSION, age
from accounts.guardians.models import ConsentRecord, GuardianLink, Purpose
from accounts.organisations.models import AcademicTerm, Organisation, OrganisationKind
from accounts.people.models import Hat, Person, Role
from accounts.sign_in.passwords import hash_password
from core.clock import school_day
from core.database import db
from demo import names
from demo.calendar import Term, at, term_of
from demo.curriculum import points as curriculum_points
from demo.curriculum import subjects, volume_name
from demo.rows import Rows
from library.curriculum.models import (
    KnowledgePoint,
    Prerequisite,
    Stage,
    Subject,
    TextbookEdition,
    Unit,
    UnitPoint,
    Volume,
)

PASSWORD = "weike-demo"  # noqa: S105 -- told to everybody who starts a demo city
DEMO_GRADE = 8
DEMO_STUDENT_NAME, DEMO_SIBLING_NAME = "林小雨", "林小韵"
DEMO_SIBLING_SEAT = 2
DEMO_GUARDIAN_NAME, DEMO_TEACHER_NAME = "林建华", "陈思远"
RELATIONSHIPS = ("mother", "father", "mother", "father", "grandparent")
SECOND_CHILD = 0.2
"""The share of fathers who look after a second pupil of the city."""
HEAD_SUBJECTS = 3
"""Homeroom teachers teach one of the first subjects of the timetable."""
GRADE_LETTERS = {10: "高一", 11: "高二", 12: "高三"}
TEACHERS_PER_SCHOOL = (21, 22, 22)
"""By the school's number modulo three: 260 in twelve schools."""
DEMO_SCHOOL = "13"
"""The first district's first lower secondary school."""
PUPILS_PER_CLASS = (45, 50)
SCHOOLS_OF_A_WHOLE_CITY = len(names.DISTRICTS) * len(names.SCHOOLS)
OPENED = {Role.STUDENT: 0.93, Role.TEACHER: 0.97, Role.GUARDIAN: 0.62}
"""Which share of the people have opened their space."""
SUBJECTS_BY_STAGE = {
    "primary": ("chinese", "math", "english", "science", "morality", "it"),
    "lower_secondary": (
        "chinese",
        "math",
        "english",
        "physics",
        "chemistry",
        "biology",
        "history",
        "geography",
        "morality",
        "it",
    ),
    "upper_secondary": (
        "chinese",
        "math",
        "english",
        "physics",
        "chemistry",
        "biology",
        "history",
        "geography",
        "it",
    ),
}
FIRST_GRADE_OF = {"physics": 8, "chemistry": 9}
ENGLISH_STARTS = 3


class Plan(NamedTuple):
    """Grades of a stage's homeroom classes, and its teaching classes."""

    first_grade: int
    homerooms: tuple[int, ...]
    """The grade of each homeroom class."""
    teaching: tuple[tuple[int, str, str, str], ...]
    """Grade, subject, name and English name of each teaching class."""


PLANS = {
    "primary": Plan(1, (1, 2, 3, 4, 5, 5, 6, 6), ()),
    "lower_secondary": Plan(
        7,
        (7, 7, 8, 8, 9, 9),
        (
            (8, "math", "八年级数学探究班", "Grade 8 mathematics group"),
            (9, "english", "九年级英语听说班", "Grade 9 English group"),
        ),
    ),
    "upper_secondary": Plan(
        10,
        (10, 10, 11, 11, 12, 12),
        (
            (11, "physics", "高二物理选考班", "Grade 11 physics group"),
            (11, "history", "高二历史选考班", "Grade 11 history group"),
        ),
    ),
}


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


@dataclass
class City:
    """What the history needs to know of the city."""

    seed: int
    today: date
    term: Term
    schools: list[School] = field(default_factory=list)
    demo: dict[str, int] = field(default_factory=dict)
    """Ids of the demo people and of the demo class, by name."""
    digest: str = ""

    def pupils(self) -> list[Pupil]:
        """Return every pupil once, in the order of homeroom classes."""
        return [pupil for school in self.schools for members in school.classes.values() for pupil in members]


def build_city(
    *,
    seed: int,
    scale: float,
    now: datetime,
    on_progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> City:
    """Write the city's curriculum, organisations and people; call it inside ``transaction()``."""
    return _Builder(seed, scale, now, on_progress).build()


def school_count(scale: float) -> int:
    """Return how many schools the city has: never fewer than the twelve, so that every stage is there."""
    return max(SCHOOLS_OF_A_WHOLE_CITY, round(SCHOOLS_OF_A_WHOLE_CITY * scale))


def is_built() -> bool:
    """Say whether the demo city's people are in this database."""
    return db.session.query(Person.id).filter_by(username="demo-student").first() is not None


class _Builder:
    def __init__(
        self, seed: int, scale: float, now: datetime, on_progress: Callable[[int, int], None]
    ) -> None:
        self.rng = Random(f"city/{seed}")
        self.scale = scale
        self.now = now
        self.on_progress = on_progress
        today = school_day(now)
        self.city = City(seed, today, term_of(today))
        self.rows = Rows(is_digested=True)
        self.people = self.steps = 0
        self.term_id = 0
        self.hash = ""
        self.guardian_hats: set[tuple[int, int]] = set()

    def build(self) -> City:
        self.hash = hash_password(PASSWORD)
        self._curriculum()
        term = self.city.term
        self.term_id = self.rows.add(
            AcademicTerm,
            code=term.code,
            name=term.name,
            name_en=term.name_en,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
        )
        city_id = self._organisation("yunxi", OrganisationKind.CITY, names.CITY, None)
        administrator = self._adult("demo-city", "周文远", opened=1.0)
        self.rows.add(Hat, person_id=administrator, role=Role.ADMINISTRATOR, organisation_id=city_id)
        self.city.demo["city"] = administrator
        per_district, rest = divmod(school_count(self.scale), len(names.DISTRICTS))
        for number, district in enumerate(names.DISTRICTS, 1):
            self._district(number, district, city_id, per_district + (number <= rest))
        self._demo_family()
        self._other_guardians()
        self._report()
        self.city.digest = self.rows.finish()
        self._report()
        return self.city

    def _report(self) -> None:
        """Tell the progress: each school is a step, so are the guardians, and so is writing it all down."""
        self.steps += 1
        self.on_progress(self.steps, school_count(self.scale) + 2)

    def _curriculum(self) -> None:
        add = self.rows.add
        ids: dict[str, int] = {}
        editions: dict[str, int] = {}
        # Whoever imported a library before has subjects already.
        there = dict(db.session.execute(select(Subject.code, Subject.id)).all())
        for position, plan in enumerate(subjects().values()):
            ids[plan.code] = there.get(plan.code) or add(
                Subject, code=plan.code, name=plan.name, name_en=plan.name_en, position=position
            )
            if plan.edition not in editions:
                editions[plan.edition] = add(
                    TextbookEdition, code=plan.edition, name=plan.edition_name, name_en=plan.edition_name_en
                )
        volumes: dict[str, int] = {}
        units: dict[str, int] = {}
        known: dict[str, int] = {}
        for point in curriculum_points().values():
            subject = subjects()[point.subject]
            if point.volume_code not in volumes:
                name, name_en = volume_name(point.volume)
                half = {"a": 1, "b": 2, "1": 1, "2": 2}.get(point.volume[-1], 0)
                volumes[point.volume_code] = add(
                    Volume,
                    code=point.volume_code,
                    subject_id=ids[point.subject],
                    edition_id=editions[subject.edition],
                    grade=point.grade,
                    half=half,
                    name=f"{subject.name}{name}",
                    name_en=f"{subject.name_en}, {name_en}",
                )
            if point.unit_code not in units:
                units[point.unit_code] = add(
                    Unit,
                    code=point.unit_code,
                    volume_id=volumes[point.volume_code],
                    position=point.unit_number,
                    name=point.unit,
                    name_en=point.unit_en,
                )
            known[point.code] = add(
                KnowledgePoint,
                code=point.code,
                subject_id=ids[point.subject],
                stage=Stage(point.stage.code),
                grade=point.grade,
                name=point.name,
                name_en=point.name_en,
                description=point.statement,
            )
            add(UnitPoint, unit_id=units[point.unit_code], point_id=known[point.code])
        for point in curriculum_points().values():
            for required in point.requires:
                add(Prerequisite, point_id=known[point.code], requires_id=known[required])

    def _organisation(
        self, code: str, kind: OrganisationKind, name: tuple[str, str], parent: int | None
    ) -> int:
        return self.rows.add(
            Organisation, code=code, kind=kind, name=name[0], name_en=name[1], parent_id=parent
        )

    def _district(self, number: int, name: tuple[str, str], city_id: int, count: int) -> None:
        district = self._organisation(f"yunxi-{number}", OrganisationKind.DISTRICT, name, city_id)
        username = "demo-district" if number == 1 else f"district{number}"
        administrator = self._adult(username, names.person_name(self.rng, is_adult=True), opened=1.0)
        self.rows.add(Hat, person_id=administrator, role=Role.ADMINISTRATOR, organisation_id=district)
        if number == 1:
            self.city.demo["district"] = administrator
        for index, (stage, (school, school_en)) in enumerate(names.schools(count), 1):
            short, short_en = name[0].removesuffix("区"), name[1].removesuffix(" District")
            code = f"yunxi-{number}-{index}"
            place = self._organisation(
                code, OrganisationKind.SCHOOL, (f"云溪市{short}{school}", f"{short_en} {school_en}"), district
            )
            made = School(place, f"{number}{index}", f"云溪市{short}{school}", stage, district)
            self.city.schools.append(made)
            self._school(made)
            self._report()

    def _school(self, school: School) -> None:
        plan = PLANS[school.stage]
        is_demo = school.code == DEMO_SCHOOL
        counts: dict[int, int] = {}
        homerooms: list[tuple[int, int]] = []
        for grade in plan.homerooms:
            counts[grade] = counts.get(grade, 0) + 1
            homerooms.append((grade, self._class(school, grade, counts[grade])))
        self._teachers(school, homerooms, is_demo=is_demo)
        for grade, class_id in homerooms:
            self._pupils(school, grade, class_id)
        for number, (grade, subject, name, name_en) in enumerate(plan.teaching, 1):
            self._teaching_class(school, number, (grade, subject, name, name_en))

    def _class(self, school: School, grade: int, number: int) -> int:
        stem = GRADE_LETTERS.get(grade) or f"{'一二三四五六七八九'[grade - 1]}年级"
        return self.rows.add(
            SchoolClass,
            code=f"{school.code}-{grade:02d}-{number}",
            school_id=school.id,
            term_id=self.term_id,
            kind=ClassKind.HOMEROOM,
            name=f"{stem}（{number}）班",
            name_en=f"Grade {grade}, Class {number}",
            grade=grade,
        )

    def _teaching_class(self, school: School, number: int, plan: tuple[int, str, str, str]) -> None:
        grade, subject, name, name_en = plan
        class_id = self.rows.add(
            SchoolClass,
            code=f"{school.code}-{grade:02d}-t{number}",
            school_id=school.id,
            term_id=self.term_id,
            kind=ClassKind.TEACHING,
            name=name,
            name_en=name_en,
            grade=grade,
        )
        post = next(p for p in school.posts if p.subject == subject and p.grade == grade)
        self._enrol(class_id, post.teacher, Role.TEACHER, subject)
        school.posts.append(TeachingPost(post.teacher, class_id, subject, grade))
        members = [p for found in school.classes.values() for p in found if p.grade == grade]
        for seat, pupil in enumerate(self.rng.sample(members, min(len(members), self._sized(30))), 1):
            self._enrol(class_id, pupil.id, Role.STUDENT, seat=seat)

    def _teachers(self, school: School, homerooms: list[tuple[int, int]], *, is_demo: bool) -> None:
        taught = SUBJECTS_BY_STAGE[school.stage]
        count = max(len(taught), self._sized(TEACHERS_PER_SCHOOL[int(school.code) % 3]))
        for number in range(count):
            username = f"t{school.code}{number + 1:02d}"
            name = names.person_name(self.rng, is_adult=True)
            if is_demo and number == 1:
                username, name = "demo-teacher", DEMO_TEACHER_NAME
            teacher = self._adult(username, name, opened=OPENED[Role.TEACHER])
            school.teachers.append(teacher)
            self.rows.add(Hat, person_id=teacher, role=Role.TEACHER, organisation_id=school.id)
            if number == 0:
                self.rows.add(Hat, person_id=teacher, role=Role.ADMINISTRATOR, organisation_id=school.id)
        if is_demo:
            self.city.demo["teacher"] = school.teachers[1]
            self.city.demo["teacher and guardian"] = school.teachers[2]
        self._posts(school, homerooms, is_demo=is_demo)

    def _posts(self, school: School, homerooms: list[tuple[int, int]], *, is_demo: bool) -> None:
        """Give every class a teacher for each subject; one of them is its homeroom teacher."""
        taught = SUBJECTS_BY_STAGE[school.stage]
        by_subject: dict[str, list[int]] = {}
        for number, teacher in enumerate(school.teachers):
            by_subject.setdefault(taught[number % len(taught)], []).append(teacher)
        for number, (grade, class_id) in enumerate(homerooms):
            for subject in taught:
                if grade < FIRST_GRADE_OF.get(subject, ENGLISH_STARTS if subject == "english" else 1):
                    continue
                pool = by_subject[subject]
                if is_demo and subject == "math":
                    # The demo teacher has the demo pupil's grade and no other: her lists stay short.
                    pool = pool[:1] if grade == DEMO_GRADE else pool[1:] or pool
                teacher = pool[number // 2 % len(pool)]
                self._enrol(class_id, teacher, Role.TEACHER, subject)
                school.posts.append(TeachingPost(teacher, class_id, subject, grade))
                if subject == taught[number % HEAD_SUBJECTS]:
                    self._enrol(class_id, teacher, Role.TEACHER)

    def _pupils(self, school: School, grade: int, class_id: int) -> None:
        members = school.classes[class_id] = []
        for seat in range(1, self._sized(self.rng.randint(*PUPILS_PER_CLASS)) + 1):
            entry = self.city.term.entry_year - grade + PLANS[school.stage].first_grade
            born = date(self.city.term.entry_year - grade - 6, 9, 1) + timedelta(days=self.rng.randrange(365))
            name = names.person_name(self.rng)
            username = f"s{entry % 100}{school.code}{class_id:03d}{seat:02d}"
            is_demo = grade == DEMO_GRADE and "student" not in self.city.demo and school.code == DEMO_SCHOOL
            if is_demo and seat == min(6, self._sized(PUPILS_PER_CLASS[0])):
                username, name, born = "demo-student", DEMO_STUDENT_NAME, date(born.year, 12, 9)
            elif seat == DEMO_SIBLING_SEAT and grade == DEMO_GRADE + 1 and "sibling" not in self.city.demo:
                name = DEMO_SIBLING_NAME
            pupil_id = self._person(username, name, born, opened=OPENED[Role.STUDENT])
            if name == DEMO_SIBLING_NAME:
                self.city.demo["sibling"] = pupil_id
            if username == "demo-student":
                self.city.demo |= {"student": pupil_id, "class": class_id, "school": school.id}
            self.rows.add(Hat, person_id=pupil_id, role=Role.STUDENT, organisation_id=school.id)
            self._enrol(class_id, pupil_id, Role.STUDENT, seat=seat)
            members.append(Pupil(pupil_id, name[0], grade, born))

    def _enrol(
        self, class_id: int, person: int, role: Role, subject: str = "", seat: int | None = None
    ) -> None:
        self.rows.add(
            Enrolment,
            class_id=class_id,
            person_id=person,
            role=role,
            subject_code=subject,
            seat_number=seat,
            starts_on=self.city.term.starts_on,
        )

    def _adult(self, username: str, name: str, *, opened: float) -> int:
        return self._person(username, name, None, opened=opened)

    def _person(self, username: str, name: str, born: date | None, *, opened: float) -> int:
        is_demo = username.startswith("demo-")
        has_opened = is_demo or self.rng.random() < opened
        first = at(self.city.term.starts_on, 24 * self.rng.randint(1, 20) + self.rng.uniform(7, 20))
        self.people += 1
        return self.rows.add(
            Person,
            username=username,
            name=name,
            name_en=names.romanised(name),
            born_on=born,
            student_number=f"YX{self.city.term.entry_year}{self.people:05d}" if born else None,
            password_hash=self.hash if is_demo else "",
            must_change_password=False,
            password_changed_at=first if is_demo else None,
            first_signed_in_at=min(first, self.now) if has_opened else None,
        )

    def _demo_family(self) -> None:
        demo = self.city.demo
        guardian = self._adult("demo-guardian", DEMO_GUARDIAN_NAME, opened=1.0)
        demo["guardian"] = guardian
        student = next(p for p in self.city.pupils() if p.id == demo["student"])
        self._guard(guardian, student, "father", demo["school"])
        sibling = next(p for p in self.city.pupils() if p.id == demo["sibling"])
        self._guard(guardian, sibling, "father", demo["school"])
        # A teacher who is a guardian too: two hats of one person, never worn at once.
        primary = next(s for s in self.city.schools if s.stage == "primary")
        child = next(p for members in primary.classes.values() for p in members if p.grade == 5)
        self._guard(demo["teacher and guardian"], child, "father", primary.id)

    def _guard(self, guardian: int, pupil: Pupil, relationship: str, school: int) -> None:
        self.rows.add(
            GuardianLink,
            guardian_id=guardian,
            student_id=pupil.id,
            relationship=relationship,
            started_at=at(self.city.term.starts_on, 9),
        )
        if (guardian, school) not in self.guardian_hats:
            self.guardian_hats.add((guardian, school))
            self.rows.add(Hat, person_id=guardian, role=Role.GUARDIAN, organisation_id=school)
        pupil.guardians.append(guardian)
        if len(pupil.guardians) == 1:
            self._consent(guardian, pupil)

    def _consent(self, guardian: int, pupil: Pupil) -> None:
        is_demo = guardian == self.city.demo["guardian"]
        if age(pupil.born_on, self.city.today) >= AGE_OF_OWN_CONSENT and not is_demo:
            return
        if is_demo or self.rng.random() < 0.9:
            self.rows.add(
                ConsentRecord,
                student_id=pupil.id,
                purpose=Purpose.RECOMMENDATIONS,
                is_granted=is_demo or self.rng.random() < 0.94,
                decided_by_id=guardian,
                decided_at=at(self.city.term.starts_on, 24 * self.rng.randint(1, 12) + 19),
                text_version=TEXT_VERSION,
                channel="web" if is_demo or self.rng.random() < 0.7 else "paper",
            )

    def _other_guardians(self) -> None:
        """Give every pupil a guardian; some look after two pupils of one family name."""
        number = 0
        families: dict[str, int] = {}
        for school in self.city.schools:
            for pupil in (one for members in school.classes.values() for one in members if not one.guardians):
                guardian = families.pop(pupil.surname, 0)
                relationship = "father" if guardian else self.rng.choice(RELATIONSHIPS)
                if not guardian:
                    number += 1
                    surname = pupil.surname if relationship == "father" else ""
                    name = names.person_name(self.rng, surname=surname, is_adult=True)
                    guardian = self._adult(f"g{number:05d}", name, opened=OPENED[Role.GUARDIAN])
                    if surname and self.rng.random() < SECOND_CHILD:
                        families[surname] = guardian
                self._guard(guardian, pupil, relationship, school.id)

    def _sized(self, count: int) -> int:
        """Return how many of *count* people a smaller city has; a larger one has more schools, not larger."""
        return max(2, round(count * self.scale)) if self.scale < 1 else count
