"""Whether anything still names a kept file: files are kept by content, so several things may share one."""

from collections.abc import Collection, Iterator
from typing import Any, cast

from sqlalchemy import Select, Table, or_, select

from core.database import Model, db
from core.files import files


def is_named(sha256: str, *, aside: Collection[str] = ()) -> bool:
    """Whether a row names the file, in any table on whatever floor but those *aside*.

    A foreign hash that happens to stand in such a column keeps a file too long, and never too short.
    """
    return any(db.session.execute(one).first() for one in _asking(sha256, aside))


def forget_content(sha256: str) -> None:
    """Remove the file unless something names it. Call it when what named it is gone for good."""
    if not is_named(sha256):
        files().remove(sha256)


def _asking(sha256: str, aside: Collection[str]) -> Iterator[Select[Any]]:
    for mapper in Model.registry.mappers:
        table = cast("Table", mapper.local_table)
        columns = [column for column in table.columns if column.name.endswith("sha256")]
        if columns and table.name not in aside:
            yield select(columns[0]).where(or_(*(column == sha256 for column in columns))).limit(1)
