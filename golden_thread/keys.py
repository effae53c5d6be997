"""What makes two contract references the same across systems: neither case nor any space counts."""

import re


def reference_key(reference):
    return re.sub(r"\s+", "", str(reference or "")).casefold()[:120]
