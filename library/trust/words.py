"""The words of the rooms about trust, for their pages."""

from library.duplicates.words import SAMENESS_NAMES
from library.faults.words import FAULT_NAMES, REPORTERS
from library.faults.words import STATE_NAMES as FAULT_STATE_NAMES
from library.faults.words import STATE_TONES as FAULT_STATE_TONES
from library.links.words import LINK_STATE_NAMES, LINK_STATE_TONES, problem_name
from library.review.words import (
    ACT_ICONS,
    ACT_NAMES,
    ACT_TONES,
    DECISION_NAMES,
    DECISION_TONES,
    actor_name,
    level_name,
)

WORDS = {
    "act_icons": ACT_ICONS,
    "act_names": ACT_NAMES,
    "act_tones": ACT_TONES,
    "decision_names": DECISION_NAMES,
    "decision_tones": DECISION_TONES,
    "fault_names": FAULT_NAMES,
    "fault_state_names": FAULT_STATE_NAMES,
    "fault_state_tones": FAULT_STATE_TONES,
    "level_name": level_name,
    "link_problem_name": problem_name,
    "link_state_names": LINK_STATE_NAMES,
    "link_state_tones": LINK_STATE_TONES,
    "reporters": REPORTERS,
    "actor_name": actor_name,
    "sameness_names": SAMENESS_NAMES,
}
"""What templates call them."""
