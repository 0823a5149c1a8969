"""Read a source's list to its end, page by page; what is read is kept, and the next harvest goes on there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from core import clock
from core.database import db, transaction
from core.errors import DomainError
from library.harvests import services
from library.harvests.answers import Answer, Received, read_answer
from library.harvests.errors import (
    BrokenXml,
    CutOff,
    GoesRound,
    NoCommonForm,
    NoSuchSet,
    NotOai,
    Refused,
    Unreadable,
)
from library.harvests.models import HarvestRun, HarvestSource, Prefix
from library.harvests.outside import Fetch

PORTION = 100
"""Records a transaction."""
MOST_STALE_PAGES = 3
"""So many pages without anything that was not seen before, and the list is going round."""
MOST_RECORDS = 5_000_000
OVERLAP = timedelta(minutes=2)
"""What was being written there while we asked has a moment before the answer's: it is asked for again."""
SECONDS, DAY = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"
FINE = "YYYY-MM-DDThh:mm:ssZ"
Progress = Callable[[int, int], None]


def harvest(source_id: int, fetch: Fetch, *, namespace: str, on_progress: Progress) -> int:
    """Ask a source for everything since the last time; the id of the run, which says what came of it."""
    with transaction():
        source = db.session.get_one(HarvestSource, source_id)
        run = services.begin(source, now=clock.now())
        walk = _Walk(run.id, source_id, fetch, namespace, run.started_at, on_progress)
    problem: DomainError | None = None
    try:
        walk.to_the_end()
    except Unreadable as refusal:
        problem = refusal
    with transaction():
        run = db.session.get_one(HarvestRun, walk.run_id)
        if run.finished_at is None:
            source = db.session.get_one(HarvestSource, source_id)
            services.finish(run, source, problem, now=clock.now())
    return walk.run_id


