"""A resource in the words of schema.org, for search engines and other libraries (LearningResource)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import localized
from library.curriculum.models import KnowledgePoint, TextbookEdition, Unit, Volume
from library.resources.licences import licence_of
from library.resources.models import Resource
from library.resources.words import grades_name
from library.vocabularies.terms import vocabulary

AGE_BEFORE_GRADE = 5
"""Pupils of grade 1 are six years old, and turn seven in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the textbooks a resource belongs."""

    edition: TextbookEdition
    volume: Volume | None
    unit: Unit | None


def described(
    resource: Resource, points: Sequence[KnowledgePoint], place: Place | None, *, url: str
) -> dict[str, Any]:
    """*resource* as JSON-LD; what is not known is left out, and nothing says who edited the entry."""
    licence = licence_of(resource.licence)
    role = vocabulary("end_users")[resource.end_user.value].schema
    first, last = (grade + AGE_BEFORE_GRADE for grade in (resource.grade_from, resource.grade_to))
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": url,
        "url": url,
        "identifier": resource.identifier,
        "name": resource.title,
        "description": resource.description or resource.title,
        "keywords": resource.keywords,
        "inLanguage": resource.language,
        "learningResourceType": vocabulary("kinds")[resource.kind.value].schema,
        "educationalLevel": grades_name(resource.grade_from, resource.grade_to),
        "typicalAgeRange": f"{first}-{last + 1}",
        "about": localized(resource.subject) if resource.subject else "",
        "teaches": [{"@type": "DefinedTerm", "termCode": one.code, "name": localized(one)} for one in points],
        "timeRequired": _duration(resource.minutes),
        "numberOfPages": resource.pages,
        "license": (licence.url or str(licence.name)) if licence else resource.licence,
        "author": {"@type": _author_type(resource), "name": resource.author} if resource.author else None,
        "publisher": {"@type": "Organization", "name": resource.source} if resource.source else None,
        "datePublished": resource.created_at.date().isoformat(),
        "dateModified": resource.updated_at.isoformat(timespec="seconds"),
        "version": resource.version,
        "isAccessibleForFree": True,
        "audience": {
            "@type": "EducationalAudience",
            "educationalRole": role,
        },
        "accessibilityFeature": resource.accessibility,
        "isPartOf": _book(place) if place else None,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _duration(minutes: float | None) -> str:
    """Minutes as an ISO 8601 duration."""
    if not minutes:
        return ""
    seconds = round(minutes * 60)
    whole, rest = divmod(seconds, 60)
    return "PT" + (f"{whole}M" if whole else "") + (f"{rest}S" if rest or not whole else "")


def _author_type(resource: Resource) -> str:
    """Who is credited twice, as author and as source, is a house."""
    return "Organization" if resource.author == resource.source else "Person"


def _book(place: Place) -> dict[str, Any]:
    parts = (place.edition, place.volume, place.unit)
    return {"@type": "Book", "name": " ".join(localized(one) for one in parts if one)}
