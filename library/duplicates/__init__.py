"""Resources that say the same as others."""
