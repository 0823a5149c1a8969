"""Learning-process data: xAPI statements and the daily roll-up."""
