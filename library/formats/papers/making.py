"""Questions of a paper as records: the key of each kind is read, and what became of each part noted."""

from collections.abc import Callable, Mapping

from library.formats.drafts import valid
from library.formats.papers import keys, stems
from library.formats.papers.drafts import About, Draft
from library.formats.papers.errors import AnswerMissing, ChoiceEmpty, NoStem
from library.formats.papers.facts import add_facts, drawn
from library.formats.papers.kinds import kind_of
from library.formats.papers.made import Made, Pictures
from library.formats.papers.vocabulary import Field
from library.formats.reading import Note
from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord
from library.items.texts import pictures_in


def record_of(draft: Draft, pictures: Pictures) -> tuple[ItemRecord, list[Note]]:
    """The question that *draft* says, and what became of its parts.

    Raises:
        DomainError: it cannot be asked; the subclass says why.
    """
    draft.check_letters()
    draft.check_read()
    if not draft.stem_text and draft.about and draft.choices:
        # A blank of a cloze: its number stands in the text that it is about.
        draft.stem = [f"{draft.number}. ____"]
    if not draft.stem_text:
        raise NoStem(number=draft.number)
    for text in draft.all_texts():
        stems.check_formulas(text, draft.number)
    stem = stems.stem_of(draft.stem_text)
    made = Made(draft, stem, draft.said(Field.ANSWER), draft.said(Field.EXPLANATION), list(stem.notes))
    _find_answer(made)
    kind = kind_of(made)
    made.keep("prompt")
    _MAKERS.get(kind, _work)(made)
    add_facts(made)
    record = valid({"identifier": f"line-{draft.place}", "kind": kind, **made.values} | drawn(made, pictures))
    return record, made.notes


def recorded_about(about: About, pictures: Pictures) -> StimulusRecord:
    """What several questions are about, as a record.

    Raises:
        DomainError: it has no words, or its formulas have no end.
    """
    if not about.text:
        raise NoStem(number=str(about.place))
    stems.check_formulas(about.text, str(about.place))
    names = dict.fromkeys(pictures_in(about.text))
    return StimulusRecord(
        identifier=about.identifier,
        title=about.title,
        text=about.text,
        pictures=[pictures[name] for name in names if name in pictures],
    )


def _find_answer(made: Made) -> None:
    """Take an answer out of the words it is written into, or from the end of the explanation."""
    letters = "".join(letter for letter, _text in made.choices)
    if found := stems.answer_in_brackets(made.stem.text, letters):
        answer, text = found
        if not made.answer or keys.letters_in(made.answer) == answer or keys.truth_of(made.answer):
            made.answer, made.stem.text = made.answer or answer, text
            made.change("answer", "from-brackets", answer=answer)
    elif not letters and not made.answer and (filled := stems.filled_blanks(made.stem.text)):
        _fill(made, *filled)
    elif made.draft.kinds[:1] == (ItemKind.TEXT_ENTRY,) and not stems.blank_places(made.stem.text):
        words, made.stem.text = stems.gaps_as_blanks(made.stem.text)
        if words and not made.answer:
            _fill(made, words, made.stem.text)
    if not made.answer and (said := stems.answer_at_the_end(made.explanation)):
        made.answer = said
        made.change("answer", "from-explanation", answer=said)


def _fill(made: Made, answers: list[str], text: str) -> None:
    made.answer, made.stem.text = "；".join(answers), text
    made.change("answer", "from-underlined", answer=made.answer)


# What each kind takes


def _chosen(made: Made) -> None:
    for letter, text in made.choices:
        if not text:
            raise ChoiceEmpty(number=made.draft.number, letter=letter)
    _need_answer(made)
    made.values |= {
        "prompt": made.stem.text,
        "interaction": {"choices": [{"id": letter, "text": text} for letter, text in made.choices]},
        "correct": keys.letters_of(made.answer, made.choices, made.draft.number),
        "explanation": made.explanation,
    }
    made.keep("choices")
    _keep_answer(made)


def _judged(made: Made) -> None:
    _need_answer(made)
    made.values |= {
        "prompt": stems.without_room(made.stem.text),
        "correct": keys.truth(made.answer, made.draft.number),
        "explanation": made.explanation,
    }
    _keep_answer(made)


def _filled(made: Made) -> None:
    _need_answer(made)
    places = stems.blank_places(made.stem.text)
    texts, kinds = keys.accepted(keys.texts_of(made.answer, len(places), made.draft.number))
    interaction = {"answers": kinds} if any(one != "text" for one in kinds) else {}
    made.values |= {
        "prompt": stems.with_numbers(made.stem.text, places),
        "interaction": interaction,
        "correct": texts,
        "explanation": made.explanation,
    }
    _keep_answer(made)


def _counted(made: Made) -> None:
    _need_answer(made)
    places = stems.blank_places(made.stem.text)
    text = made.stem.text
    for begin, end in reversed(places):
        text = f"{text[:begin]}____{text[end:]}"
    made.values |= {
        "prompt": text,
        "correct": keys.number_of(made.answer),
        "explanation": made.explanation,
    }
    _keep_answer(made)


def _work(made: Made) -> None:
    """What a teacher marks: its answer is shown as the way to it."""
    texts = [one for one in (made.answer, made.explanation) if one]
    made.values |= {"prompt": _with_choices(made), "explanation": "\n".join(dict.fromkeys(texts))}
    if made.answer:
        made.change("answer", "as-explanation")


def _with_choices(made: Made) -> str:
    """The words with the choices below them, where the kind has no place for choices."""
    if not made.choices:
        return made.stem.text
    made.change("choices", "as-words")
    return "\n".join([made.stem.text, *(f"{letter}. {text}" for letter, text in made.choices)])


_MAKERS: Mapping[ItemKind, Callable[[Made], None]] = {
    ItemKind.CHOICE: _chosen,
    ItemKind.MULTIPLE_CHOICE: _chosen,
    ItemKind.TRUE_FALSE: _judged,
    ItemKind.TEXT_ENTRY: _filled,
    ItemKind.NUMERIC: _counted,
}


def _need_answer(made: Made) -> None:
    if not made.answer:
        raise AnswerMissing(number=made.draft.number)


def _keep_answer(made: Made) -> None:
    if not any(one.part == "answer" for one in made.notes):
        made.keep("answer")
