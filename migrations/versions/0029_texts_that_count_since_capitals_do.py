"""What teachers let count in formulas and units goes on to count, now that capitals make a difference there.

A text was kept without its capitals, and so stood for all that pupils had written in whatever case. Each of
these is a text of its own now; what they wrote is looked up and kept beside it.

Revision: 0029, after 0028.
"""

import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TELL_CAPITALS = {"quantity", "expression", "form"}
"""The kinds of answers in which they make a difference, and were kept without it."""

accepted_text = sa.table(
    "accepted_text",
    *(sa.column(one) for one in ("assignment_item_id", "blank", "text", "accepted_by_id")),
    sa.column("accepted_at", sa.DateTime(timezone=True)),
)
assignment_item = sa.table("assignment_item", sa.column("id"), sa.column("item_version_id"))
item_version = sa.table(
    "item_version", sa.column("id"), sa.column("kind"), sa.column("interaction", sa.JSON)
)
answer = sa.table("answer", sa.column("assignment_item_id"), sa.column("attempt_id"))
attempt = sa.table("attempt", sa.column("id"), sa.column("response", sa.JSON))


def upgrade() -> None:
    if op.get_context().as_sql:
        return  # statements alone cannot tell what pupils wrote
    connection = op.get_bind()
    rows = list(_rows_to_add(connection))
    if rows:
        connection.execute(sa.insert(accepted_text), rows)


def downgrade() -> None:
    """What was added stays: without capitals it says what stands beside it."""


def _rows_to_add(connection: sa.Connection) -> Iterator[dict[str, object]]:
    asked = (
        sa.select(accepted_text, item_version.c.interaction)
        .join(assignment_item, assignment_item.c.id == accepted_text.c.assignment_item_id)
        .join(item_version, item_version.c.id == assignment_item.c.item_version_id)
        .where(item_version.c.kind == "text_entry")
    )
    accepted = connection.execute(asked).mappings().all()
    there = {(one["assignment_item_id"], one["blank"], one["text"]) for one in accepted}
    for one in accepted:
        kinds = (one["interaction"] or {}).get("answers") or []
        if one["blank"] >= len(kinds) or kinds[one["blank"]] not in TELL_CAPITALS:
            continue
        for text in _written(connection, one["assignment_item_id"], one["blank"], one["text"]):
            place = (one["assignment_item_id"], one["blank"], text)
            if place not in there:
                there.add(place)
                columns = {name: one[name] for name in accepted_text.c.keys()}
                yield columns | {"text": text}


def _written(connection: sa.Connection, question_id: int, blank: int, text: str) -> Iterator[str]:
    """What pupils wrote that was *text* when capitals made no difference, as it is told apart now."""
    responses = (
        sa.select(attempt.c.response)
        .join(answer, answer.c.attempt_id == attempt.c.id)
        .where(answer.c.assignment_item_id == question_id)
    )
    for response in connection.scalars(responses):
        blanks = (response or {}).get("blanks") or []
        if blank < len(blanks) and _folded(str(blanks[blank])) == text:
            yield _folded(str(blanks[blank]), keeps_case=True)


# As texts are folded at this revision; numbers, which are kept by their value, have no capitals.

_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "‐": "-",
        "‑": "-", "。": ".", "、": ",", "×": "*", "÷": "/", "⁄": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    }
)
_SPACES = re.compile(r"\s+")
_NEEDLESS_SPACE = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_KEPT_SPACE = "\x1f"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUPERSCRIPT_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")


def _folded(text: str, *, keeps_case: bool = False) -> str:
    wide = _wide(text)
    cased = wide if keeps_case else _wide(wide.casefold())
    plain = _SPACES.sub(" ", cased.translate(_SAME)).strip().rstrip(".,;!").strip()
    if not plain:
        return _SPACES.sub("", cased).replace("。", ".")
    plain = _SPACE_BETWEEN_DIGITS.sub(_KEPT_SPACE, plain)
    return _NEEDLESS_SPACE.sub("", plain).replace(_KEPT_SPACE, " ")


def _wide(text: str) -> str:
    spaced = "".join(f" {c}" if unicodedata.decomposition(c).startswith("<fraction>") else c for c in text)
    powers = _SUPERSCRIPT_RUN.sub(lambda found: f"^{found[0].translate(_SUPERSCRIPTS)}", spaced)
    return unicodedata.normalize("NFKC", powers)
