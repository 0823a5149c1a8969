"""Hand-ins over bad lines, while processes are killed: nothing acknowledged is lost, nothing is there twice.

The same with a thousand pupils, fifty kills and three seeds is ``make bench NAME=storms``.
"""

from pathlib import Path

from tests.hand_ins import school_on_disk
from tests.served import served
from tests.storms import Storm, weather

PUPILS = 60


def test_no_acknowledged_hand_in_is_lost_and_none_is_doubled(tmp_path: Path) -> None:
    with school_on_disk(tmp_path, pupils=PUPILS) as school, served(tmp_path) as running:
        found = weather(Storm(kills=3), school, running)

    assert found.broken, "no line broke"
    assert found.tries - PUPILS > found.broken, "no hand-in was under way when a process was killed"
    assert (found.acknowledged, found.lost, found.doubled, found.torn) == (PUPILS, 0, 0, 0)
