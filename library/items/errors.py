"""What is refused about items and responses."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class BadResponse(Invalid):
    """The response does not fit the question; an unanswered one does."""

    message = lazy("This answer does not fit the question.")


class UnknownChoice(BadResponse):
    """A choice that the question does not offer."""

    message = lazy("The question does not offer the choice “%(choice)s”.")


class OneChoiceOnly(BadResponse):
    """Several choices where one is asked for."""

    message = lazy("Please choose one answer only.")


class TooManyBlanks(BadResponse):
    """More texts than the question has blanks."""

    message = lazy("The question has %(blanks)s blanks, but more were filled in.")


class TooLong(BadResponse):
    """A text that no answer needs."""

    message = lazy("An answer may have at most %(limit)s characters.")


class NotANumber(BadResponse):
    """A text that cannot be read as a number."""

    message = lazy("“%(text)s” is not a number. Write a number such as 3.5, −2 or 3/4, without words.")


class WrongUnit(BadResponse):
    """A number in another unit than the one that the question gives."""

    message = lazy("Please give the number in “%(unit)s”; the unit already stands beside the box.")


class BadItem(Invalid):
    """The question cannot be asked or marked as it stands."""

    message = lazy("The question is not complete.")


class BadKey(BadItem):
    """A key, or the response of a typical error, of another shape than the kind of the question has."""

    message = lazy("The key does not fit a question of the kind %(kind)s. %(reason)s")


class KeyMissing(BadItem):
    """Nothing is named as right."""

    message = lazy("The question has no right answer yet.")


class UnknownKey(BadItem):
    """The key names what the question does not offer."""

    message = lazy("The key names “%(choice)s”, which the question does not offer.")


class OneRightAnswer(BadItem):
    """Several right answers where one can be chosen."""

    message = lazy("A single choice has one right answer. Keep one, or make it a multiple choice.")


class TooFewChoices(BadItem):
    """Fewer choices than make a question."""

    message = lazy("At least %(fewest)s choices are needed.")


class SameChoice(BadItem):
    """Two choices that nobody can tell apart."""

    message = lazy("The choices “%(one)s” and “%(other)s” are the same.")


class BlankWithoutAnswer(BadItem):
    """A blank that nothing fits."""

    message = lazy("Blank %(number)s has no accepted answer.")


class KeyIsNoNumber(BadItem):
    """A number's key that is none."""

    message = lazy("“%(text)s” in the key is not a number.")


class KeyIsNoFormula(BadItem):
    """A formula in the key that cannot be read."""

    message = lazy("“%(text)s” in the key cannot be read as a formula, from “%(place)s” on.")


class KeyIsUnfinished(BadItem):
    """A formula in the key that ends, or is parted, where something has to follow."""

    message = lazy("“%(text)s” in the key is no whole formula: something is missing.")


class KeyIsTooLarge(BadItem):
    """A formula in the key that is longer than any at school."""

    message = lazy("“%(text)s” in the key is longer, or has more parts, than a formula may have.")


class KeyIsQuantity(BadItem):
    """A number with a unit where the key has to be a formula, in which letters stand for numbers."""

    message = lazy(
        "“%(text)s” in the key is a number with a unit. For this blank choose “A number with its unit”; "
        "a product of letters is written with dots."
    )


class BadParameters(BadItem):
    """Parameters of a variant that cannot be read."""

    message = lazy("The parameter “%(text)s” cannot be read. %(reason)s")


class NoVariant(BadItem):
    """Conditions that nothing fulfils."""

    message = lazy("No numbers were found for which “%(condition)s” holds. Change the ranges or that.")


class VariantIsWrong(BadItem):
    """Numbers that make a question which cannot be asked."""

    message = lazy("With %(values)s the question is wrong: %(reason)s Add a condition that rules this out.")


class NoKeyHere(BadItem):
    """A key for what a person marks."""

    message = lazy("A teacher marks this question, so it has no key. A model answer is its explanation.")


class BlanksDoNotFit(BadItem):
    """The blanks of the text are not those that are asked for."""

    message = lazy(
        "The text has %(found)s blanks, the key %(wanted)s. Write [[1]], [[2]] … once each, outside formulas."
    )


class KeyTwice(BadItem):
    """A key that takes twice what can be taken once."""

    message = lazy("“%(choice)s” is right in two places, but can be used only once.")


class OrderGivenAway(BadItem):
    """The things are shown in the right order already."""

    message = lazy("The things stand in the right order already. Mix them.")


class PictureMissing(BadItem):
    """No picture, or none that is described."""

    message = lazy("The question needs a picture, and words for whoever cannot see it.")


class PictureUnknown(BadItem):
    """A text that names a picture which is not there."""

    message = lazy("The text names the picture “%(name)s”, which the question does not have.")


class RegionOutside(BadItem):
    """A region that is none, or lies outside the picture."""

    message = lazy("Region %(number)s is no region of the picture.")


class RegionUnreadable(BadItem):
    """A region whose numbers cannot be read."""

    message = lazy(
        "The numbers of region %(number)s cannot be read. Write whole numbers, such as 120 80 260 190."
    )


class TooManyAnswers(BadResponse):
    """More answers than there are places for them."""

    message = lazy("There is room for %(places)s answers, but more were given.")


class ChosenTwice(BadResponse):
    """Something twice that can be taken once."""

    message = lazy("“%(choice)s” can be used only once.")


class OrderIncomplete(BadResponse):
    """Some of the things have no place."""

    message = lazy("Please give everything a place.")


class OutsidePicture(BadResponse):
    """A point beside the picture."""

    message = lazy("A point lies outside the picture.")


class PictureLost(BadItem):
    """A picture of the question is not kept as it was, and cannot be given away."""

    message = lazy("The picture “%(name)s” is gone, or too large to be given away.")


class ItemUsed(Conflict):
    """Something tells of a question that must not be lost."""

    message = lazy("A question has been answered or given to a class, so it cannot be taken away.")
