"""The kinds of questions (题型), one module each; ``table`` knows them all. See ``docs/items.md``."""
