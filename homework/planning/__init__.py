"""Where a teacher plans what to assign: questions found, chosen and looked at, to whom, until when."""
