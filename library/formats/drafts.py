"""Questions between a file and their records: what could be read of them, and what became of each part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from core.errors import DomainError
from library.formats.errors import DoesNotFit, FileTooLarge, NoQuestions, TooManyQuestions
from library.formats.reading import Fate, Note, Reading, ReadQuestion
from library.formats.rest import Rest, rest_of, restored
from library.items.records import ItemRecord, StimulusRecord
from library.items.variants import Parameters

MOST_QUESTIONS = 5_000
MOST_NOTES = 200
"""About one question. Nobody reads more, and each is compared with all before it."""
LONGEST_EXCERPT = 80
LARGEST_MB = 64
_NOTHING: dict[str, Any] = {
    "prompt": "",
    "interaction": {},
    "correct": [],
    "explanation": "",
    "hints": [],
    "misconceptions": [],
    "difficulty": 0.5,
    "minutes": 1.0,
    "knowledge_points": [],
    "source": "",
    "licence": "",
    "parameters": Parameters().model_dump(mode="json"),
    "pictures": [],
    "stimulus": "",
}
_NO_PASSAGE: dict[str, Any] = {"title": "", "text": "", "pictures": []}


@dataclass(slots=True)
class Told:
    """The notes about one question or file, each said once."""

    notes: list[Note] = field(default_factory=list)

    def kept(self, part: str) -> None:
        """*part* was taken as it is."""
        self._say(Note(Fate.KEPT, part))

    def changed(self, part: str, reason: str, **values: object) -> None:
        """*part* says here something else, or something less."""
        self._say(Note(Fate.CHANGED, part, reason, values))

    def dropped(self, part: str, reason: str, **values: object) -> None:
        """*part* was left out."""
        self._say(Note(Fate.DROPPED, part, reason, values))

    def _say(self, note: Note) -> None:
        if len(self.notes) < MOST_NOTES and note not in self.notes:
            self.notes.append(note)


@dataclass(slots=True)
class Passage:
    """What the questions after it are about."""

    place: int
    fields: dict[str, Any]
    """As ``StimulusRecord`` takes them."""
    told: Told = field(default_factory=Told)
    rest: Rest | None = None


@dataclass(slots=True)
class Draft:
    """A question as the file says it."""

    place: int
    excerpt: str
    fields: dict[str, Any] = field(default_factory=dict)
    """As ``ItemRecord`` takes them; what is not there is as if nothing were said."""
    told: Told = field(default_factory=Told)
    problem: DomainError | None = None
    rest: Rest | None = None
    about: Passage | None = None


@dataclass(slots=True)
class Drafts:
    """All that stands in a file."""

    format: str
    content: InitVar[bytes]
    questions: list[Draft] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: str = ""
    digest: str = field(init=False)

    def __post_init__(self, content: bytes) -> None:
        self.digest = sha256(content).hexdigest()[:20]

    def identifier(self, number: int, kind: str = "") -> str:
        """A name for what has none: the same file gives the same names."""
        return f"urn:weike:{self.format}:{self.digest}:{kind}{number}"


def finished(drafts: Drafts) -> Reading:
    """The records of what was read; a question that cannot be asked has its problem.

    Raises:
        NoQuestions: there is nothing in the file.
        TooManyQuestions: there is more than is read at once.
    """
    if not drafts.questions:
        raise NoQuestions
    if len(drafts.questions) > MOST_QUESTIONS:
        raise TooManyQuestions(limit=MOST_QUESTIONS)
    notes = list(drafts.notes)
    stimuli = _stimuli(drafts, notes)
    return Reading(
        questions=_questions(drafts, {one.identifier for one in stimuli}),
        stimuli=stimuli,
        notes=notes,
        title=drafts.title,
    )


def with_rest(
    render: Callable[[Mapping[str, Rest]], bytes],
    read: Callable[[bytes], Drafts],
    records: Sequence[ItemRecord],
    stimuli: Sequence[StimulusRecord],
) -> bytes:
    """What *render* makes of the questions once it is told the rest of each, by identifier."""
    return render(rests_of(render, read, records, stimuli))


def rests_of(
    render: Callable[[Mapping[str, Rest]], bytes],
    read: Callable[[bytes], Drafts],
    records: Sequence[ItemRecord],
    stimuli: Sequence[StimulusRecord],
) -> dict[str, Rest]:
    """What the format has no place for, of each question and of what they are about."""
    every: list[ItemRecord | StimulusRecord] = [*records, *stimuli]
    plain = read(render({one.identifier: Rest(one.identifier) for one in every}))
    said = {one.rest.identifier: _plain(one) for one in plain.questions if one.rest}
    said |= {one.rest.identifier: _NO_PASSAGE | one.fields for one in plain.passages if one.rest}
    return {
        one.identifier: rest_of(one.identifier, one.model_dump(mode="json"), said.get(one.identifier, {}))
        for one in every
    }


def excerpt_of(text: str) -> str:
    """How a question begins, on one line."""
    return " ".join(text[: 4 * LONGEST_EXCERPT].split())[:LONGEST_EXCERPT]


def label(draft: Draft, tags: Sequence[str]) -> None:
    """Take the *tags* of a question: those that were written here are its knowledge points."""
    found = list(dict.fromkeys(one for one in tags if one))
    if found and draft.rest:
        draft.fields["knowledge_points"] = found[:20]
    elif found:
        draft.told.dropped("tags", "tags", names=", ".join(found)[:300])


def check_size(content: bytes) -> None:
    """Refuse a file that is larger than is read at once.

    Raises:
        FileTooLarge: it is.
    """
    if len(content) > LARGEST_MB << 20:
        raise FileTooLarge(limit=LARGEST_MB)


def _plain(draft: Draft) -> dict[str, Any]:
    """All fields of a question as the format says them."""
    about = draft.about.rest.identifier if draft.about and draft.about.rest else ""
    return _NOTHING | {"stimulus": about} | draft.fields


def _stimuli(drafts: Drafts, notes: list[Note]) -> list[StimulusRecord]:
    found: dict[str, StimulusRecord] = {}
    for number, one in enumerate(drafts.passages, start=1):
        fields = _NO_PASSAGE | one.fields | {"identifier": drafts.identifier(number, "s")}
        tries = [fields]
        if one.rest:
            tries.insert(0, restored(fields, one.rest)[0])
        for attempt in tries:
            try:
                record = StimulusRecord.model_validate(attempt)
            except ValidationError:
                continue
            if record.identifier not in found:
                found[record.identifier] = record
            one.fields["identifier"] = record.identifier
            break
        else:
            one.fields["identifier"] = ""
            notes.append(Note(Fate.DROPPED, "description", "passage", {"line": one.place}))
        if one.rest is None:
            notes += [note for note in one.told.notes if note.fate is not Fate.KEPT]
    return list(found.values())


def _questions(drafts: Drafts, known: set[str]) -> list[ReadQuestion]:
    taken: set[str] = set()
    return [
        _question(draft, drafts.identifier(number), known, taken)
        for number, draft in enumerate(drafts.questions, start=1)
    ]


def _question(draft: Draft, identifier: str, known: set[str], taken: set[str]) -> ReadQuestion:
    record, problem = None, draft.problem
    if problem is None or draft.rest:
        # What a format can hardly say may still be whole together with its rest.
        try:
            record, problem = _record(draft, identifier, known), None
        except DomainError as refusal:
            problem = problem or refusal
    if record is not None and record.identifier in taken:
        draft.told.changed("identifier", "taken", identifier=record.identifier)
        record = record.model_copy(update={"identifier": identifier})
    if record is not None:
        taken.add(record.identifier)
    return ReadQuestion(draft.place, draft.excerpt, record, problem, tuple(draft.told.notes))


def _record(draft: Draft, identifier: str, known: set[str]) -> ItemRecord:
    """The record of a question, with its rest if they go together.

    Raises:
        DomainError: it cannot be asked.
    """
    about = draft.about.fields.get("identifier", "") if draft.about else ""
    plain = _NOTHING | {"stimulus": about} | draft.fields | {"identifier": identifier}
    if draft.rest is None:
        return valid(plain)
    whole, edited = restored(plain, draft.rest)
    if edited:
        draft.told.changed("weike", "edited", parts=", ".join(edited))
    if whole["stimulus"] and whole["stimulus"] not in known:
        whole["stimulus"] = about
    try:
        return valid(whole)
    except DomainError:
        draft.told.changed("weike", "edited", parts=", ".join(draft.rest.parts))
        return valid(plain | {"identifier": draft.rest.identifier})


def valid(fields: Mapping[str, Any]) -> ItemRecord:
    """The record of *fields*.

    Raises:
        BadItem: what the kind of the question refuses.
        DoesNotFit: a part is not what it has to be.
    """
    try:
        return ItemRecord.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        cause = getattr(first.get("ctx", {}).get("error"), "__cause__", None)
        if isinstance(cause, DomainError):
            raise cause from error
        place = ".".join(str(part) for part in first["loc"]) or "question"
        raise DoesNotFit(field=place, reason=first["msg"].removeprefix("Value error, ")[:200]) from error
