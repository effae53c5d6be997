"""People and the organisations that they act for: sign-up, approval, membership, what they upload, and leaving."""
