"""Finding a resource in a blink."""
