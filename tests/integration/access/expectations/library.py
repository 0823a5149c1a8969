"""Access to the library's resources and files."""

import io
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from tests.factories.documents import pdf_bytes
from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import (
    ADMINISTRATORS,
    AT_SCHOOL,
    EVERYONE,
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


IN_THE_SCHOOL_AND_ABOVE = reach(
    own=SIGNED_IN,
    other_class=SIGNED_IN,
    other_school=ADMINISTRATORS - SCHOOL,
    other_district=frozenset({Actor.CITY}),
)
OF_SCHOOL_AND_ABOVE = reach(
    own=STAFF,
    other_class=STAFF,
    other_school=ADMINISTRATORS - SCHOOL,
    other_district=frozenset({Actor.CITY}),
)


RESOURCES: Expectations = {
    "GET curriculum.textbooks": Expectation(anywhere(SIGNED_IN)),
    "GET curriculum.unit": Expectation(anywhere(SIGNED_IN), at=lambda corner: {"unit_id": corner.unit_id}),
    "GET points.show": Expectation(anywhere(SIGNED_IN), at=lambda corner: {"point_id": corner.point_id}),
    # The exercise is the school's own; those above look after it.
    "GET resources_api.resource": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
    "GET resources.show": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
    "GET resources.facts": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
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
    "GET resources.places": Expectation(anywhere(TEACHER)),
    "GET resources.new": Expectation(anywhere(TEACHER)),
    "POST resources.create": Expectation(anywhere(TEACHER), sends=lambda _: wording()),
    "GET resources.edit": Expectation(reach(own=TEACHER, other_class=TEACHER), at=reading),
    "POST resources.save": Expectation(
        reach(own=TEACHER, other_class=TEACHER), at=reading, sends=lambda _: wording(version=1)
    ),
}


def about(name: str) -> Callable[[Corner], Mapping[str, Any]]:
    """The address of what the corner calls *name*, as ``resource_id``, ``request_id`` and so on."""
    parameter = name if name.removesuffix("_id") in {"request", "report", "pair"} else "resource_id"
    return lambda corner: {parameter: getattr(corner, name)}


TRUST: Expectations = {
    "GET trust.here": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=reading),
    "GET review.standing": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=reading),
    "GET review.index": Expectation(anywhere(STAFF)),
    # Only who answers for the school decides: an administrator, and teachers who are named.
    "GET review.show": Expectation(reach(own=SCHOOL, other_class=SCHOOL), at=about("request_id")),
    "POST review.decide": Expectation(
        reach(own=SCHOOL, other_class=SCHOOL),
        at=about("request_id"),
        sends=lambda _: {"data": {"decision": "return", "reason": "请补充例题"}},
    ),
    "POST review.submit": Expectation(
        reach(own=TEACHER | SCHOOL, other_class=TEACHER | SCHOOL), at=about("draft_id")
    ),
    "POST review.take_back": Expectation(
        reach(own=TEACHER | SCHOOL, other_class=TEACHER | SCHOOL), at=about("submitted_id")
    ),
    "GET review.withdrawal": Expectation(OF_SCHOOL_AND_ABOVE, at=reading),
    "POST review.withdraw": Expectation(
        OF_SCHOOL_AND_ABOVE, at=reading, sends=lambda _: {"data": {"reason": "过时了"}}
    ),
    # The school's administrator took it away: teachers do not bring it back.
    "POST review.restore": Expectation(
        reach(
            own=ADMINISTRATORS,
            other_class=ADMINISTRATORS,
            other_school=ADMINISTRATORS - SCHOOL,
            other_district=frozenset({Actor.CITY}),
        ),
        at=about("withdrawn_id"),
    ),
    "GET review.reviewers": Expectation(anywhere(SCHOOL)),
    "POST review.name_reviewer": Expectation(
        reach(own=SCHOOL, other_class=SCHOOL),
        sends=lambda corner: {"data": {"person_id": corner.colleague_id}},
    ),
    "POST review.dismiss_reviewer": Expectation(
        reach(own=SCHOOL, other_class=SCHOOL), at=lambda corner: {"person_id": corner.reviewer_id}
    ),
    "GET faults.new": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=reading),
    "POST faults.report": Expectation(
        IN_THE_SCHOOL_AND_ABOVE,
        at=reading,
        sends=lambda _: {"data": {"kind": "typo", "text": "第二行少了一个字"}},
    ),
    "GET faults.mine": Expectation(anywhere(SIGNED_IN)),
    "GET faults.index": Expectation(anywhere(STAFF)),
    # The teacher wrote what was reported in his own class, and answers for it with the school.
    "POST faults.answer": Expectation(
        reach(own=TEACHER | SCHOOL, other_class=SCHOOL),
        at=about("report_id"),
        sends=lambda corner: {
            "data": {
                f"report-{corner.report_id}-state": "mended",
                f"report-{corner.report_id}-answer": "已更正",
            }
        },
    ),
    "GET duplicates.index": Expectation(anywhere(STAFF)),
    "POST duplicates.judge": Expectation(
        reach(own=TEACHER | SCHOOL, other_class=SCHOOL),
        at=about("pair_id"),
        sends=lambda _: {"data": {"keep": "both"}},
    ),
    "POST duplicates.search": Expectation(anywhere(ADMINISTRATORS)),
    "GET links.index": Expectation(anywhere(STAFF)),
}


