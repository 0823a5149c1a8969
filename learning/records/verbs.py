"""Verbs and object types of our statements, by their IRI (ADL vocabulary, xAPI Video Profile, cmi5)."""

from enum import StrEnum


class Verb(StrEnum):
    """What was done."""

    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
    PLAYED = "https://w3id.org/xapi/video/verbs/played"
    ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    OPENED = "http://activitystrea.ms/schema/1.0/open"
    SUBMITTED = "http://activitystrea.ms/schema/1.0/submit"
    SCORED = "http://adlnet.gov/expapi/verbs/scored"


class ObjectType(StrEnum):
    """What it was done to."""

    LESSON = "lesson"
    ITEM = "item"
    ASSIGNMENT = "assignment"
    RESOURCE = "resource"


ACTIVITY_TYPES = {
    ObjectType.LESSON: "https://w3id.org/xapi/video/activity-type/video",
    ObjectType.ITEM: "http://adlnet.gov/expapi/activities/cmi.interaction",
    ObjectType.ASSIGNMENT: "http://adlnet.gov/expapi/activities/assessment",
    ObjectType.RESOURCE: "http://adlnet.gov/expapi/activities/media",
}
"""The activity type's IRI of each object type."""

VIDEO = "https://w3id.org/xapi/video/extensions/"
"""Prefix of the Video Profile's extensions: ``played-segments``, ``progress``, ``time``, ``length``."""
EXTENSION = "https://w3id.org/weike/xapi/extensions/"
"""Prefix of our own extensions."""
