"""Other people's files as records: which of their columns says what.

A mapping takes one line of a public data set and gives a record of the interchange format; the line
itself stays outside. Subjects that a mapping names are added where the curriculum has none of that code.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from library.interchange.errors import BadField, UnknownMapping

Line = Mapping[str, Any]
SUBJECTS = {
    "chinese": ("语文", "Chinese"),
    "math": ("数学", "Mathematics"),
    "english": ("英语", "English"),
    "physics": ("物理", "Physics"),
    "chemistry": ("化学", "Chemistry"),
    "biology": ("生物学", "Biology"),
    "history": ("历史", "History"),
    "geography": ("地理", "Geography"),
    "politics": ("道德与法治", "Morality and law"),
    "science": ("科学", "Science"),
    "music": ("音乐", "Music"),
    "art": ("美术", "Art"),
    "pe": ("体育与健康", "Physical education"),
    "it": ("信息科技", "Information technology"),
    "general": ("综合", "General"),
}
"""Code to names, for the subjects that mappings use."""
DYNASTIES = {"tang": "唐", "song": "宋"}
STAGE_GRADES = {"小学": (1, 6), "初中": (7, 9), "高中": (10, 12)}
_GRADES = {
    name: number
    for number, name in enumerate(
        (
            *("一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
            *("七年级", "八年级", "九年级", "高一", "高二", "高三"),
        ),
        start=1,
    )
}
_SUBJECT_WORDS = (
    ("语文", "chinese"), ("数学", "math"), ("英语", "english"), ("物理", "physics"), ("化学", "chemistry"),
    ("生物", "biology"), ("历史", "history"), ("地理", "geography"), ("道德与法治", "politics"),
    ("政治", "politics"), ("科学", "science"), ("音乐", "music"), ("美术", "art"), ("体育", "pe"),
    ("信息", "it"),
)  # fmt: skip
_OPENSTAX_WORDS = (
    ("physics", "physics"), ("chemistry", "chemistry"), ("algebra", "math"), ("statistics", "math"),
    ("history", "history"), ("liberty", "politics"),
)  # fmt: skip
_CC_BY, _CC_BY_NC_SA = "CC-BY-4.0", "CC-BY-NC-SA-4.0"


def mapping(name: str) -> Callable[[Line], dict[str, Any]]:
    """The mapping called *name*.

    Raises:
        UnknownMapping: there is none.
    """
    if name not in MAPPINGS:
        raise UnknownMapping(mapping=name, known=", ".join(sorted(MAPPINGS)))
    return MAPPINGS[name]


def poem(line: Line) -> dict[str, Any]:
    """A classical poem with its full text (chinese-poetry, MIT)."""
    title, author, text = _text(line, "title"), _text(line, "author"), _text(line, "text")
    dynasty = DYNASTIES.get(str(line.get("dynasty")), "")
    verses = text.replace("。", "。  \n").replace("？", "？  \n").replace("！", "！  \n").strip()
    return {
        "identifier": _named("poem", dynasty, title, author, text),
        "kind": "reading",
        "title": title[:300],
        "description": f"〔{dynasty}〕{author}" if dynasty else author,
        "keywords": [word for word in (author, f"{dynasty}诗" if dynasty else "", "古诗") if word],
        "language": "zh-Hant",
        "subject": "chinese",
        "grades": [1, 12],
        "licence": "MIT",
        "author": author[:200],
        "source": "chinese-poetry",
        "tier": "public",
        "minutes": max(1.0, round(len(text) / 150, 1)),
        "body": f"〔{dynasty}〕{author}\n\n{verses}",
    }


def khan_video(line: Line) -> dict[str, Any]:
    """A video lesson of Khan Academy (title and description; the video stays there)."""
    slug, topic = _text(line, "video_slug"), _text(line, "topic")
    return {
        "identifier": _named("khan", slug, str(line.get("topic_slug"))),
        "kind": "link",
        "title": _text(line, "title")[:300],
        "description": str(line.get("description") or ""),
        "keywords": [topic[:100]],
        "language": "en",
        "grades": [1, 12],
        "licence": _CC_BY_NC_SA,
        "author": "Khan Academy",
        "source": "Khan Academy",
        "tier": "public",
        "url": f"https://www.khanacademy.org/video/{slug}",
    }


def openstax_module(line: Line) -> dict[str, Any]:
    """A section of an OpenStax textbook (the beginning of its text)."""
    book = _text(line, "book")
    subject = next((code for word, code in _OPENSTAX_WORDS if word in book.casefold()), "general")
    return {
        "identifier": _named("openstax", _text(line, "id"), book),
        "kind": "reading",
        "title": f"{_text(line, 'title')} — {book}"[:300],
        "description": str(line.get("objectives") or "")[:1000],
        "keywords": [str(word)[:100] for word in line.get("keywords") or []][:50],
        "language": "en",
        "subject": subject,
        "grades": [7, 12],
        "licence": _CC_BY_NC_SA if "NC" in str(line.get("license")).upper() else _CC_BY,
        "author": "OpenStax",
        "source": f"OpenStax, {book}"[:300],
        "tier": "public",
        "body": _text(line, "text"),
    }


def textbook(line: Line) -> dict[str, Any]:
    """A textbook or a course of the national catalogues (what it is called; not the book)."""
    title = _text(line, "title")
    stage = str(line.get("stage") or line.get("level") or "")
    grade = _GRADES.get(str(line.get("grade") or ""))
    subject_name = str(line.get("subject") or "")
    subject = next((code for word, code in _SUBJECT_WORDS if word in subject_name), "general")
    edition = str(line.get("edition") or line.get("publisher") or "")
    grades = (grade, grade) if grade else STAGE_GRADES.get(stage, (1, 12))
    return {
        "identifier": _named(
            "textbook", str(line.get("id") or ""), title, edition, str(line.get("semester") or "")
        ),
        "kind": "document",
        "title": title[:300],
        "description": "，".join(
            part for part in (stage, subject_name, edition, str(line.get("grade") or "")) if part
        ),
        "keywords": [edition[:100]] if edition else [],
        "subject": subject,
        "grades": list(grades),
        "author": edition[:200],
        "source": "national textbook catalogue",
        "tier": "public",
    }


def _text(line: Line, name: str) -> str:
    value = line.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadField(field=name, reason="it is missing")
    return "".join(letter for letter in value.strip() if letter >= " " or letter == "\n")


def _named(kind: str, *parts: str) -> str:
    """A stable identifier: the same line gives the same one at each import."""
    return f"urn:{kind}:{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:24]}"


MAPPINGS: dict[str, Callable[[Line], dict[str, Any]]] = {
    "poems": poem,
    "khan": khan_video,
    "openstax": openstax_module,
    "textbooks": textbook,
}
"""By the name that the command takes."""
