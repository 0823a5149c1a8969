"""Who marks what, and whether markers see names (匿名批改、分工批改)."""
