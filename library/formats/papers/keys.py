"""What a paper says is right, kind by kind: letters, true or false, texts for blanks."""

import re
from collections.abc import Sequence

from library.formats.papers.answers import answers_of_parts
from library.formats.papers.errors import AnswerUnclear, BlanksAndAnswers, NotTrueOrFalse
from library.formats.papers.lines import folded
from library.formats.papers.vocabulary import CASE_WORDS, FALSE_WORDS, TRUE_WORDS
from library.items.algebra.statements import statements_in
from library.items.algebra.tree import Unreadable
from library.items.kinds.blanks import AnswerKind, words_kind
from library.items.units import quantity_in

_LETTERS = re.compile(r"\s*(?:故?选|本题选)?\s*:?\s*\(?(?P<letters>[A-H](?:[\s,、;和与]*[A-H])*)(?![A-Za-z])")
_BETWEEN = (r"\s*[;；]\s*", r"\t+|\s{2,}", r"\s*\n\s*", r"\s*[,，、]\s*", r"\s+")
"""What may stand between the answers of several blanks, the clearest first."""
_CIRCLED = re.compile(r"[①-⑳]\s*")
_OR = re.compile(r"\s+/\s+")
_FORMULA = re.compile(r"\$[^$]+\$(?:\s*(?:或者?|or|并?且|and|和|[,，;；])\s*\$[^$]+\$)*")
"""One, or several of which one holds, or all."""
_MINDS_CASE = re.compile(rf"\s*[(（]\s*(?:{'|'.join(CASE_WORDS)})\s*[)）]\s*$", re.IGNORECASE)
_TOLERANCE = re.compile(r"(?P<value>[^±]+)±\s*(?P<tolerance>\d+(?:\.\d+)?)")


def letters_in(answer: str) -> str:
    """The letters that *answer* names, such as BD; empty where it names none."""
    found = _LETTERS.match(folded(answer).upper() if len(answer) == 1 else folded(answer))
    return "".join(sorted(set(re.sub(r"[^A-H]", "", found["letters"])))) if found else ""


def letters_of(answer: str, choices: Sequence[tuple[str, str]], number: str) -> list[str]:
    """The letters of the right choices; an answer may also say a choice's words.

    Raises:
        AnswerUnclear: it names none.
    """
    if found := letters_in(answer):
        return list(found)
    plain = " ".join(folded(answer).split()).rstrip(".。")
    for letter, text in choices:
        if " ".join(folded(text).split()).rstrip(".。") == plain:
            return [letter]
    raise AnswerUnclear(number=number, answer=answer[:40])


def truth_of(answer: str) -> str | None:
    """``true`` or ``false``, as *answer* says; None where it says neither."""
    word = folded(answer).strip().strip("().。!").casefold()
    return "true" if word in TRUE_WORDS else "false" if word in FALSE_WORDS else None


def truth(answer: str, number: str) -> list[str]:
    """The key of a statement.

    Raises:
        NotTrueOrFalse: *answer* says neither.
    """
    found = truth_of(answer)
    if found is None:
        raise NotTrueOrFalse(number=number, answer=answer[:40])
    return [found]


def texts_of(answer: str, blanks: int, number: str) -> list[list[str]]:
    """For each of the *blanks* the texts that it takes; without blanks, for as many as semicolons say.

    Raises:
        BlanksAndAnswers: there are more or fewer answers than blanks.
    """
    parts = _separated(answer, blanks)
    if len(parts) != max(blanks, 1) and blanks:
        raise BlanksAndAnswers(number=number, blanks=blanks, answers=len(parts))
    return [[text.strip() for text in _OR.split(part) if text.strip()] for part in parts]


def _separated(answer: str, count: int) -> list[str]:
    if count == 1:
        return [answer.strip()]
    if count and (parts := answers_of_parts(answer, count)):
        return parts
    if answer.strip().startswith("①"):
        return [one.strip().rstrip(";；,，") for one in _CIRCLED.split(answer) if one.strip()]
    found = [answer.strip()]
    for between in _BETWEEN:
        parts = [one for one in re.split(between, answer.strip()) if one]
        if len(parts) == count:
            return parts
        if len(found) == 1 and between in _BETWEEN[:2]:
            found = parts
        if not count:
            break
    return found


def accepted(texts: Sequence[list[str]]) -> tuple[list[list[str]], list[AnswerKind]]:
    """The accepted texts as a key has them, and what each blank takes.

    Formulas count by their value, numbers with a unit by their amount; that capitals count stands in brackets
    behind an answer.
    """
    keys: list[list[str]] = []
    kinds: list[AnswerKind] = []
    for alternatives in texts:
        said = [_MINDS_CASE.sub("", one) for one in alternatives]
        bare = [_bare(one) for one in said]
        quantities = [quantity_in(one) for one in bare]
        is_formula = bare != said and all(map(_is_formula, bare))
        if bare != said and all(quantities):
            kinds.append(AnswerKind.QUANTITY)
            keys.append(quantities)
            continue
        kinds.append(AnswerKind.EXPRESSION if is_formula else words_kind(minds_case=said != alternatives))
        keys.append(bare)
    return keys, kinds


def _bare(text: str) -> str:
    return text.replace("$", "").strip() if _FORMULA.fullmatch(text.strip()) else text


def _is_formula(text: str) -> bool:
    try:
        statements_in(text)
    except Unreadable:
        return False
    return True


def number_of(answer: str) -> dict[str, object]:
    """The key of a number, with how far off an answer may be."""
    plain = _bare(answer).replace("\\pm", "±")
    if found := _TOLERANCE.fullmatch(plain.strip()):
        return {"value": found["value"].strip(), "tolerance": float(found["tolerance"])}
    return {"value": plain.strip()}
