"""The demo: a county of invented people, requests, contracts, guidance and extracts, the same each time."""
