"""The tables that hold the search index where PostgreSQL is the engine; elsewhere they stay empty.

Like Whoosh's files they are a cache: made from the library's tables, and made anew when in doubt.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, Text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from core.database import Model
from core.privacy import Impersonal

LONGEST_WORD = 200


class SearchEntry(Model):
    """One resource as ``engine.Entry`` describes it. No foreign key: the index may lag behind the tables."""

    __tablename__ = "search_entry"
    __table_args__ = (Index(None, "words", postgresql_using="gin"),)
    __privacy__ = Impersonal("is a copy of teaching material, made to be searched")

    resource_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    """Each word once, with one of four weights."""
    subject: Mapped[int]
    grade_from: Mapped[int] = mapped_column(SmallInteger)
    grade_to: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    language: Mapped[int] = mapped_column(SmallInteger)
    edition: Mapped[int]
    half: Mapped[int] = mapped_column(SmallInteger)
    level: Mapped[int] = mapped_column(SmallInteger)
    end_user: Mapped[int] = mapped_column(SmallInteger)
    features: Mapped[int]
    audience: Mapped[int]
    author: Mapped[int]
    """Whose draft or own material it is; 0 if nobody told."""
    created: Mapped[int]
    """Minutes since 1970."""
    uses: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """People by grade."""


class SearchWord(Model):
    """A word, and in how many entries it stands."""

    __tablename__ = "search_word"
    __privacy__ = Impersonal("counts the words of teaching material")

    word: Mapped[str] = mapped_column(String(LONGEST_WORD), primary_key=True)
    entries: Mapped[int]
    public_entries: Mapped[int]
    """Of those that everybody sees: others' words are suggested to nobody."""


class SearchState(Model):
    """That there is an index, and which one: a single row."""

    __tablename__ = "search_state"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    __privacy__ = Impersonal("counts the versions of the search index")

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[int]
    vocabulary: Mapped[int]
    """Another number whenever the words that may be suggested change."""
