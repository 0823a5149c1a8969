"""Where to go after signing in: never to another site."""

from urllib.parse import urlsplit

HOME = "/"


def local_path(target: str | None, host: str) -> str:
    """*target* if it is a path here, or an address on *host*; otherwise the home page."""
    if not target or any(ord(character) <= ord(" ") or character == "\\" for character in target):
        return HOME
    try:
        parts = urlsplit(target)
    except ValueError:
        return HOME
    if parts.netloc and (parts.netloc != host or parts.scheme not in {"http", "https"}):
        return HOME
    if parts.scheme and not parts.netloc:
        return HOME
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return HOME
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
