"""Two knowledge points that have turned out to be one: all moves to the one that stays, and can move back."""
