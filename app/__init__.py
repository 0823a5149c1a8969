"""The composition root: settings, factory, command line, base layout. Nothing imports it."""
