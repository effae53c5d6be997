"""The golden thread: PM3, Proactis and MySurrey joined, measured and mended.

plan_ids reads Plan IDs as people type them; extracts reads what each system exports; rules says what counts; metrics
measures.
"""
