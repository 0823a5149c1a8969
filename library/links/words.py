"""What is wrong with a link, in words for people."""

from core.i18n import lazy
from library.links.asking import Problem
from library.links.models import LinkState

PROBLEM_NAMES = {
    Problem.BAD_ADDRESS: lazy("It is not the address of a page."),
    Problem.PRIVATE: lazy("It leads into a private network, which nobody else can reach."),
    Problem.NO_HOST: lazy("There is no site of this name."),
    Problem.NO_ANSWER: lazy("The site does not answer."),
    Problem.INSECURE: lazy("The site's certificate is not valid."),
    Problem.NOT_THERE: lazy("The site says that there is no such page."),
    Problem.SERVER_ERROR: lazy("The site has a fault."),
    Problem.TOO_MANY_REDIRECTS: lazy("The site sends on in a circle."),
}
LINK_STATE_NAMES = {
    LinkState.ALIVE: lazy("Can be reached"),
    LinkState.SUSPECT: lazy("Did not answer"),
    LinkState.DEAD: lazy("Leads nowhere"),
}
LINK_STATE_TONES = {LinkState.ALIVE: "green", LinkState.SUSPECT: "amber", LinkState.DEAD: "red"}


def problem_name(code: str) -> str:
    """What is wrong, by its code; empty where nothing is."""
    return str(PROBLEM_NAMES[Problem(code)]) if code else ""
