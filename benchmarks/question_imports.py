"""A thousand questions of every kind in Moodle XML, from the sending of the file until they stand in a set.

Held against it is the way without an import of many: the same questions, each in a file of its own. Time is
that of this process, client, job and server together; the file is written beforehand.
"""

import io
import time
from collections.abc import Sequence

from flask import Flask
from sqlalchemy import func, select

from benchmarks.harness import Report, served_application
from core.database import db, transaction
from core.jobs import services as jobs
from core.jobs.models import Job
from library.formats.moodle.writing import write
from library.intake.models import ImportedQuestion
from library.items.records import ItemRecord, StimulusRecord
from library.resources.models import ResourceItem
from tests.browsers import Browser, signed_in_browser
from tests.factories.accounts import make_class, make_teacher
from tests.factories.library import make_subject
from tests.factories.questions import question_corpus

QUESTIONS = 1_000
SINGLE = 50
"""So many are sent one by one; the time of a thousand follows from theirs."""
INDEX = "/library/questions/imports"


class Desk:
    """A teacher who brings questions along."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context(), transaction():
            teacher = make_teacher(make_class())
            self.subject_id = make_subject().id
            hat_id = teacher.id
        self.browser: Browser = signed_in_browser(app, hat_id)

    def send(self, content: bytes) -> str:
        """Send a file, and have it read; the address of the import."""
        place = {"subject_id": self.subject_id, "grade_from": 7, "grade_to": 7}
        answer = self.browser.post(INDEX, data=place | {"file": (io.BytesIO(content), "questions.xml")})
        with self.app.app_context():
            jobs.run_waiting()
        return str(answer.location).partition("?")[0]

    def take(self, address: str) -> None:
        """Take all that was read into a new set."""
        answer = self.browser.post(f"{address}/take", data={"draft_id": 0, "title": "Moodle"})
        assert answer.status_code == 302  # noqa: PLR2004 -- a refusal would be quick, and mean nothing

    def read(self) -> int:
        """How many questions were read without a fault."""
        good = ImportedQuestion.problem == ""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(ImportedQuestion).where(good)) or 0

    def taken(self) -> int:
        """How many stand in sets; who is sent the same twice is asked first."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(ResourceItem)) or 0

    def steps(self) -> int:
        """Of how many steps the progress of the import was told."""
        with self.app.app_context():
            told = select(Job.progress_total).order_by(Job.progress_total.desc()).limit(1)
            return db.session.scalars(told).one()


def timed(desk: Desk, files: Sequence[bytes]) -> dict[str, float]:
    """How long *files* take to be sent and read, to be looked at, and to be taken."""
    figures = {"read_s": 0.0, "preview_s": 0.0, "take_s": 0.0}
    for content in files:
        marks = [time.perf_counter()]
        address = desk.send(content)
        marks.append(time.perf_counter())
        desk.browser.get(address)
        marks.append(time.perf_counter())
        desk.take(address)
        marks.append(time.perf_counter())
        for name, start, end in zip(figures, marks[:-1], marks[1:], strict=True):
            figures[name] += end - start
    return figures


def singles(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord]) -> list[bytes]:
    """Each question in a file of its own, with the text that it is about."""
    texts = {one.identifier: one for one in stimuli}
    return [write([one], [texts[one.stimulus]] if one.stimulus else [], "Moodle") for one in records]


def main() -> None:
    """Measure both ways."""
    report = Report("question_imports", "A thousand questions in Moodle XML")
    records, stimuli = question_corpus(QUESTIONS)
    ways = {
        "ours": ([write(records, stimuli, "Moodle")], 1),
        "one by one": (singles(records[:SINGLE], stimuli), QUESTIONS // SINGLE),
    }
    for way, (files, times) in ways.items():
        with served_application() as app:
            desk = Desk(app)
            figures = timed(desk, files)
            report.add(
                way,
                questions=desk.read() * times,
                taken=desk.taken() * times,
                **{name: figure * times for name, figure in figures.items()},
                all_s=sum(figures.values()) * times,
                steps=desk.steps(),
            )
    report.note("The goal is ten seconds with progress; the steps are what the progress bar counts.")
    report.finish()


if __name__ == "__main__":
    main()
