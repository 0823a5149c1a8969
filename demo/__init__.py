"""The demo city: everything a newcomer walks through, made from a seed and from nothing else."""
