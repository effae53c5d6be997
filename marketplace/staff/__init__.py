"""Screens of the staff admin."""
