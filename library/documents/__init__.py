"""Files that teachers add to the library: what they may be, what is read from them, how they are shown."""