def document(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.document_id}


DOCUMENTS: Expectations = {
    "GET documents.new": Expectation(anywhere(TEACHER)),
    "POST documents.create": Expectation(
        anywhere(TEACHER),
        sends=lambda _: {
            "data": {
                "subject_id": 0,
                "grade_from": 7,
                "grade_to": 7,
                "file": (io.BytesIO(pdf_bytes()), "a.pdf"),
            }
        },
    ),
    # Of what failed, who uploaded it says what becomes of it.
    "POST documents.replace": Expectation(
        reach(own=TEACHER), at=lambda corner: {"resource_id": corner.failed_id}
    ),
    "POST documents.discard": Expectation(
        reach(own=TEACHER), at=lambda corner: {"resource_id": corner.failed_id}
    ),
    "GET documents.state": Expectation(reach(own=TEACHER, other_class=TEACHER), at=document),
    "GET documents.file": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=document),
    "GET documents.page": Expectation(
        reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=lambda corner: document(corner) | {"number": 1}
    ),
    "GET documents.picture": Expectation(
        reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=lambda corner: {"resource_id": corner.picture_id}
    ),
    "GET documents.sound": Expectation(
        reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=lambda corner: {"resource_id": corner.recording_id}
    ),
    "GET documents.video": Expectation(
        reach(own=AT_SCHOOL, other_class=AT_SCHOOL),
        at=lambda corner: {"resource_id": corner.video_id, "name": "master.m3u8"},
    ),
    "GET documents.pages": Expectation(reach(own=AT_SCHOOL, other_class=AT_SCHOOL), at=document),
}


def played(corner: Corner) -> Mapping[str, Any]:
    return {"resource_id": corner.played_id}


def in_the_sandbox(corner: Corner) -> Mapping[str, Any]:
    return played(corner) | {"token": corner.player_token}


# A sandbox has no cookies: the token says who asks, and is looked at as her own sign-in would be.
PLAYERS: Expectations = {
    "GET players.begin": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=played),
    "GET players.page": Expectation(anywhere(EVERYONE), at=in_the_sandbox),
    "GET players.file": Expectation(
        anywhere(EVERYONE), at=lambda corner: in_the_sandbox(corner) | {"name": "content/content.json"}
    ),
}

SEARCH: Expectations = {
    "GET search.index": Expectation(anywhere(SIGNED_IN)),
    "GET search.suggestions": Expectation(anywhere(SIGNED_IN)),
    "GET search_api.find_resources": Expectation(anywhere(SIGNED_IN)),
}

# Everybody keeps what they may open; the reading is the school's own. Teachers have a tray.
MARKS: Expectations = {
    "GET marks.of_resource": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=reading),
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
# A teacher's import lands as drafts; she sees her own, and her school's administrators all of the school's.
ITS_IMPORTERS = reach(own=TEACHER | SCHOOL, other_class=SCHOOL)
IMPORTS: Expectations = {
    "GET imports.index": Expectation(anywhere(STAFF)),
    "GET imports.template": Expectation(anywhere(STAFF), at=lambda _: {"suffix": "csv"}),
    "POST imports.order": Expectation(
        anywhere(STAFF), sends=lambda _: {"data": {"tier": "school"}}, status=422
    ),
    "GET imports.show": Expectation(ITS_IMPORTERS, at=import_order),
    "GET imports.problems": Expectation(ITS_IMPORTERS, at=import_order),
    "POST imports.carry_out": Expectation(ITS_IMPORTERS, at=import_order),
    "POST imports.stop": Expectation(ITS_IMPORTERS, at=import_order),
}


def channel(corner: Corner) -> Mapping[str, Any]:
    return {"import_id": corner.channel_import_id}


CHANNELS: Expectations = {
    "GET channels.index": Expectation(anywhere(ADMINISTRATORS)),
    "POST channels.order": Expectation(
        anywhere(ADMINISTRATORS), sends=lambda _: {"data": {"tier": "school"}}, status=422
    ),
    "GET channels.show": Expectation(ITS_ADMINISTRATOR, at=channel),
    "GET channels.report": Expectation(ITS_ADMINISTRATOR, at=channel),
    "POST channels.carry_out": Expectation(ITS_ADMINISTRATOR, at=channel),
    "POST channels.stop": Expectation(ITS_ADMINISTRATOR, at=channel),
}


