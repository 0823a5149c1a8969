"""What is read from a document, whatever its format."""

from dataclasses import dataclass

LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document says, and what it says of itself."""

    pages: int | None
    texts: tuple[str, ...]
    """Of each page, slide or sheet."""
    title: str = ""
    author: str = ""

    def text(self) -> str:
        """All of it, pages apart by form feeds, without what no database takes."""
        return "\f".join(one.replace("\f", " ").replace("\0", "") for one in self.texts)[:LONGEST_TEXT]
