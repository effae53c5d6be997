"""Views load with permission, call one verb, redirect."""