def export(corner: Corner) -> Mapping[str, Any]:
    return {"export_id": corner.export_id}


# Who ordered a file has it, and the administrators of the organisation.
EXPORTS: Expectations = {
    "GET exports.index": Expectation(anywhere(ADMINISTRATORS)),
    "POST exports.order": Expectation(
        anywhere(ADMINISTRATORS), sends=lambda _: {"data": {"tiers": ["public"]}}
    ),
    "POST exports.of_collection": Expectation(
        reach(own=TEACHER | SCHOOL, other_class=TEACHER | SCHOOL), at=collection
    ),
    "GET exports.show": Expectation(ITS_IMPORTERS, at=export),
    "GET exports.file": Expectation(ITS_IMPORTERS, at=export),
    "GET exports.left_out": Expectation(ITS_IMPORTERS, at=export),
}


ITS_TEACHERS = reach(own=TEACHER, other_class=TEACHER)
BANKS: Expectations = {
    "GET banks.of_resource": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
    "GET banks.show": Expectation(ITS_TEACHERS, at=exercise),
    "GET banks.file": Expectation(
        ITS_TEACHERS, at=lambda corner: {"resource_id": corner.exercise_id, "name": "gift"}
    ),
}


def two_points(corner: Corner) -> Mapping[str, Any]:
    return {"merged": f"point-of-{corner.class_id}", "kept": "nothing"}


CITY, OFFICES = frozenset({Actor.CITY}), frozenset({Actor.CITY, Actor.DISTRICT})

# The curriculum is one for the whole city: its own administrators keep it.
MERGES: Expectations = {
    "GET merges.index": Expectation(anywhere(CITY)),
    "GET merges.preview": Expectation(anywhere(CITY), at=two_points, status=422, foreign=422),
    "POST merges.merge": Expectation(
        anywhere(CITY), sends=lambda corner: {"data": two_points(corner)}, status=422, foreign=422
    ),
    "POST merges.undo": Expectation(anywhere(CITY), at=lambda _: {"merge_id": 1}, status=404),
}


def a_public_page(corner: Corner) -> Mapping[str, Any]:
    return {"name": corner.public_name}


# What is public is for whoever asks; the school's own exercise has no public page to share.
SHOWCASE: Expectations = {
    "GET showcase.show": Expectation(anywhere(EVERYONE), at=a_public_page),
    "GET showcase.sitemap_index": Expectation(anywhere(EVERYONE)),
    "GET showcase.sitemap": Expectation(anywhere(EVERYONE), at=lambda _: {"number": 1}),
    "GET showcase.robots": Expectation(anywhere(EVERYONE)),
    "GET showcase.share": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
}


def wanted(corner: Corner) -> Mapping[str, Any]:
    return {"wanted_id": corner.wanted_id}


# A wish is of the whole city: who asked is not kept.
WANTED: Expectations = {
    "GET wanted.index": Expectation(anywhere(STAFF)),
    "POST wanted.note": Expectation(anywhere(SIGNED_IN), sends=lambda _: {"json": {"q": "量子"}}),
    "POST wanted.dismiss": Expectation(anywhere(STAFF), at=wanted),
    "POST wanted.bring_back": Expectation(anywhere(STAFF), at=wanted),
}


OAI: Expectations = {
    "GET oai.answer": Expectation(anywhere(EVERYONE)),
    "POST oai.answer_form": Expectation(anywhere(EVERYONE), sends=lambda _: {"data": {"verb": "Identify"}}),
    "GET oai.schema": Expectation(anywhere(EVERYONE)),
}


def source(corner: Corner) -> Mapping[str, Any]:
    return {"source_id": corner.source_id}


def conflict(corner: Corner) -> Mapping[str, Any]:
    return {"conflict_id": corner.conflict_id}


def plan(url: str) -> Mapping[str, Any]:
    return {"data": {"name": "省", "url": url, "tier": "local", "every_hours": "24"}}


