"""What a merge moves, in words for people."""

from core.i18n import _, lazy

TABLE_NAMES = {
    "item_point": lazy("Questions, with every answer to them"),
    "prerequisite": lazy("Links to what is needed first"),
    "resource_point": lazy("Resources"),
    "stated_point": lazy("What people said that question sets are about"),
    "unit_point": lazy("Units of textbooks"),
}


def table_name(table: str) -> str:
    """What the rows of a table are; those of rooms above are named by their table."""
    return str(TABLE_NAMES[table]) if table in TABLE_NAMES else _("Records (%(table)s)", table=table)
