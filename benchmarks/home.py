"""The home page of each role with ten rows of everything behind it, and with a thousand.

Rows are homework (given, handed in, returned), lessons begun, knowledge points and answers. What may grow is
the time the database takes to find the newest few; the number of queries may not.
"""

from benchmarks.harness import Report, median, milliseconds, percentile, served_application
from core.database import transaction
from recommender.recommendations import tasks
from tests.browsers import Browser, signed_in_browser
from tests.busy import make_busy_class
from tests.statements import statements_of

FEW, MANY = 10, 1_000
ROUNDS = 40


def open_home(browser: Browser) -> None:
    """Open the page as a browser does."""
    answer = browser.get("/")
    if answer.status_code != 200:  # noqa: PLR2004 -- HTTP's own number
        raise SystemExit(answer.status)


def measure(rows: int) -> dict[str, tuple[int, list[float]]]:
    """For each role, the queries of its home and the milliseconds of each opening."""
    with served_application() as app:
        with app.app_context():
            with transaction():
                made = make_busy_class(rows)
            tasks.refresh(made.pupil_id)
        found = {}
        for role, hat_id in made.hats.items():
            browser = signed_in_browser(app, hat_id)
            taken = milliseconds(lambda browser=browser: open_home(browser), rounds=ROUNDS)  # type: ignore[misc] # bound now
            with statements_of(app) as sent:
                open_home(browser)
            found[role] = len(sent), taken
        return found


def main() -> None:
    """Measure both amounts."""
    report = Report("home", f"Home pages with {FEW} and with {MANY:,} rows of everything behind them")
    few, many = measure(FEW), measure(MANY)
    for role in few:
        for rows, (queries, taken) in ((FEW, few[role]), (MANY, many[role])):
            report.add(
                role,
                rows=rows,
                queries=queries,
                p50_ms=median(taken),
                p95_ms=percentile(taken, 0.95),
            )
    ratios = ", ".join(f"{role} {median(many[role][1]) / median(few[role][1]):.1f}" for role in few)
    report.note(f"With a hundred times the rows a page takes so many times as long: {ratios}.")
    report.finish()


if __name__ == "__main__":
    main()
