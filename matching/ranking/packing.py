"""How vectors and ranked lists lie in bytes: small to read, and unpacked without numpy where a page needs them.

A vector of meaning: a float32 scale, then one signed byte a number. Needs: pairs of uint16 (number of the need) and
float32 (how plainly). A ranked list: for each entry an int64 (the other side's number), then one byte for each part
of parts.FIXED, 0 to 250 for 0 to 1.
"""

import struct

from .parts import FIXED

STEPS = 250
ENTRY = struct.Struct(f"<q{len(FIXED)}B")
NEED = struct.Struct("<Hf")


def unpack_entries(data):
    """[(number, {name: part})] as ranking.pack wrote it."""
    return [
        (number, {name: value / STEPS for name, value in zip(FIXED, values, strict=True)})
        for number, *values in ENTRY.iter_unpack(data)
    ]


def pack_needs(needs):
    return b"".join(NEED.pack(number, strength) for number, strength in sorted(needs.items()))
