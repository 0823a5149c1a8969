"""What visitors of the demo city should meet: done by its people through the rooms' own services."""
