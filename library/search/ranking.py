"""What all engines agree on: how much a word counts, and when some of the words are enough."""

SATURATION = 4.0
"""BM25's k1, on the scale of weighted frequencies: a title's word counts 4."""
LENGTH_SHARE = 0.35
"""BM25's b: how much a long text's words count less."""
USUAL_LENGTH = 40.0
"""The sum of a usual entry's word weights."""
A_FEW_WORDS = 3
ENOUGH = 3
"""A question of more than a few words with fewer full matches than this is answered by some of its words;
one of a few words, when nothing matches them all."""
ENOUGH_OF_THE_WORDS = 0.5
"""By weight: a rare word counts more than a common one."""
NEARLY = 0.8
"""Where nothing holds enough of the words, so much of the best that there is will do."""
PLACES = 1_000
"""Scores are ordered to a thousandth, so that places are whole numbers and cursors exact."""
