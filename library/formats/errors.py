"""Why a file of questions, or one of its questions, is not taken."""

from typing import Self

from core.errors import DomainError, Invalid
from core.i18n import lazy
from library.packages.errors import PROBLEMS


class BadFile(Invalid):
    """The file as a whole cannot be read."""

    message = lazy("This file of questions cannot be read.")


class UnknownEncoding(BadFile):
    """Its letters are in no encoding that is known here."""

    message = lazy("The letters of this file cannot be read. Please save it as UTF-8.")


class UnreadableLetters(UnknownEncoding):
    """Letters of one line are in no known encoding, those of others are."""

    message = lazy("Line %(line)s: its letters cannot be read. Please save the whole file as UTF-8.")


class FileTooLarge(BadFile):
    """More than anybody has in one file of questions."""

    message = lazy("This file has more than %(limit)s MB. Please divide it.")


class LockedFile(BadFile):
    """It is encrypted."""

    message = lazy(
        "This file is protected with a password and cannot be read. Take the protection off, save it, "
        "and send that."
    )


class TooManyQuestions(BadFile):
    """More questions than are read at once."""

    message = lazy("This file holds more than %(limit)s questions. Please divide it.")


class NoQuestions(BadFile):
    """There is none in it."""

    message = lazy("There is no question in this file.")


class WrongFormat(BadFile):
    """It is something else than its name says."""

    message = lazy("This file is not in the format %(format)s.")


class BadPackage(BadFile):
    """A package or document that is broken, hostile or too large; ``refusal`` is the code of which."""

    @classmethod
    def because(cls, refusal: DomainError) -> Self:
        """The same in this room's words."""
        return cls(**refusal.details, refusal=refusal.code)

    def __str__(self) -> str:
        """The sentence of whoever tried to open it."""
        known = PROBLEMS.get(str(self.details.get("refusal")))
        return str(known(**self.details)) if known else super().__str__()


class NamesOtherFiles(BadFile):
    """XML that declares entities or other documents: made to do harm, or by mistake."""

    message = lazy("This file refers to other files or abbreviations (DOCTYPE, ENTITY). It is not read.")


class BadQuestion(Invalid):
    """One question cannot be read; the subclass says what is wrong with it."""

    message = lazy("This question cannot be read.")


class DoesNotFit(BadQuestion):
    """A part of it is not what it has to be."""

    message = lazy("“%(field)s” does not fit: %(reason)s")


class UnknownKind(BadQuestion):
    """Questions of this kind do not exist here."""

    message = lazy("Questions of the kind “%(kind)s” do not exist here.")


class DrawsNumbers(UnknownKind):
    """The other program draws its numbers in a way of its own."""

    message = lazy(
        "The other program draws the numbers of this question anew each time (%(kind)s). "
        "Please write it as a question with variants here."
    )


class WithoutWords(BadQuestion):
    """It asks nothing."""

    message = lazy("This question asks nothing in words.")


class WithoutKey(BadQuestion):
    """It has no right answer that can be read."""

    message = lazy("This question has no right answer that can be read.")


class UnbalancedBraces(BadQuestion):
    """A brace is opened and not closed, or the other way round."""

    message = lazy(
        "Line %(line)s: a brace { or } has no partner. A brace that is meant is written \\{ or \\}."
    )


class BrokenXml(BadQuestion):
    """A question that is not well-formed."""

    message = lazy("Line %(line)s: this is not well-formed XML.")


class CutShort(BadQuestion):
    """The file ends inside it."""

    message = lazy("Line %(line)s: the file ends in the middle of this question.")


class QuestionTooLarge(BadQuestion):
    """One question with more than anybody prints."""

    message = lazy(
        "Line %(line)s: this question has more than %(limit)s MB. Please make its pictures smaller."
    )


class UnreadableLine(BadQuestion):
    """A line that is neither a choice nor an answer."""

    message = lazy("Line %(line)s is neither a choice (A. …) nor the answer (ANSWER: A).")


class WithoutAnswerLine(BadQuestion):
    """An Aiken question without its answer."""

    message = lazy("Line %(line)s: the line “ANSWER: …” is missing.")


class UnknownLetter(BadQuestion):
    """The answer names no choice."""

    message = lazy("Line %(line)s: the answer “%(letter)s” is none of the choices.")


class SeveralInteractions(BadQuestion):
    """One item asks for something inside something else."""

    message = lazy("This item asks for one thing inside another (%(kinds)s). Please divide it.")


class AsksNothing(BadQuestion):
    """A text without a question."""

    message = lazy("This is a text that asks nothing. Please put it before the questions that are about it.")


class EmptyChoice(BadQuestion):
    """A choice without words."""

    message = lazy("A choice of this question has no words, and no picture that is in the file.")


class NotInThePackage(BadQuestion):
    """A file that the package names is not in it."""

    message = lazy("The file “%(name)s” is not in the package, or cannot be read.")


class CannotSay(Invalid):
    """A question says something that the format has no place for."""

    message = lazy("The format %(format)s has no place for questions of the kind “%(kind)s”.")
