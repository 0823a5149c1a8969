"""Access to the library's resources and files."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import (
    ADMINISTRATORS,
    AT_SCHOOL,
    SCHOOL,
    SIGNED_IN,
    STAFF,
    TEACHER,
    Actor,
    anywhere,
    reach,
)

AN_UPLOAD = {"key": UUID(int=1)}

MEDIA: Expectations = {
    # The token was made for the pupil: nobody else gets in with it, not even her teacher.
    "GET media.file": Expectation(
        reach(own=frozenset({Actor.STUDENT})),
        at=lambda corner: {"token": corner.media_token, "asset_id": corner.asset_id},
    ),
    "GET media.received": Expectation(anywhere(STAFF), at=lambda _: AN_UPLOAD),
    "PUT media.append": Expectation(
        anywhere(STAFF),
        at=lambda corner: {"key": UUID(int=corner.class_id)},
        sends=lambda _: {"data": b"", "headers": {"Upload-Offset": "0"}},
    ),
}


def exercise(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.exercise_id}


RESOURCES: Expectations = {
    "GET curriculum.textbooks": Expectation(anywhere(SIGNED_IN)),
    "GET points.show": Expectation(anywhere(SIGNED_IN), at=lambda corner: {"point_id": corner.point_id}),
    "GET resources_api.resource": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=exercise),
    # The exercise is the school's own.
    "GET resources.show": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=exercise),
    "GET resources.key": Expectation(reach(own=TEACHER, other_class=TEACHER), at=exercise),
}


def reading(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.reading_id}


def wording(**more: object) -> Mapping[str, Any]:
    said = {
        "kind": "reading",
        "title": "移项",
        "subject_id": 0,
        "grade_from": 7,
        "grade_to": 7,
        "text": "移项要变号。",
    }
    return {"data": said | more}


# The reading is the school's own: its teachers write it together.
WRITING: Expectations = {
    "GET resources.ours": Expectation(anywhere(TEACHER)),
    "GET resources.new": Expectation(anywhere(TEACHER)),
    "POST resources.create": Expectation(anywhere(TEACHER), sends=lambda _: wording()),
    "GET resources.edit": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    "POST resources.save": Expectation(
        reach(own=TEACHER, other_class=TEACHER), at=reading, sends=lambda _: wording(version=1)
    ),
    "POST resources.release": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    "POST resources.withdraw": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
}

SEARCH: Expectations = {
    "GET search.index": Expectation(anywhere(SIGNED_IN)),
    "GET search.suggestions": Expectation(anywhere(SIGNED_IN)),
    "GET search_api.find_resources": Expectation(anywhere(SIGNED_IN)),
}

# Everybody keeps what they may open; the reading is the school's own. Teachers have a tray.
MARKS: Expectations = {
    "GET marks.of_resource": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=reading),
    "GET favourites.index": Expectation(anywhere(SIGNED_IN)),
    "POST favourites.add": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=reading),
    "POST favourites.remove": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=reading),
    "GET tray.index": Expectation(anywhere(TEACHER)),
    "GET tray.count": Expectation(anywhere(TEACHER)),
    "POST tray.add": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    "POST tray.remove": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    # In the teacher's own tray stands the reading of the own class.
    "POST tray.move": Expectation(reach(own=TEACHER), at=reading, sends=lambda _: {"data": {"to": "up"}}),
    "POST tray.note": Expectation(reach(own=TEACHER), at=reading, sends=lambda _: {"data": {"note": "导入"}}),
    "POST tray.empty": Expectation(anywhere(TEACHER)),
    "POST tray.put_back": Expectation(anywhere(TEACHER), sends=lambda _: {"data": {"undo": "1"}}),
}


def collection(corner: Corner) -> Mapping[str, Any]:
    return {"collection_id": corner.collection_id}


def kept_search(corner: Corner) -> Mapping[str, Any]:
    return {"collection_id": corner.kept_search_id}


def removed_collection(corner: Corner) -> Mapping[str, Any]:
    return {"collection_id": corner.removed_collection_id}


def entry(corner: Corner) -> Mapping[str, Any]:
    return {"collection_id": corner.collection_id, "resource_id": corner.reading_id}


CURATORS = TEACHER | SCHOOL
CURATED = reach(own=CURATORS, other_class=CURATORS)
OPEN_AT_SCHOOL = reach(own=AT_SCHOOL, other_class=AT_SCHOOL)
ABOUT_IT = {"title": "移项", "tier": "personal", "subject_id": 0, "grade_from": 7, "grade_to": 7}
COVER = {"tone": "jade", "picture": "folder"}

# The collections are the school's own and shared: its teachers and its administrator look after them.
COLLECTIONS: Expectations = {
    "GET collections.index": Expectation(anywhere(SIGNED_IN)),
    "GET collections_api.collections": Expectation(anywhere(SIGNED_IN)),
    "GET collections.new": Expectation(anywhere(STAFF)),
    "POST collections.create": Expectation(anywhere(STAFF), sends=lambda _: {"data": ABOUT_IT | COVER}),
    "POST collections.from_tray": Expectation(anywhere(TEACHER)),
    "GET collections.show": Expectation(OPEN_AT_SCHOOL, at=collection),
    "GET collections_api.collection": Expectation(OPEN_AT_SCHOOL, at=collection),
    "GET collections.count": Expectation(OPEN_AT_SCHOOL, at=kept_search),
    "POST collections.freeze": Expectation(CURATED, at=kept_search),
    "POST collections.to_tray": Expectation(reach(own=TEACHER, other_class=TEACHER), at=collection),
    "GET collections.edit": Expectation(CURATED, at=collection),
    "POST collections.save": Expectation(
        CURATED,
        at=collection,
        sends=lambda _: {"data": ABOUT_IT | COVER | {"tier": "school", "version": "1"}},
    ),
    "POST collections.share": Expectation(CURATED, at=collection),
    "POST collections.unshare": Expectation(CURATED, at=collection),
    "POST collections.remove": Expectation(CURATED, at=collection),
    "GET collections.removed": Expectation(CURATED, at=removed_collection),
    "POST collections.restore": Expectation(CURATED, at=removed_collection),
    "POST collections.add": Expectation(
        CURATED, at=collection, sends=lambda corner: {"data": {"resource_id": corner.reading_id}}
    ),
    "POST collections.move": Expectation(CURATED, at=entry, sends=lambda _: {"data": {"to": "up"}}),
    "POST collections.note": Expectation(
        CURATED, at=entry, sends=lambda _: {"data": {"note": "导入", "version": "1"}}
    ),
    "POST collections.take_out": Expectation(CURATED, at=entry),
    "POST collections.put_back": Expectation(CURATED, at=entry),
}


def import_order(corner: Corner) -> Mapping[str, Any]:
    return {"order_id": corner.import_order_id}


# An import belongs to the administrators of the organisation that ordered it: here, of the school.
ITS_ADMINISTRATOR = reach(own=SCHOOL, other_class=SCHOOL)
IMPORTS: Expectations = {
    "GET imports.index": Expectation(anywhere(ADMINISTRATORS)),
    "GET imports.template": Expectation(anywhere(ADMINISTRATORS), at=lambda _: {"suffix": "csv"}),
    "POST imports.order": Expectation(
        anywhere(ADMINISTRATORS), sends=lambda _: {"data": {"tier": "school"}}, status=422
    ),
    "GET imports.show": Expectation(ITS_ADMINISTRATOR, at=import_order),
    "GET imports.problems": Expectation(ITS_ADMINISTRATOR, at=import_order),
    "POST imports.carry_out": Expectation(ITS_ADMINISTRATOR, at=import_order),
    "POST imports.stop": Expectation(ITS_ADMINISTRATOR, at=import_order),
}

LIBRARY: Expectations = MEDIA | RESOURCES | WRITING | SEARCH | MARKS | COLLECTIONS | IMPORTS
