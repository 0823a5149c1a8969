"""What licences let others do, and the rule of export.

A record's licence is what its author wrote; it is never changed. Here it is recognised: shown by its name
with a link to its text, or shown as unknown. What is not known to be free to pass on stays in the house.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func

from core.i18n import lazy
from library.resources.models import Resource, ReviewState, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A known licence."""

    code: str
    """As SPDX spells it, where SPDX knows it."""
    name: object
    """Text, or what becomes text in the reader's language; so is the meaning."""
    meaning: object
    """What it lets others do, in a few words."""
    url: str = ""
    """Where its text stands; empty where there is none."""
    is_free_to_pass_on: bool
    """Whether a copy may be given to anyone who names the author and earns nothing with it."""
    spellings: tuple[str, ...] = ()
    """What people write for it, besides its code and name."""


_CC_TERMS = {
    "BY": lazy("share and change it; name the author"),
    "BY-SA": lazy("share and change it under the same licence; name the author"),
    "BY-NC": lazy("share and change it without earning from it; name the author"),
    "BY-NC-SA": lazy(
        "share and change it under the same licence and without earning from it; name the author"
    ),
    "BY-ND": lazy("share it unchanged; name the author"),
    "BY-NC-ND": lazy("share it unchanged and without earning from it; name the author"),
}
_CC_VERSIONS = ("4.0", "3.0", "2.5", "2.0")


def _creative_commons() -> Iterator[Licence]:
    for terms, meaning in _CC_TERMS.items():
        path = f"creativecommons.org/licenses/{terms.lower()}"
        for version in _CC_VERSIONS:
            yield Licence(
                code=f"CC-{terms}-{version}",
                name=f"CC {terms} {version}",
                meaning=meaning,
                url=f"https://{path}/{version}/",
                is_free_to_pass_on=True,
                spellings=(
                    f"http://{path}/{version}/",
                    f"http://{path}/{version}",
                    f"https://{path}/{version}/",
                    f"https://{path}/{version}",
                    f"https://{path}/{version}/deed.zh",
                ),
            )
        yield Licence(
            code=f"CC-{terms}",
            name=f"CC {terms}",
            meaning=meaning,
            url="https://creativecommons.org/share-your-work/cclicenses/",
            is_free_to_pass_on=True,
        )


LICENCES = (
    *_creative_commons(),
    Licence(
        code="CC0-1.0",
        name="CC0 1.0",
        meaning=lazy("do anything with it"),
        url="https://creativecommons.org/publicdomain/zero/1.0/",
        is_free_to_pass_on=True,
        spellings=(
            "CC0",
            "http://creativecommons.org/publicdomain/zero/1.0/",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
    ),
    Licence(
        code="PDM-1.0",
        name=lazy("Public domain"),
        meaning=lazy("nobody holds rights in it any more"),
        url="https://creativecommons.org/publicdomain/mark/1.0/",
        is_free_to_pass_on=True,
        spellings=("public domain", "PD", "公有领域", "公共领域"),
    ),
    Licence(
        code="MIT",
        name="MIT",
        meaning=lazy("share and change it; keep its notice"),
        url="https://opensource.org/license/mit",
        is_free_to_pass_on=True,
        spellings=("MIT License",),
    ),
    Licence(
        code="Apache-2.0",
        name="Apache 2.0",
        meaning=lazy("share and change it; keep its notice"),
        url="https://www.apache.org/licenses/LICENSE-2.0",
        is_free_to_pass_on=True,
        spellings=("Apache License 2.0",),
    ),
    Licence(
        code="BSD-3-Clause",
        name="BSD 3-Clause",
        meaning=lazy("share and change it; keep its notice"),
        url="https://opensource.org/license/bsd-3-clause",
        is_free_to_pass_on=True,
    ),
    Licence(
        code="GFDL-1.3",
        name="GNU FDL 1.3",
        meaning=lazy("share and change it under the same licence; name the author"),
        url="https://www.gnu.org/licenses/fdl-1.3.html",
        is_free_to_pass_on=True,
        spellings=("GFDL", "GFDL-1.3-or-later"),
    ),
    Licence(
        code="GPL-3.0",
        name="GNU GPL 3",
        meaning=lazy("share and change it under the same licence; name the author"),
        url="https://www.gnu.org/licenses/gpl-3.0.html",
        is_free_to_pass_on=True,
        spellings=("GPL-3.0-or-later", "GPL-3.0-only", "GPLv3"),
    ),
    Licence(
        code="city-only",
        name=lazy("Schools of this city only"),
        meaning=lazy("for lessons in this city; it may not be passed on"),
        is_free_to_pass_on=False,
        spellings=("仅限本市", "仅限本市学校", "Schools of this city only"),
    ),
    Licence(
        code="school-only",
        name=lazy("This school only"),
        meaning=lazy("for lessons in this school; it may not be passed on"),
        is_free_to_pass_on=False,
        spellings=("仅限本校", "校内使用", "This school only"),
    ),
    Licence(
        code="all-rights-reserved",
        name=lazy("All rights reserved"),
        meaning=lazy("it may not be passed on without asking"),
        is_free_to_pass_on=False,
        spellings=("All rights reserved", "版权所有", "保留所有权利", "保留所有權利"),
    ),
)
"""Those that are known; what the schools of a city use can be added here."""


def _folded(written: str) -> str:
    """Capitals, hyphens and underscores make no difference; :func:`_folded_column` does the same in SQL."""
    return written.strip().replace("-", " ").replace("_", " ").lower()


_BY_SPELLING = {
    _folded(written): licence
    for licence in LICENCES
    for written in (
        licence.code,
        *((licence.name,) if isinstance(licence.name, str) else ()),
        *licence.spellings,
    )
}
_FREE = tuple(sorted(written for written, licence in _BY_SPELLING.items() if licence.is_free_to_pass_on))

_HARVESTED = (Tier.PUBLIC, Tier.LOCAL)


def licence_of(written: str) -> Licence | None:
    """The licence that a record names, or None if it is not known or none is named."""
    return _BY_SPELLING.get(_folded(written))


def may_be_exported(resource: Resource) -> bool:
    """Whether a copy may leave the platform with whoever sees it: a file to download, a cartridge.

    It is published, in no personal collection, and under a licence that is known and lets others have it.
    """
    licence = licence_of(resource.licence)
    return (
        resource.review_state is ReviewState.PUBLISHED
        and resource.tier is not Tier.PERSONAL
        and licence is not None
        and licence.is_free_to_pass_on
    )


def may_be_harvested(resource: Resource) -> bool:
    """Whether it is offered to other cities, who ask without signing in: a school's collection is not."""
    return may_be_exported(resource) and resource.tier in _HARVESTED


def exportable() -> ColumnElement[bool]:
    """:func:`may_be_exported` as a condition of a query."""
    return (
        (Resource.review_state == ReviewState.PUBLISHED)
        & (Resource.tier != Tier.PERSONAL)
        & _folded_column().in_(_FREE)
    )


def harvestable() -> ColumnElement[bool]:
    """:func:`may_be_harvested` as a condition of a query."""
    return exportable() & Resource.tier.in_(_HARVESTED)


def _folded_column() -> ColumnElement[str]:
    plain = func.replace(func.replace(func.trim(Resource.licence), "-", " "), "_", " ")
    return func.lower(plain)
