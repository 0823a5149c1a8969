"""Names of files that people take home."""

import re

LONGEST = 80
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
"""What file systems refuse, and what turns the direction of writing."""


def name_for_file(title: str) -> str:
    """*title* as any computer takes it for the name of a file; empty where nothing is left of it."""
    return _NO_NAME.sub(" ", title).strip(" .")[:LONGEST].strip(" .")
