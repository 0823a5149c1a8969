"""What makes a resource usable by more people: the codes that records carry, and their names.

The codes are those of the public vocabulary of schema.org's ``accessibilityFeature``, so that they go out and
come in unchanged.
"""

from core.i18n import lazy

FEATURES = {
    "captions": lazy("Captions"),
    "transcript": lazy("Transcript"),
    "audioDescription": lazy("Audio description"),
    "alternativeText": lazy("Pictures described in words"),
    "largePrint": lazy("Large print"),
    "highContrastDisplay": lazy("High contrast"),
    "readingOrder": lazy("Reading order for screen readers"),
    "synchronizedAudioText": lazy("Text read aloud"),
    "rubyAnnotations": lazy("With pinyin"),
    "signLanguage": lazy("Sign language"),
    "MathML": lazy("Formulas for screen readers"),
    "none": lazy("None known"),
}
"""Names by code."""


def feature_name(code: str) -> str:
    """What a feature is called; a code that is not known stands for itself."""
    return str(FEATURES.get(code, code))
