"""What makes a resource usable by more people: the codes that records carry, and their names.

The codes are those of the public vocabulary of schema.org's ``accessibilityFeature``, so that they go out and
come in unchanged.
"""

from library.vocabularies.terms import term_name, vocabulary

FEATURES = vocabulary("accessibility")
"""Terms by code."""


def feature_name(code: str) -> str:
    """What a feature is called; a code that is not known stands for itself."""
    return term_name("accessibility", code)
