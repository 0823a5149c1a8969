"""The city: its curriculum, its term, its organisations and everybody in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from accounts.organisations.models import AcademicTerm, OrganisationKind
from accounts.people.models import Person
from core.clock import school_day
from core.database import db
from demo import names
from demo.calendar import Term, term_of
from demo.families import Families
from demo.registry import Registry
from demo.rows import Rows
from demo.schools import Pupil, School, SchoolFounder
from demo.textbooks import write_curriculum

CITY_CODE = "yunxi"
ADMINISTRATOR_NAME = "周文远"
SCHOOLS_OF_A_WHOLE_CITY = len(names.DISTRICTS) * len(names.SCHOOLS)


@dataclass
class City:
    """What was built."""

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
    today = school_day(now)
    return _Builder(City(seed, today, term_of(today)), scale, now, on_progress).build()


def school_count(scale: float) -> int:
    """Return how many schools the city has: never fewer than the twelve, so that every stage is there."""
    return max(SCHOOLS_OF_A_WHOLE_CITY, round(SCHOOLS_OF_A_WHOLE_CITY * scale))


def is_built() -> bool:
    """Say whether the demo city's people are in this database."""
    return db.session.query(Person.id).filter_by(username="demo-student").first() is not None


class _Builder:
    def __init__(
        self, city: City, scale: float, now: datetime, on_progress: Callable[[int, int], None]
    ) -> None:
        self.city, self.scale, self.on_progress = city, scale, on_progress
        self.rows = Rows(is_digested=True)
        self.rng = Random(f"city/{city.seed}")
        self.registry = Registry(self.rows, self.rng, city.term, now)
        self.steps = 0

    def build(self) -> City:
        write_curriculum(self.rows)
        founder = SchoolFounder(self.registry, self._term(), self.scale, self.city.demo)
        city_id = self.registry.organisation(CITY_CODE, OrganisationKind.CITY, names.CITY, None)
        self.city.demo["city"] = self.registry.administrator("demo-city", ADMINISTRATOR_NAME, city_id)
        per_district, rest = divmod(school_count(self.scale), len(names.DISTRICTS))
        for number, district in enumerate(names.DISTRICTS, 1):
            for school in self._district(number, district, city_id, per_district + (number <= rest)):
                self.city.schools.append(school)
                founder.found(school)
                self._report()
        Families(self.registry, self.city.today, self.city.demo).found(self.city.schools)
        self._report()
        self.city.digest = self.rows.finish()
        self._report()
        return self.city

    def _report(self) -> None:
        """Tell the progress: each school is a step, so are the guardians, and so is writing it all down."""
        self.steps += 1
        self.on_progress(self.steps, school_count(self.scale) + 2)

    def _term(self) -> int:
        term = self.city.term
        return self.rows.add(
            AcademicTerm,
            code=term.code,
            name=term.name,
            name_en=term.name_en,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
        )

    def _district(self, number: int, name: tuple[str, str], city_id: int, count: int) -> Iterator[School]:
        """Enter a district, and its schools one by one."""
        code = f"{CITY_CODE}-{number}"
        district = self.registry.organisation(code, OrganisationKind.DISTRICT, name, city_id)
        username = "demo-district" if number == 1 else f"district{number}"
        head = names.person_name(self.rng, is_adult=True)
        administrator = self.registry.administrator(username, head, district)
        if number == 1:
            self.city.demo["district"] = administrator
        short, short_en = name[0].removesuffix("区"), name[1].removesuffix(" District")
        for index, (stage, (school, school_en)) in enumerate(names.schools(count), 1):
            named = (f"云溪市{short}{school}", f"{short_en} {school_en}")
            place = self.registry.organisation(f"{code}-{index}", OrganisationKind.SCHOOL, named, district)
            yield School(place, f"{number}{index}", named[0], stage, district)
