"""Laying remaining commitments to open requests: the best for the county, a proposal line by line, and a simulator."""
