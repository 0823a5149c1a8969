"""The style page, ``/style``: every macro alive, in both themes, for who builds pages. Not in production."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Flask, flash, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.settings import Environment
from core.access import allow, everyone
from core.i18n import lazy

bp = Blueprint("style", __name__)
_ICONS = Path(__file__).parents[1] / "frontend" / "icons.txt"


class SampleForm(FlaskForm):  # type: ignore[misc] # flask_wtf ships no types
    """One field of each kind."""

    title = StringField(lazy("Title"))
    subject = SelectField(
        lazy("Subject"),
        choices=[SelectChoice("math", lazy("Mathematics")), SelectChoice("chinese", lazy("Chinese"))],
    )
    answer = TextAreaField(lazy("Answer"))
    late = BooleanField(lazy("Take late work"))
    unit = RadioField(lazy("Unit"), choices=[SelectChoice("cm"), SelectChoice("m")])


def _form(prefix: str) -> SampleForm:
    form = SampleForm(MultiDict({f"{prefix}-unit": "m"}), prefix=prefix, meta={"csrf": False})
    form.title.errors = [str(lazy("This field is required."))]
    return form


@bp.get("/style")
@allow(everyone)
def index() -> ResponseReturnValue:
    """Every part of the look."""
    flash(str(lazy("Your homework was handed in.")), "success")
    icons = [line for line in _ICONS.read_text().splitlines() if line and not line.startswith("#")]
    return render_template(
        "app/style/index.html",
        forms={theme: _form(theme) for theme in ("light", "dark")},
        icons=icons,
        moment=datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
    )


def init_app(app: Flask) -> None:
    """Add the page where pages are built and tested; never in production."""
    if app.config["ENVIRONMENT"] != Environment.PRODUCTION:
        app.register_blueprint(bp)
