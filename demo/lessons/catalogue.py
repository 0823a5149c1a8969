"""All films."""

from demo.lessons import languages, mathematics, physics
from demo.lessons.film import Film

FILMS: tuple[Film, ...] = (
    mathematics.LINE_FILM,
    physics.REFRACTION,
    languages.PAST,
    mathematics.BALANCE,
    mathematics.FRACTIONS,
    languages.MOUNTAIN,
    mathematics.CIRCLE,
    physics.FALL,
    languages.CHARACTERS,
    languages.WHERE,
)
"""What fits the demo pupil comes first: it can be watched while the others are still being drawn."""
