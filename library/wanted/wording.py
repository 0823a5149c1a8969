"""What of a search is kept, and what is not.

Children type searches, and tell a box what they would not tell a stranger.
"""

import re

from library.search.letters import squeezed
from library.wanted.models import LONGEST

SHORTEST = 2
MOST_WORDS = 8
"""More words than this are a story, not a topic."""
_PERSONAL = re.compile(
    r"\d[\d\s-]{4,}"  # telephones, identity cards, class and pupil numbers
    r"|@|://|www\."
    r"|(?:qq|微信|wechat|vx|电话|手机|身份证|密码|住址|家住|password|phone)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def kept(text: str) -> str:
    """*text* as it is counted; empty if it is not to be kept."""
    simple = squeezed(text)
    is_topic = SHORTEST <= len(simple) <= LONGEST and len(simple.split()) <= MOST_WORDS
    return simple if is_topic and _LETTER.search(simple) and not _PERSONAL.search(simple) else ""
