"""How fast, compared with what: each program runs ours beside a simpler way, in the same run.

``make bench NAME=search`` runs one; the table goes to the screen, the figures to ``benchmarks/results/``.
"""
