"""Lists of assignments and how far each is: what a pupil owes, what a teacher has to mark.

It stands above assignments, submissions and marking, since one list shows all three.
"""
