"""Take in a package, and read what came of it."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from wtforms.fields.choices import SelectChoice

from accounts.classes.grades import GRADES
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.files import files
from core.i18n import localized
from core.jobs import services as jobs
from core.jobs.queries import progress_of
from core.paging import newest_first, page_of_rows
from library.curriculum.models import Subject
from library.media.addresses import media_url
from library.packages import queries, services
from library.packages.errors import PROBLEMS
from library.packages.findings import Outcome
from library.packages.forms import PackageForm
from library.packages.models import ImportState, PackageImport
from library.packages.policy import may_import
from library.packages.sheet import csv_of
from library.packages.tasks import take
from library.packages.words import OUTCOME_LOOKS, OUTCOME_NAMES, PART_NAMES, sentence
from library.resources.models import Resource
from library.resources.queries import openable_by
from library.resources.words import grade_name

bp = Blueprint("packages", __name__)

LINES = 100


@bp.get("/library/packages")
@allow(may_import)
def index() -> ResponseReturnValue:
    """The packages that my school has taken in, the newest first."""
    page = newest_first(queries.imports_of(current_hat()), PackageImport.id, request.args.get("cursor"))
    return render_template("library/packages/index.html", page=page, problem_of=_problem)


@bp.get("/library/packages/new")
@allow(may_import)
def new() -> ResponseReturnValue:
    """An empty form."""
    return _new_page(_form())


@bp.post("/library/packages/new")
@allow(may_import)
def create() -> ResponseReturnValue:
    """Store the package and let a job read it."""
    form = _form()
    if not form.validate_on_submit():
        return _new_page(form), 422
    upload: FileStorage = form.package.data
    stored = files().put(upload.stream)
    with transaction():
        run, is_work = services.begin(
            stored, upload.filename or "", form.place(), actor=current_hat(), now=clock.now()
        )
        import_id = run.id
        if is_work:
            jobs.enqueue(take, key=f"packages.take:{import_id}", arguments={"import_id": import_id})
    return redirect(url_for(".show", import_id=import_id))


@bp.get("/library/packages/<int:import_id>")
@allow(may_import)
def show(import_id: int) -> ResponseReturnValue:
    """What came of every part of a package."""
    run = _found(import_id)
    outcome = _outcome()
    counts = {row[0]: row[1] for row in db.session.execute(queries.count_by_outcome(run.id))}
    return render_template(
        "library/packages/show.html",
        run=run,
        counts={one: counts.get(one, 0) for one in Outcome},
        outcome=outcome,
        page=page_of_rows(queries.parts_of(run.id, outcome), request.args.get("cursor"), LINES),
        outcome_names=OUTCOME_NAMES,
        outcome_looks=OUTCOME_LOOKS,
        part_names=PART_NAMES,
        sentence=sentence,
        **_standing(run),
    )


@bp.get("/library/packages/<int:import_id>/state")
@allow(may_import)
def state(import_id: int) -> ResponseReturnValue:
    """How far the import is: a fragment that asks again by itself."""
    run = _found(import_id)
    answer = current_app.make_response(
        render_template("library/packages/state.html", run=run, **_standing(run))
    )
    if run.state is not ImportState.WAITING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.get("/library/packages/<int:import_id>/report.csv")
@allow(may_import)
def report(import_id: int) -> ResponseReturnValue:
    """The whole report as CSV."""
    run = _found(import_id)
    return Response(
        csv_of(db.session.execute(queries.parts_of(run.id))),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="package-{run.id}.csv"'},
    )


@bp.get("/library/<int:resource_id>/files")
@allow(anyone_signed_in)
def of_resource(resource_id: int) -> ResponseReturnValue:
    """The pictures and documents that belong to a resource: a part of its page, or nothing."""
    hat, now = current_hat(), clock.now()
    resource: Resource = find(openable_by(hat).where(Resource.id == resource_id))
    shown = [
        (asset, media_url(asset, "", hat.person_id, now))
        for asset in db.session.scalars(queries.shown_files_of(resource.id))
    ]
    return render_template("library/packages/files.html", shown=shown) if shown else ""


def _found(import_id: int) -> PackageImport:
    run: PackageImport = find(queries.imports_of(current_hat()).where(PackageImport.id == import_id))
    return run


def _outcome() -> Outcome | None:
    named = request.args.get("outcome", "")
    return Outcome(named) if named in set(Outcome) else None


def _standing(run: PackageImport) -> dict[str, object]:
    waiting = run.state is ImportState.WAITING
    done, total = progress_of(take.name, import_id=run.id) if waiting else (0, 0)
    return {
        "done": done,
        "total": total,
        "problem": _problem(run),
    }


def _problem(run: PackageImport) -> str:
    """Why it was refused, in the reader's language."""
    refusal = PROBLEMS.get(run.problem)
    return str(refusal(**run.problem_details)) if refusal else ""


def _form() -> PackageForm:
    form = PackageForm()
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.subject_id.choices = [SelectChoice(one.id, localized(one)) for one in subjects]
    form.grade_from.choices = form.grade_to.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
    return form


def _new_page(form: PackageForm) -> str:
    return render_template(
        "library/packages/new.html", form=form, limit_mb=current_app.config["UPLOAD_LIMIT_MB"]
    )
