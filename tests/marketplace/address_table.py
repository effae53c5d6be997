"""Who is let in at every address, by GET and by POST, read from address_table.txt.

A line "GET people | POST people" holds for the names of addresses below it. alice and bob are of a group, tess of a
council team, sam of a supplier; charlie has nothing; cara, pat, mo, edie and dee are of the council's staff. What they
are asked for belongs to alice's group and sam's supplier. "nobody" leaves an address to superusers.
"""

from pathlib import Path


def read(lines):
    """{name of an address: {"get": [people], "post": [people]}}"""
    table, let_in = {}, None
    for line in lines:
        if line.startswith("GET "):
            get, post = line.removeprefix("GET ").split(" | POST ")
            let_in = {"get": people(get), "post": people(post)}
        else:
            for name in line.split():
                assert name not in table, f"{name} has two rows"
                table[name] = let_in
    return table


def people(words):
    return [] if words.strip() == "nobody" else words.split()


TABLE = read(Path(__file__).with_suffix(".txt").read_text().splitlines())
