"""Pages and fragments of suggestions."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from recommender.recommendations import policy, queries, services
from recommender.recommendations.forms import WordForm
from recommender.recommendations.models import Recommendation
from recommender.recommendations.reasons import facts, sentence

bp = Blueprint("recommendations", __name__, url_prefix="/recommendations")
MOST_IN_FRAGMENT = 3
MOST_NOTED = 20


@bp.app_template_global("suggestion_facts")
def suggestion_facts(one: services.Suggestion) -> list[tuple[str, str]]:
    """The evidence of a suggestion, as label and value."""
    return facts(one.reason, one.evidence)


@bp.app_template_global("suggestion_reason")
def suggestion_reason(one: services.Suggestion) -> str:
    """The sentence of a suggestion."""
    return sentence(one.reason, one.evidence)


@bp.get("")
@allow(policy.may_get_suggestions)
def index() -> ResponseReturnValue:
    """All present suggestions."""
    hat, now = current_hat(), clock.now()
    return render_template(
        "recommender/recommendations/index.html",
        suggestions=services.suggestions_for(hat, now),
        is_personal=services.is_personal(hat, now),
    )


@bp.get("/next")
@allow(policy.may_get_suggestions)
def next_up() -> ResponseReturnValue:
    """A few suggestions, as a fragment for pages of lower floors."""
    hat, now = current_hat(), clock.now()
    return render_template(
        "recommender/recommendations/next_up.html",
        suggestions=services.suggestions_for(hat, now, MOST_IN_FRAGMENT),
        is_personal=services.is_personal(hat, now),
    )


@bp.post("/<int:recommendation_id>/word")
@allow(policy.may_get_suggestions)
def word(recommendation_id: int) -> ResponseReturnValue:
    """Take the pupil's word on a suggestion, or take it back."""
    form = WordForm()
    if form.validate_on_submit():
        with transaction():
            said_of = find(queries.own(current_hat()).where(Recommendation.id == recommendation_id))
            services.say(said_of, form.chosen(), now=clock.now())
    if "HX-Request" in request.headers:
        answered = find(
            queries.history(current_hat().person_id).where(Recommendation.id == recommendation_id)
        )
        return render_template(
            "recommender/recommendations/answered.html",
            suggestion_shown=services.suggestion_of(answered),
            word=answered.word,
        )
    return redirect(url_for(".index"))


@bp.post("/shown")
@allow(policy.may_get_suggestions)
def shown() -> ResponseReturnValue:
    """Remember which suggestions came before the pupil's eyes."""
    ids = request.form.getlist("id", type=int)[:MOST_NOTED]
    with transaction():
        services.note_shown(current_hat(), ids, clock.now())
    return "", 204


@bp.post("/<int:recommendation_id>/opened")
@allow(policy.may_get_suggestions)
def opened(recommendation_id: int) -> ResponseReturnValue:
    """Remember that the pupil followed a suggestion."""
    with transaction():
        followed = find(queries.own(current_hat()).where(Recommendation.id == recommendation_id))
        services.note_opened(followed, clock.now())
    return "", 204
