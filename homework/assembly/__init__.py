"""Automatic assembly of homework (自动组卷): questions drawn from the library for what a teacher asks."""
