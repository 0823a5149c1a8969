"""Parts of the shapes of interactions and keys."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONGEST_PROSE = 200_000


def _readable(text: str) -> str:
    if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
        message = "it holds control characters"
        raise ValueError(message)
    return text


Line = Annotated[str, AfterValidator(_readable)]
Prose = Annotated[str, Field(max_length=LONGEST_PROSE), AfterValidator(_readable)]
Id = Annotated[str, Field(min_length=1, max_length=16)]


class Part(BaseModel):
    """An object with these members and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Part):
    """Something to choose: ``id`` names it in keys and responses."""

    id: Id
    text: Annotated[Prose, Field(min_length=1)]


Choices = Annotated[list[Choice], Field(max_length=26)]


class Nothing(Part):
    """No members."""
