"""Requests, pledges towards them, and what was delivered."""
