"""Screens for organisations and the people in them."""
