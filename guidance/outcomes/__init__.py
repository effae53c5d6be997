"""Social value models: their lines as CSV, the mapping between versions, publishing, and figures read across
versions.
"""
