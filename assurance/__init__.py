"""Sampled assurance: some of what is confirmed is checked against its evidence, and what that says of all of it.

population.py  what may be drawn: deliveries that stand confirmed, as known on a day
drawing.py     a sample that anybody can draw again: weighted by quantity, by a seed
checking.py    a delivery of a sample checked against its evidence, once, by somebody else than who confirmed it
estimate.py    how far the confirmed figures are overstated, with its interval
suspicions.py  what deserves a second look: the same file twice, ten times the plan, one contract for all
evidence.py    what there is to check a delivery against
"""
