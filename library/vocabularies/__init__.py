"""The code lists of metadata, as data: ``library/data/vocabularies.json``; see ``docs/metadata.md``."""
