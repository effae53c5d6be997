"""Where a promise may be delivered, read from the words of a contract: everywhere, near a place, in districts, away.

"Surrey" and "UK" are everywhere; "Within 10 miles of Redhill (RH1)" is near a place; "Woking and Guildford" are
districts or towns; "Nottingham" is away, so that nothing in the county matches. Words that name no place say nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .distance import nearest_outcodes
from .models import District, Outcode

HERE = re.compile(
    r"\b(surrey|county|council area|all (districts|areas|sites)|uk|united kingdom|great britain|nation(al|wide)|"
    r"south[- ]east|home counties|anywhere|online|remote|virtual)\b"
)
NOT_HERE = re.compile(
    r"\b(scotland|wales|northern ireland|(north|south)[- ]west|north[- ]east( england)?|midlands|yorkshire|"
    r"east of england|east anglia|lancashire|cumbria|northumberland|durham|cheshire|derbyshire|nottinghamshire|"
    r"lincolnshire|leicestershire|staffordshire|shropshire|herefordshire|worcestershire|warwickshire|"
    r"northamptonshire|cambridgeshire|norfolk|suffolk|essex|hertfordshire|bedfordshire|buckinghamshire|oxfordshire|"
    r"gloucestershire|wiltshire|somerset|dorset|devon|cornwall|hampshire|kent|(east|west) sussex|berkshire|london|"
    r"manchester|liverpool|leeds|sheffield|bradford|newcastle|sunderland|hull|york|nottingham|leicester|derby|"
    r"birmingham|coventry|wolverhampton|stoke|norwich|ipswich|cambridge|peterborough|oxford|bristol|bath|exeter|"
    r"plymouth|southampton|portsmouth|brighton|reading|swindon|milton keynes|luton|glasgow|edinburgh|aberdeen|"
    r"dundee|cardiff|swansea|belfast)\b"
)
NEAR = re.compile(r"(\d+(?:\.\d+)?) ?(miles?|mi|km|kilomet(?:re|er)s?)\b")
OUTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\b")
KM_A_MILE = 1.609344


@dataclass(frozen=True)
class Area:
    """`miles` from `centre` (an outcode), or anywhere in `outcodes`; neither limits nothing unless it is `away`."""

    centre: str = ""
    miles: float = 0
    outcodes: frozenset = frozenset()
    away: bool = False

    @property
    def limits(self):
        return bool(self.centre or self.outcodes or self.away)

    def reach(self):
        """{outcode: miles from the centre, or 0} of where it may be delivered; None where nothing limits it."""
        if self.away:
            return {}
        if self.centre:
            return {code: miles for code, miles in nearest_outcodes(self.centre) if miles <= self.miles}
        return dict.fromkeys(self.outcodes, 0) if self.outcodes else None


@lru_cache(maxsize=1)
def _places():
    """({town or district in lower case: its outcodes}, every outcode)."""
    named = {}
    rows = list(Outcode.objects.values_list("code", "town", "district__name"))
    for code, town, district in rows:
        for name in filter(None, (town, district)):
            named.setdefault(name.lower(), set()).add(code)
    for name in District.objects.values_list("name", flat=True):
        named.setdefault(name.lower(), set())
    return named, {code for code, _, _ in rows}


def named(words):
    """{outcode} that a contract's words name, or of the places they name; empty where nothing limits it."""
    area = read_area(words)
    return {area.centre} if area.centre else set(area.outcodes)


@lru_cache(maxsize=2048)
def read_area(words):
    """The Area that a contract's words speak of."""
    lowered = f" {words.lower()} "
    named, known = _places()
    codes = {code for code in OUTCODE.findall(words.upper()) if code in known}
    towns = {name for name in named if len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", lowered)}
    near = NEAR.search(lowered)
    if near and (codes or towns):
        miles = float(near.group(1)) / (KM_A_MILE if near.group(2).startswith("k") else 1)
        centre = sorted(codes)[0] if codes else sorted(named[max(towns, key=len)] or {""})[0]
        return Area(centre=centre, miles=miles) if centre else Area()
    if codes:
        return Area(outcodes=frozenset(codes))
    if HERE.search(lowered):
        return Area()
    found = frozenset().union(*(named[name] for name in towns))
    return Area(outcodes=found) if found else Area(away=bool(NOT_HERE.search(lowered)))
