"""Saved searches and matches by e-mail: at once, daily or weekly, and never the same request twice."""
