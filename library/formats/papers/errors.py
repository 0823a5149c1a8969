"""What is not understood in a paper, in the words of whoever typed it."""

from core.i18n import lazy
from library.formats.errors import BadFile, BadQuestion


class NotUnderstood(BadQuestion):
    """A line that belongs to no question."""

    message = lazy(
        "Line %(line)s, “%(text)s”, belongs to no question. Begin a question with its number, such as “1.”."
    )


class NoStem(BadQuestion):
    """A number without a question."""

    message = lazy("Question %(number)s has no words. Write what is asked after its number.")


class ChoiceTwice(BadQuestion):
    """A letter that stands before two choices."""

    message = lazy(
        "Question %(number)s has the choice %(letter)s twice. Give each choice a letter of its own."
    )


class ChoiceSkipped(BadQuestion):
    """A letter that is missing between others."""

    message = lazy("Question %(number)s has no choice %(letter)s, but a later one. Check the letters.")


class ChoiceEmpty(BadQuestion):
    """A letter without words."""

    message = lazy("Choice %(letter)s of question %(number)s is empty.")


class AnswerMissing(BadQuestion):
    """Nothing says what is right."""

    message = lazy(
        "Question %(number)s has no answer. Add a line “Answer: …”, or make it a question that you mark "
        "yourself."
    )


class AnswerUnclear(BadQuestion):
    """An answer that names no choice."""

    message = lazy(
        "The answer “%(answer)s” of question %(number)s names no choice. Expected letters such as A or BD."
    )


class NotTrueOrFalse(BadQuestion):
    """An answer that is neither."""

    message = lazy("The answer “%(answer)s” of question %(number)s is neither true (√) nor false (×).")


class BlanksAndAnswers(BadQuestion):
    """Another number of blanks than of answers."""

    message = lazy(
        "Question %(number)s has %(blanks)s blanks, but %(answers)s answers. Separate the answers by "
        "semicolons."
    )


class NoSuchKind(BadQuestion):
    """A word for a kind that is not known, or that a paper has no way to write."""

    message = lazy("“%(text)s” names no kind of question that can be written here.")


class NotReadHere(BadQuestion):
    """Something of a Word file that cannot be read stands in a question."""

    message = lazy(
        "Question %(number)s holds something that cannot be read here: “%(what)s”. "
        "Write it in its place, formulas between dollar signs, or take it out."
    )


class UnevenDollars(BadQuestion):
    """A formula that has no end, or braces that do not match."""

    message = lazy(
        "In question %(number)s a formula is not closed: check the dollar signs and braces of “%(formula)s”."
    )


class AnswerOfNothing(BadQuestion):
    """An answer in a list for a question that is not there."""

    message = lazy("Line %(line)s answers question %(number)s, which is not there.")


class AnswersNotUnderstood(BadQuestion):
    """A line in a list of answers."""

    message = lazy(
        "Line %(line)s, “%(text)s”, is no answer to a question. Expected something like “1-5 ABCDA” or "
        "“6. 12”."
    )


class TooLongAPaper(BadFile):
    """More than a paper has."""

    message = lazy("The text is longer than %(limit)s lines of usual length. Please send it in parts.")


class NothingAsked(BadFile):
    """No text at all."""

    message = lazy("There is no question in it.")
