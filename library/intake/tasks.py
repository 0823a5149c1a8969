"""Jobs about imports of questions."""

from datetime import timedelta

from flask_babel import force_locale

from core import clock
from core.database import db
from core.i18n import DEFAULT_LANGUAGE, said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.intake import runs
from library.intake.models import QuestionImport


@task("intake.read", lease=timedelta(minutes=10), label=said("Reading questions"))
def read(import_id: int) -> None:
    """Read what was sent as questions; what is said of it is in the language of who sent it."""
    run = db.session.get(QuestionImport, import_id)
    with force_locale(run.language if run else DEFAULT_LANGUAGE):
        runs.read(import_id, report_progress, now=clock.now())
