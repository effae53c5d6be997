"""How pages are kept in order: reviews that come due, health, and how often each is read."""
