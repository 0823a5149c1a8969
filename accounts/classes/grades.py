"""The grades of school: six of primary, three of lower and three of upper secondary school."""

GRADES = range(1, 13)
