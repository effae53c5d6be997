"""The contract manager's screens of returns."""
