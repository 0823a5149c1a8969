"""The search for programs."""

from typing import Any

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in
from library.search import services
from library.search.current import engine
from library.search.engine import Order
from library.search.places import places
from library.search.schemas import SearchAnswer, SearchQuery
from library.search.summaries import summary_of
from library.search.wishes import understand

bp = APIBlueprint("search_api", __name__, url_prefix="/api/v1", tag="Library")


@bp.get("/library/resources")
@bp.input(SearchQuery, location="query", arg_name="asked")
@bp.output(SearchAnswer)
@bp.doc(summary="Find resources")
@allow(anyone_signed_in)
def find_resources(asked: SearchQuery) -> dict[str, Any]:
    """Find resources that the signed-in person may see.

    Words that name a grade, stage, book, subject, edition or kind filter. "Phrases" stand in quotes; what
    follows a minus sign or NOT is not wanted.
    """
    there = places()
    wish = understand(
        asked.q,
        subjects=there.subject_names,
        editions=there.edition_names,
        subject=asked.subject,
        grade=asked.grade,
        kind=asked.type,
        language=asked.language,
        order=Order(asked.sort),
        cursor=asked.cursor,
        edition=asked.edition,
        stage=asked.stage,
        half=asked.half,
        level=asked.level,
        end_user=asked.audience,
        feature=asked.accessibility,
    )
    found = services.find(engine(), current_hat(), wish, there)
    codes = there.subject_codes
    return {
        "total": found.total,
        "items": [summary_of(hit.resource, codes) for hit in found.hits],
        "facets": {
            "subject": found.subjects,
            "grade": found.grades,
            "type": found.kinds,
            "language": found.languages,
            "edition": found.editions,
            "audience": found.end_users,
            "accessibility": found.features,
        },
        "mended": found.mended,
        "relaxed": found.is_relaxed,
        "next": found.next,
    }
