"""GIFT: the text format of Moodle, which many programs write."""
