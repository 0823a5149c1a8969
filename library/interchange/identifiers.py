"""What a resource is called between libraries: ``oai:NAMESPACE:IDENTIFIER`` (OAI identifier format).

A resource keeps the name that its first library gave it, wherever it is passed on to: so a library knows
its own when it comes back, and nothing goes round for ever.
"""

import hashlib
from urllib.parse import quote

LONGEST = 700
"""An identifier of 200 characters, each written as up to nine in an address, is cut by nobody."""
_UNCHANGED = ":;/?@&=+$,-_.!~*'()"


def oai_identifier(namespace: str, identifier: str) -> str:
    """The name between libraries of a resource that *namespace* was first to have."""
    return f"oai:{namespace}:{quote(identifier, safe=_UNCHANGED)}"


def namespace_of(identifier: str) -> str:
    """The namespace that an identifier names; empty where it has another form."""
    scheme, _, rest = identifier.partition(":")
    namespace, colon, _name = rest.partition(":")
    return namespace if scheme == "oai" and colon else ""


def namespace(configured: str, secret_key: str) -> str:
    """The library's own namespace: what is configured, else one that no other installation has."""
    return configured or f"w{hashlib.sha256(secret_key.encode()).hexdigest()[:12]}.weike"
