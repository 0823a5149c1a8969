"""What stands beside a question: how hard it is, how long it takes, where it is from, what it is about."""

import re
from typing import Any

from library.formats.papers.lines import folded
from library.formats.papers.made import Made, Pictures
from library.formats.papers.vocabulary import DIFFICULTIES, Field
from library.items.texts import pictures_in

MOST_MINUTES = 600
LONGEST_SOURCE = 300
_STARS = re.compile(r"[★☆⭐✩]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BETWEEN_POINTS = re.compile(r"[;；、,，\n]+")


def add_facts(made: Made) -> None:
    """Add what the question says about itself."""
    if made.explanation:
        made.keep("explanation")
    if hint := made.draft.said(Field.HINT):
        made.values["hints"] = [hint]
        made.keep("hints")
    _add_difficulty(made)
    if said := made.draft.said(Field.MINUTES):
        found = _NUMBER.search(folded(said))
        if found and 0 < float(found[0]) <= MOST_MINUTES:
            made.values["minutes"] = float(found[0])
            made.keep("minutes")
        else:
            made.drop("minutes", "not-understood", value=said[:40])
    source = made.draft.said(Field.SOURCE) or made.stem.source
    if source:
        made.values["source"] = " ".join(source.split())[:LONGEST_SOURCE]
        made.keep("source")
    if named := made.draft.said(Field.POINTS):
        names = [one.strip() for one in _BETWEEN_POINTS.split(named) if one.strip()]
        made.change("knowledge_points", "by-name", names=names)
    if score := made.draft.said(Field.SCORE):
        made.drop("score", "set-when-assigned", value=score[:40])
    if made.draft.about:
        made.values["stimulus"] = made.draft.about.identifier
        made.keep("stimulus")


def _add_difficulty(made: Made) -> None:
    said = made.draft.said(Field.DIFFICULTY)
    if share := made.draft.said(Field.EASE):
        found = _NUMBER.search(folded(share))
        if found and float(found[0]) <= 1:
            made.values["difficulty"] = round(1 - float(found[0]), 2)
            made.change("difficulty", "from-share-right", value=share[:40])
            return
        said = said or share
    if not said:
        return
    value = difficulty_in(said)
    if value is None:
        made.drop("difficulty", "not-understood", value=said[:40])
    else:
        made.values["difficulty"] = value
        made.keep("difficulty")


def difficulty_in(said: str) -> float | None:
    """What words, stars or a share from 0 to 1 say of how hard a question is; None where they say nothing."""
    plain = folded(said).strip().casefold().removesuffix("题").strip("。.")
    if plain in DIFFICULTIES:
        return DIFFICULTIES[plain]
    if stars := _STARS.search(plain):
        full = sum(one in "★⭐" for one in stars[0])
        return round(min(1.0, max(0.0, (full - 0.5) / 5)), 2)
    found = _NUMBER.fullmatch(plain)
    return float(found[0]) if found and float(found[0]) <= 1 else None


def drawn(made: Made, pictures: Pictures) -> dict[str, Any]:
    """The pictures that the texts of the question name."""
    texts = [made.values["prompt"], made.values.get("explanation", "")]
    texts += [text for _letter, text in made.choices] + made.values.get("hints", [])
    names = dict.fromkeys(name for text in texts for name in pictures_in(text))
    shown = [pictures[name] for name in names if name in pictures]
    if shown:
        made.change("pictures", "described-by-number", count=len(shown))
    return {"pictures": shown}
