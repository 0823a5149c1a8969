"""What becomes of a hand-in as soon as it is there: handed in, entered, or shared by a group."""