# A source belongs to a district: who administers it or the city above may look after it.
ABOVE = reach(own=OFFICES, other_class=OFFICES, other_school=OFFICES, other_district=CITY)
EXCHANGE: Expectations = {
    "GET exchange.index": Expectation(anywhere(OFFICES)),
    "GET exchange.new": Expectation(anywhere(OFFICES)),
    "POST exchange.add": Expectation(
        anywhere(OFFICES), sends=lambda corner: plan(f"https://province.example/{corner.class_id}")
    ),
    "GET exchange.show": Expectation(ABOVE, at=source),
    "GET exchange.state": Expectation(ABOVE, at=source),
    "GET exchange.edit": Expectation(ABOVE, at=source),
    "POST exchange.save": Expectation(ABOVE, at=source, sends=lambda _: plan("")),
    "POST exchange.harvest_now": Expectation(ABOVE, at=source),
    "GET exchange.run": Expectation(ABOVE, at=lambda corner: {**source(corner), "run_id": corner.harvest_id}),
    "GET exchange.conflicts": Expectation(anywhere(OFFICES)),
    "GET exchange.conflict": Expectation(ABOVE, at=conflict),
    "POST exchange.decide": Expectation(ABOVE, at=conflict, sends=lambda _: {"data": {"decision": "ours"}}),
    "GET exchange.origin": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
    "GET offers.show": Expectation(anywhere(OFFICES)),
    "POST offers.add_partner": Expectation(anywhere(CITY), sends=lambda _: {"data": {"name": "省"}}),
    "POST offers.end_partner": Expectation(
        anywhere(CITY), at=lambda corner: {"partner_id": corner.partner_id}
    ),
}


def package(corner: Corner) -> Mapping[str, Any]:
    return {"import_id": corner.package_id}


# What a school takes in is seen by its teachers and its administrator.
AT_WORK = TEACHER | SCHOOL
PACKAGES: Expectations = {
    "GET packages.index": Expectation(anywhere(AT_WORK)),
    "GET packages.new": Expectation(anywhere(AT_WORK)),
    "POST packages.create": Expectation(
        anywhere(AT_WORK),
        sends=lambda corner: {
            "data": {
                "package": (io.BytesIO(b"no package"), "course.imscc"),
                "subject_id": corner.subject_id,
                "grade_from": 5,
                "grade_to": 6,
            }
        },
    ),
    "GET packages.show": Expectation(reach(own=AT_WORK, other_class=AT_WORK), at=package),
    "GET packages.state": Expectation(reach(own=AT_WORK, other_class=AT_WORK), at=package),
    # The exercise is the school's own, and so are its files.
    "GET packages.of_resource": Expectation(IN_THE_SCHOOL_AND_ABOVE, at=exercise),
    "GET packages.report": Expectation(reach(own=AT_WORK, other_class=AT_WORK), at=package),
}


def questions_sent(corner: Corner) -> Mapping[str, Any]:
    return {"import_id": corner.intake_id}


# What a teacher brings along is hers alone until she publishes it.
INTAKE: Expectations = {
    "GET intake.index": Expectation(anywhere(TEACHER)),
    "POST intake.send": Expectation(
        anywhere(TEACHER),
        sends=lambda corner: {
            "data": {
                "text": "1. 1+1=____",
                "subject_id": corner.subject_id,
                "grade_from": 7,
                "grade_to": 7,
            }
        },
    ),
    "GET intake.blank": Expectation(anywhere(TEACHER), at=lambda _: {"suffix": "txt"}),
    "GET intake.show": Expectation(reach(own=TEACHER), at=questions_sent),
    "GET intake.state": Expectation(reach(own=TEACHER), at=questions_sent),
    "GET intake.report": Expectation(reach(own=TEACHER), at=questions_sent),
    "POST intake.correct": Expectation(
        reach(own=TEACHER),
        at=lambda corner: {"import_id": corner.intake_id, "position": 1},
        sends=lambda _: {"data": {"source": "1. 2+2=____\n答案：4", "reading": 1}},
    ),
    "POST intake.rewrite": Expectation(
        reach(own=TEACHER),
        at=questions_sent,
        sends=lambda _: {"data": {"source": "1. 2+2=____\n答案：4", "reading": 1}},
    ),
    "POST intake.choose": Expectation(
        reach(own=TEACHER), at=questions_sent, sends=lambda _: {"data": {"wish-1": "skip", "reading": 1}}
    ),
    "POST intake.move": Expectation(
        reach(own=TEACHER),
        at=questions_sent,
        sends=lambda corner: {"data": {"subject_id": corner.subject_id, "grade_from": 8, "grade_to": 9}},
    ),
    "POST intake.take": Expectation(
        reach(own=TEACHER), at=questions_sent, sends=lambda _: {"data": {"draft_id": 0, "title": "练习"}}
    ),
    # Nothing was taken, so there is nothing to undo.
    "POST intake.undo": Expectation(reach(own=TEACHER), at=questions_sent, status=HTTPStatus.CONFLICT),
    "POST intake.discard": Expectation(reach(own=TEACHER), at=questions_sent),
}

LIBRARY: Expectations = (
    MEDIA
    | RESOURCES
    | WRITING
    | INTAKE
    | TRUST
    | SEARCH
    | MERGES
    | SHOWCASE
    | WANTED
    | CHANNELS
    | EXPORTS
    | BANKS
    | OAI
    | EXCHANGE
    | PACKAGES
    | DOCUMENTS
    | PLAYERS
    | MARKS
    | COLLECTIONS
    | IMPORTS
)
