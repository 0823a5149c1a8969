"""The public ledger of homework (作业公示): what each class has to do on each day, and why it was too much.

It stands above assignments and submissions, since it tells what was given and what it took.
"""
