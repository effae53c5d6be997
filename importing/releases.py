"""A package of Open Contracting releases as a table, a row an award: https://standard.open-contracting.org/1.1/

Of several releases about one award the newest counts. Records, lists of releases and single ones are read too.
"""

import json

from .tables import Sheet, Unreadable

MOST_BYTES = 30 * 1024 * 1024
NO_RELEASES = (
    "This JSON holds no Open Contracting releases. Download a release package, or export a table as CSV or XLSX."
)
HEADINGS = [
    "ocid", "award id", "reference", "title", "description", "buyer", "supplier", "company number", "scale", "vcse",
    "value", "currency", "start", "end", "awarded", "stage",
]  # fmt: skip


def is_json(start):
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read(path, name):
    """The Sheet of a file of releases; its row numbers count the releases from 1."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"“{name}” is larger than {MOST_BYTES // 1024 // 1024} MB. Split it.")
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"“{name}” is not whole JSON. Download it again.") from error
    releases = _releases(found)
    if not releases:
        raise Unreadable(NO_RELEASES)
    sheet = Sheet(name, None)
    sheet.rows = [(0, list(HEADINGS)), *_rows(releases, sheet.told)]
    return sheet


def _releases(found):
    """[release] of a package, of records, of a list, or of one alone; [] where there is none."""
    if isinstance(found, list):
        return [release for each in found for release in _releases(each)]
    if not isinstance(found, dict):
        return []
    for inside in ("releases", "records"):
        if isinstance(found.get(inside), list):
            return _releases(found[inside])
    if "compiledRelease" in found:
        return _releases(found["compiledRelease"])
    return [found] if isinstance(found.get("ocid"), str) else []


def _rows(releases, told):
    """[(number of the release, cells)], the newest of each award."""
    newest = {}
    for number, release in enumerate(releases, start=1):
        awards = _objects(release, "awards")
        for award in awards or [{}]:
            key = (release["ocid"], award.get("id"))
            before = newest.get(key)
            if before and str(before[0].get("date") or "") > str(release.get("date") or ""):
                told[number] = f"A newer release of the same award stands as release {before[2]}; that one was read."
                continue
            if before:
                told[before[2]] = f"A newer release of the same award stands as release {number}; that one was read."
            newest[key] = (release, award, number, len(awards))
    rows = [(number, _cells(release, award, among)) for release, award, number, among in newest.values()]
    return sorted(rows, key=lambda row: row[0])


def _cells(release, award, among):
    tender = _object(release, "tender")
    contracts = [each for each in _objects(release, "contracts") if each.get("awardID") in (None, award.get("id"))]
    contract = contracts[0] if len(contracts) == 1 else {}
    suppliers = _objects(award, "suppliers")
    parties = {party.get("id"): party for party in _objects(release, "parties")}
    first = parties.get(suppliers[0].get("id"), {}) if suppliers else {}
    identifier, details = _object(first, "identifier"), _object(first, "details")
    value = _object(contract, "value") or _object(award, "value")
    period = _object(contract, "period") or _object(award, "contractPeriod")
    number = identifier.get("id") if identifier.get("scheme") == "GB-COH" else None
    single = tender.get("id") if among == 1 else None  # of several awards of one tender each has its own
    buyer = _object(release, "buyer").get("name") or next(
        (party.get("name") for party in parties.values() if "buyer" in (party.get("roles") or [])), None
    )
    tag = release.get("tag")
    stage = award.get("status") if award else (tag[0] if isinstance(tag, list) and tag else tender.get("status"))
    return [
        release["ocid"], award.get("id"), contract.get("id") or single or award.get("id") or release["ocid"],
        award.get("title") or contract.get("title") or tender.get("title"),
        award.get("description") or contract.get("description") or tender.get("description"), buyer,
        "; ".join(str(each.get("name")) for each in suppliers if each.get("name")), number, details.get("scale"),
        details.get("vcse"), value.get("amount"), value.get("currency"), period.get("startDate"),
        period.get("endDate"), contract.get("dateSigned") or award.get("date"), stage,
    ]  # fmt: skip


def _object(thing, name):
    found = thing.get(name)
    return found if isinstance(found, dict) else {}


def _objects(thing, name):
    found = thing.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
