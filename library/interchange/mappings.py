"""Other people's files as records: which of their columns says what.

A mapping takes one line of a public data set and gives a record of the interchange format; the line
itself stays outside. Subjects that a mapping names are added where the curriculum has none of that code.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from library.interchange.errors import BeyondSchool, MissingField, NoText, UnknownMapping

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
    "morality": ("道德与法治", "Morality and law"),
    "politics": ("思想政治", "Ideology and politics"),
    "science": ("科学", "Science"),
    "music": ("音乐", "Music"),
    "art": ("美术", "Art"),
    "pe": ("体育与健康", "Physical education"),
    "it": ("信息科技", "Information technology"),
    "technology": ("劳动与技术", "Labour and technology"),
    "languages": ("其他语种", "Other languages"),
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
    ("生物", "biology"), ("历史", "history"), ("地理", "geography"), ("道德与法治", "morality"),
    ("政治", "politics"), ("科学", "science"), ("音乐", "music"), ("美术", "art"), ("艺术", "art"),
    ("体育", "pe"), ("信息", "it"), ("技术", "technology"), ("日语", "languages"), ("俄语", "languages"),
    ("法语", "languages"),
)  # fmt: skip
_OPENSTAX_WORDS = (
    ("physics", "physics"), ("chemistry", "chemistry"), ("algebra", "math"), ("statistics", "math"),
    ("history", "history"), ("liberty", "history"),
)  # fmt: skip
_KHAN_WORDS = {
    "chemistry": ("acid", "chemi", "atom", "redox", "periodic", "kinetic", "states of matter"),
    "biology": (
        *("biolog", "cell", "physiology", "disease", "genetic", "gene ", "evolution", "dna", "macromolecule"),
        *("membrane", "photosynthesis", "virus", "bacteria", "health", "brain", "biodiversity", "enzyme"),
        *("ecology", "biotech", "carbon", "history of life"),
    ),
    "physics": (
        *("force", "gravitation", "circuits", "electr", "fluids", "optics", "momentum", "dimensional motion"),
        *("waves", "quantum", "relativity", "thermodynamics", "work and energy", "physics", "discoveries"),
    ),
    "science": ("earth", "stars", "universe"),
}
"""Words of topics by subject; a topic with none of them is mathematics, the rest of that set."""
_GRADE_IN_SLUG = re.compile(r"\b([1-8])(?:st|nd|rd|th)(?:-grade)?\b")
_POSSESSIVE = re.compile(r"(?<=\w{3}) s\b")
"""What an apostrophe left in a title that was made of an address."""
_NOTE = re.compile(r"（[^（）]*）")
_NOT_A_WORD = re.compile(r"[^\w□]+")
_VERSE_END = re.compile(r"[。？！]+[」』》]*")
_SPECIAL = re.compile(r"([\\`*_$])")
"""Signs that would make something of a plain text that it does not mean: emphasis, code, formulas."""
_PICTOGRAPH = re.compile("[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_PARAGRAPH = 480
"""Characters after which a text that came without paragraphs gets a new one at the next sentence."""
_LAST_STAGE = "高中"
_BEYOND = "大学"
_HALVES = {"first": "上册", "second": "下册", "complete": "全一册"}
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
    """A classical poem with its full text (chinese-poetry, MIT).

    One that has no title is called by its first words.

    Raises:
        NoText: there is no verse in it.
    """
    author, text = _text(line, "author"), _text(line, "text")
    words = _NOT_A_WORD.split(_NOTE.sub("", text))
    if not any(words):
        raise NoText
    title = str(line.get("title") or "").strip() or next(filter(None, words))
    dynasty = DYNASTIES.get(str(line.get("dynasty")), "")
    poet = f"〔{dynasty}〕{author}" if dynasty else author
    verses = _verses(text)
    return {
        "identifier": _named("poem", dynasty, title, author, text),
        "kind": "reading",
        "title": title[:300],
        "description": f"{poet}：{verses[0][:200]}",
        "keywords": [word for word in (author, f"{dynasty}诗" if dynasty else "", "古诗") if word],
        "language": "zh-Hant",
        "subject": "chinese",
        "grades": [1, 12],
        "licence": "MIT",
        "author": author[:200],
        "source": "chinese-poetry",
        "tier": "public",
        "minutes": max(1.0, round(len(text) / 150, 1)),
        "body": f"{_escaped(poet)}\n\n" + "\n".join(map(_escaped, verses)),
    }


def khan_video(line: Line) -> dict[str, Any]:
    """A video lesson of Khan Academy (title and description; the video stays there).

    The set lists a video once for each topic it stands in; it is one resource.
    """
    slug, topic, place = _text(line, "video_slug"), _text(line, "topic"), str(line.get("topic_slug") or "")
    title = _POSSESSIVE.sub("’s", _text(line, "title"))
    grade = _GRADE_IN_SLUG.search(place)
    name = topic.casefold()
    return {
        "identifier": _named("khan", slug),
        "kind": "link",
        "title": (title[0].upper() + title[1:])[:300],
        "description": str(line.get("description") or "").replace("\xa0", " ").strip(),
        "keywords": [topic[:100]],
        "language": "en",
        "subject": next(
            (code for code, words in _KHAN_WORDS.items() if any(word in name for word in words)), "math"
        ),
        "grades": [int(grade[1]), int(grade[1])] if grade else [1, 12],
        "licence": _CC_BY_NC_SA,
        "author": "Khan Academy",
        "source": f"Khan Academy, {topic}"[:300],
        "tier": "public",
        "url": f"https://www.khanacademy.org/video/{slug}",
    }


def openstax_module(line: Line) -> dict[str, Any]:
    """A section of an OpenStax textbook (the beginning of its text)."""
    book = _text(line, "book")
    subject = next((code for word, code in _OPENSTAX_WORDS if word in book.casefold()), "general")
    title = _PICTOGRAPH.sub("", _text(line, "title")).strip()
    chapters = [str(name) for name in line.get("chapter") or []]
    return {
        "identifier": _named("openstax", _text(line, "id"), book),
        "kind": "reading",
        "title": f"{title} — {book}"[:300],
        "description": str(line.get("objectives") or "")[:1000] or " · ".join([book, *chapters])[:1000],
        "keywords": [str(word)[:100] for word in line.get("keywords") or []][:50],
        "language": "en",
        "subject": subject,
        "grades": [7, 12],
        "licence": _CC_BY_NC_SA if "noncommercial" in str(line.get("license")).casefold() else _CC_BY,
        "author": "OpenStax",
        "source": " · ".join([f"OpenStax, {book}", *chapters])[:300],
        "tier": "public",
        "body": _paragraphs(_text(line, "text")),
    }


def textbook(line: Line) -> dict[str, Any]:
    """A textbook or a course of the national catalogues (what it is called; not the book)."""
    title = _text(line, "title")
    stage = str(line.get("stage") or line.get("level") or "")
    if stage == _BEYOND:
        raise BeyondSchool
    grade_name = str(line.get("grade") or "")
    grade = _GRADES.get(grade_name) or (_GRADES.get(f"{grade_name[:2]}") if stage == _LAST_STAGE else None)
    subject_name = str(line.get("subject") or "")
    subject = next((code for word, code in _SUBJECT_WORDS if word in subject_name), "general")
    edition = str(line.get("edition") or line.get("publisher") or "")
    half = str(line.get("volume") or _HALVES.get(str(line.get("semester")), ""))
    said = (stage, subject_name, edition, grade_name, half, "仅书目信息")
    return {
        "identifier": _named(
            "textbook", str(line.get("id") or ""), title, edition, str(line.get("semester") or "")
        ),
        "kind": "document",
        "title": title[:300],
        "description": " · ".join(part for part in said if part not in {"", "unknown"}),
        "keywords": [edition[:100]] if edition else [],
        "subject": subject,
        "grades": [grade, grade] if grade else list(_stage_grades(stage)),
        "author": edition[:200],
        "source": "国家中小学智慧教育平台目录" if line.get("source") else "中小学教材书目",
        "tier": "public",
    }


def _stage_grades(stage: str) -> tuple[int, int]:
    """First and last grade of a stage; where five years of primary school come first, it moves by one."""
    is_five_four = "五" in stage
    first, last = STAGE_GRADES.get(stage[:2], (1, 12))
    if is_five_four:
        return (first, last - 1) if first == 1 else (first - 1, last)
    return first, last


def _verses(text: str) -> list[str]:
    """The poem in lines, one a sentence; what an editor remarks in brackets does not end a line."""
    ends = [found.span() for found in _NOTE.finditer(text)]
    verses, begun = [], 0
    for found in _VERSE_END.finditer(text):
        if any(start < found.start() < end for start, end in ends):
            continue
        verses.append(text[begun : found.end()].strip())
        begun = found.end()
    verses.append(text[begun:].strip())
    return [verse for verse in verses if verse]


def _paragraphs(text: str) -> str:
    """A text that came as one line, in paragraphs that can be read."""
    paragraphs: list[str] = []
    sentences: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        sentences.append(sentence)
        if sum(map(len, sentences)) > _PARAGRAPH:
            paragraphs.append(" ".join(sentences))
            sentences = []
    return "\n\n".join(map(_escaped, [*paragraphs, " ".join(sentences)])).strip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _text(line: Line, name: str) -> str:
    value = line.get(name)
    if not isinstance(value, str) or not value.strip():
        raise MissingField(field=name)
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
