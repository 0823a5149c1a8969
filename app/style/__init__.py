"""The style page: every part of the look, shown alive to who builds pages."""