@dataclass(slots=True)
class _Walk:
    run_id: int
    source_id: int
    fetch: Fetch
    namespace: str
    started_at: datetime
    on_progress: Progress
    tokens: set[str] = field(default_factory=set)
    """Those that were followed in this run."""
    seen: set[int] = field(default_factory=set)
    """Hashes of the identifiers that came in this run."""
    stale_pages: int = 0
    has_begun_anew: bool = False

    def to_the_end(self) -> None:
        """Read all pages.

        Raises:
            Unreadable: the source stops, or does not stop; the subclass says how.
        """
        granularity = self._ask_who_it_is()
        while True:
            source = self._source()
            token = source.token
            answer = self._page(self._list_address(source, granularity), source.key)
            if answer.error:
                if not self._can_go_on(answer, token):
                    return
                continue
            self._keep_place(answer, token, granularity)
            if not answer.token:
                return

    def _ask_who_it_is(self) -> str:
        """See that the source follows the protocol, and choose the form of records; its granularity."""
        source = self._source()
        identity = self._ask(source, {"verb": "Identify"})
        if not identity.granularity:
            raise NotOai(reason="it does not identify itself")
        if identity.name and source.name == source.url[:200]:  # nobody gave it a name
            with transaction():
                self._source().name = identity.name
        if not source.token:
            formats = self._ask(source, {"verb": "ListMetadataFormats"})
            prefix = next((one for one in Prefix if one.value in formats.prefixes), None)
            if prefix is None:
                raise NoCommonForm(known=", ".join(Prefix))
            with transaction():
                self._source().prefix = prefix.value
        return identity.granularity

    def _ask(self, source: HarvestSource, arguments: dict[str, str]) -> Answer:
        """A question without records in its answer."""
        answer = Answer()
        with self.fetch(_address(source.url, arguments), source.key) as content:
            for _record in read_answer(content, answer):
                pass
        if answer.error:
            raise Refused(oai_code=answer.error, reason=answer.reason)
        return answer

    def _list_address(self, source: HarvestSource, granularity: str) -> str:
        if source.token:
            return _address(source.url, {"verb": "ListRecords", "resumptionToken": source.token})
        arguments = {"verb": "ListRecords", "metadataPrefix": source.prefix}
        if source.harvested_until:
            day_or_second = source.harvested_until if granularity == FINE else source.harvested_until[:10]
            arguments["from"] = day_or_second
        if source.set_spec:
            arguments["set"] = source.set_spec
        return _address(source.url, arguments)

    def _page(self, address: str, key: str) -> Answer:
        """Take the records of a page; if it breaks off, those before the break are whole and are kept."""
        answer = Answer()
        news = 0
        portion: list[Received] = []
        with self.fetch(address, key) as content:
            records = read_answer(content, answer)
            try:
                while (one := next(records, None)) is not None:
                    news += self._is_news(one)
                    portion.append(one)
                    if len(portion) == PORTION:
                        self._take(portion, answer)
                        portion = []
            except BrokenXml:
                self._take(portion, answer)
                raise
        self._take(portion, answer)
        self.stale_pages = 0 if news else self.stale_pages + 1
        return answer

    def _is_news(self, one: Received) -> bool:
        number = hash(one.identifier)
        if number in self.seen:
            return False
        self.seen.add(number)
        return True

    def _take(self, portion: list[Received], answer: Answer) -> None:
        if not portion:
            return
        with transaction():
            run, source = self._run(), self._source()
            services.take(run, source, portion, namespace=self.namespace, now=clock.now())
            run.expected = max(run.expected, answer.expected)
            done, expected = run.records, run.expected
        self.on_progress(done, max(expected, done))

    def _can_go_on(self, answer: Answer, token: str) -> bool:
        """Whether an error of the protocol leads back to the beginning of the list; else it is its end.

        Raises:
            Refused: it is a refusal.
        """
        match answer.error:
            case "noRecordsMatch":
                self._keep_place(answer, token, FINE)
                return False
            case "badResumptionToken" if token and not self.has_begun_anew:
                # Tokens expire while a source is away. What came before is known and costs little to skip.
                self.has_begun_anew = True
                with transaction():
                    self._source().token = ""
                return True
            case "noSetHierarchy":
                raise NoSuchSet(set=self._source().set_spec)
            case _:
                raise Refused(oai_code=answer.error, reason=answer.reason)

    def _keep_place(self, answer: Answer, token: str, granularity: str) -> None:
        """Remember where the list goes on, and at its beginning, up to which moment it will tell."""
        goes_round = bool(answer.token) and (
            answer.token in self.tokens
            or self.stale_pages >= MOST_STALE_PAGES
            or self._run().records > MOST_RECORDS
        )
        self.tokens.add(answer.token)
        with transaction():
            source, run = self._source(), self._run()
            run.expected = max(run.expected, answer.expected)
            if not token:
                source.next_until = _until(answer.responded_at, clock.now(), granularity)
            source.token = "" if goes_round else answer.token
        if goes_round:
            raise GoesRound

    def _source(self) -> HarvestSource:
        """The source as it stands now.

        Raises:
            CutOff: another harvest of it has begun.
        """
        source = db.session.get_one(HarvestSource, self.source_id, populate_existing=True)
        if source.started_at != self.started_at:
            raise CutOff
        return source

    def _run(self) -> HarvestRun:
        return db.session.get_one(HarvestRun, self.run_id)


def _address(url: str, arguments: dict[str, str]) -> str:
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urlencode(arguments)}"


def _until(responded_at: str, now: datetime, granularity: str) -> str:
    """From when on the next harvest asks: by the source's clock, but never later than ours says."""
    try:
        there = datetime.strptime(responded_at, SECONDS).replace(tzinfo=UTC)
        moment = min(there, now) - OVERLAP
    except (ValueError, OverflowError):
        moment = now - timedelta(days=1)
    return moment.strftime(SECONDS) if granularity == FINE else moment.strftime(f"{DAY}T00:00:00Z")
