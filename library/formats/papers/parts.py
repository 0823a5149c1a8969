"""Questions of several parts: apart where each can be answered for itself, whole where they are one work."""

from collections.abc import Iterator

from library.formats.papers.answers import answers_of_parts
from library.formats.papers.drafts import About, Draft
from library.formats.papers.lines import folded
from library.formats.papers.vocabulary import ABOUT, Field
from library.items.kinds.table import MARKED_BY_MACHINE

_SHARED = (Field.POINTS, Field.DIFFICULTY, Field.EASE, Field.SOURCE)
"""What a question says of all its parts."""


def parted(draft: Draft) -> Iterator[Draft]:
    """The questions that *draft* is: itself, or its parts, about what it says itself."""
    if not draft.parts:
        yield draft
        return
    _give_back(draft)
    answers = answers_of_parts(draft.said(Field.ANSWER), len(draft.parts))
    if not _stand_alone(draft, answers):
        yield _whole(draft)
        return
    about = _about(draft)
    ways = answers_of_parts(draft.said(Field.EXPLANATION), len(draft.parts))
    for place, part in enumerate(draft.parts):
        part.about, part.section = about, draft.section
        for name in _SHARED:
            if name in draft.fields:
                part.fields.setdefault(name, draft.fields[name])
        if answers:
            part.fields[Field.ANSWER] = [answers[place]]
        if ways:
            part.fields[Field.EXPLANATION] = [ways[place]]
        elif place == len(draft.parts) - 1 and draft.said(Field.EXPLANATION):
            part.fields.setdefault(Field.EXPLANATION, []).extend(draft.fields[Field.EXPLANATION])
        yield part


def _give_back(draft: Draft) -> None:
    """What stands below the last part is the whole question's, if no other part has the like."""
    last = draft.parts[-1]
    if len(draft.parts) > 1 and last.fields and not any(one.fields for one in draft.parts[:-1]):
        for name, lines in last.fields.items():
            draft.fields.setdefault(name, []).extend(lines)
        last.fields = {}


def _stand_alone(draft: Draft, answers: list[str] | None) -> bool:
    if any(one.choices or one.is_answered for one in draft.parts):
        return True
    is_about = any(word in folded(draft.stem_text).casefold() for word in ABOUT)
    is_marked = not draft.kinds or draft.kinds[0] in MARKED_BY_MACHINE
    return is_about or (answers is not None and is_marked)


def _about(draft: Draft) -> About | None:
    if not draft.stem_text:
        return draft.about
    above = [*draft.about.lines, ""] if draft.about else []
    return About(draft.place, [*above, *draft.stem])


def _whole(draft: Draft) -> Draft:
    """One question with all its parts."""
    for number, part in enumerate(draft.parts, start=1):
        draft.stem += [f"({number}) {part.stem_text}"]
        for name, lines in part.fields.items():
            draft.fields.setdefault(name, []).extend(lines)
    draft.parts = []
    return draft
