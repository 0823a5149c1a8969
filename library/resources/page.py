"""What other rooms add to the page of a resource: fragments that the browser fetches."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class ResourcePage:
    """Endpoints of the fragments, each asked with ``resource_id``; rooms add theirs when they are wired."""

    actions: list[str] = field(default_factory=list)
    """Beside the title: what can be done with the resource."""
    asides: list[str] = field(default_factory=list)
    """Beside the text: what there is to know about the resource."""
