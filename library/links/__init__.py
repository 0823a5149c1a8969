"""Links of the library that lead nowhere any more."""
