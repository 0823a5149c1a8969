"""What the API says and takes about sessions."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from accounts.people.models import Hat, Person


class Credentials(BaseModel):
    """Who wants to come in; ``hat_id`` chooses among several hats at once."""

    model_config = ConfigDict(extra="forbid")

    username: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=128)
    hat_id: int | None = None


class PersonOut(BaseModel):
    """The person who is signed in."""

    id: int
    username: str
    name: str
    name_en: str

    @classmethod
    def of(cls, person: Person) -> Self:
        """As the API shows *person*."""
        return cls(id=person.id, username=person.username, name=person.name, name_en=person.name_en)


class OrganisationOut(BaseModel):
    """Where a hat is worn."""

    id: int
    code: str
    kind: str
    name: str
    name_en: str


class HatOut(BaseModel):
    """A role in an organisation."""

    id: int
    role: str
    organisation: OrganisationOut

    @classmethod
    def of(cls, hat: Hat) -> Self:
        """As the API shows *hat*."""
        place = hat.organisation
        return cls(
            id=hat.id,
            role=hat.role,
            organisation=OrganisationOut(
                id=place.id, code=place.code, kind=place.kind, name=place.name, name_en=place.name_en
            ),
        )


class Me(BaseModel):
    """Who is signed in, which hats there are, and the one that is worn."""

    person: PersonOut
    hats: list[HatOut]
    hat: HatOut | None
    password_change_needed: bool


class SessionOut(Me):
    """A session that was just opened. Send ``csrf_token`` back as ``X-CSRFToken`` with every change."""

    csrf_token: str
