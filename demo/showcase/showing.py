"""The scenes in their order, each step in a transaction of its own.

Every step may be done again: what stands is found by its key, so a job that was broken off goes on.
"""

from collections.abc import Iterator
from datetime import datetime

from core.database import db
from demo.showcase.blanks import show_blanks
from demo.showcase.both_classes import show_both_classes
from demo.showcase.cast import Cast, quietly
from demo.showcase.excess import show_excess
from demo.showcase.fixes import draw_fixes, show_fixes
from demo.showcase.kinds import make_props, show_kinds
from demo.showcase.layers import show_layers
from demo.showcase.paper import show_paper
from demo.showcase.photos import make_remark, show_photos
from demo.showcase.second_reading import draw_solutions, show_second_reading
from demo.showcase.shared_marking import show_shared_marking
from demo.showcase.spoken import show_spoken
from demo.showcase.teams import draw_posters, show_teams
from demo.showcase.wrong_key import show_wrong_key


def show_all(seed: int, *, now: datetime) -> None:
    """Let the city's people do what visitors should meet, up to *now*."""
    cast = Cast(seed, now)
    props, posters, remark = make_props(cast), draw_posters(cast), make_remark()
    fixes, pages = draw_fixes(cast), draw_solutions(cast)
    db.session.rollback()
    for scene in (
        show_wrong_key(cast),
        show_photos(cast, remark),
        show_fixes(cast, fixes),
        show_teams(cast, posters),
        show_kinds(cast, props, now),
        show_spoken(cast, props.voices),
        show_blanks(cast),
        show_both_classes(cast),
        show_paper(cast),
        show_layers(cast),
        show_excess(cast),
        show_second_reading(cast, pages),
        show_shared_marking(cast, props),
    ):
        _play(scene)


def _play(scene: Iterator[None]) -> None:
    """Do a scene step by step."""
    is_over = False
    while not is_over:
        with quietly():
            is_over = next(scene, _OVER) is _OVER


_OVER = object()
