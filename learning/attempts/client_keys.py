"""Client keys as forms carry them."""

from uuid import UUID

from core.errors import Invalid


def read_client_key(text: str | None) -> UUID:
    """The key in a form's hidden field.

    Raises:
        Invalid: it was tampered with.
    """
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Invalid from error
