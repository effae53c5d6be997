"""Guidance and who is answerable for it: pages and their approval, reviews, governance, social value models."""
