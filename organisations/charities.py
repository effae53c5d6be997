"""The register of charities, read from a downloaded file: no look-up leaves this site.

The file is table "charity" of the Charity Commission's public extract (register-of-charities.charitycommission.gov.uk,
"Download the register"), as JSON, as text with tabs, or as the zip of either. Fields used: date_of_extract,
registered_charity_number, linked_charity_number (0 for a charity of its own), charity_name,
charity_registration_status ("Registered" or "Removed"), charity_contact_postcode.
"""

import csv
import io
import json
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from rapidfuzz import fuzz, utils

from places.models import outcode_of

from .models import RegisteredCharity

FIELDS = (
    "date_of_extract", "registered_charity_number", "linked_charity_number", "charity_name",
    "charity_registration_status", "charity_contact_postcode",
)  # fmt: skip
BATCH = 2000
CHUNK = 1 << 20
BETWEEN = re.compile(r"[\s,]*")
SAME_NAME = 85  # of 100
STATUSES = {"Registered": True, "Removed": False}


@dataclass(frozen=True)
class Finding:
    """What the register says about one detail of an organisation; `agrees` is None where it says nothing."""

    words: str
    agrees: bool | None


def findings(organisation):
    """[Finding] about an organisation's number, name and area; [] where it has no charity number of that register."""
    number = organisation.charity_number
    if not number.isdigit():
        return []
    newest = RegisteredCharity.objects.order_by("-as_at").values_list("as_at", flat=True).first()
    if newest is None:
        return [Finding("The register of charities has not been loaded here: look it up by the link.", None)]
    of_day = f"in the register of {newest:%-d %B %Y}"
    entry = RegisteredCharity.objects.filter(pk=number).first()
    if entry is None:
        return [Finding(f"No charity has the number {number} {of_day}.", False)]
    standing = f"{number} is registered {of_day}." if entry.registered else f"{number} was removed from the register."
    near = fuzz.token_sort_ratio(entry.name, organisation.name, processor=utils.default_process) >= SAME_NAME
    name = f"The name there is “{entry.name}”."
    return [Finding(standing, entry.registered), Finding(name, near), area(entry, organisation)]


def area(entry, organisation):
    there = outcode_of(entry.postcode)
    if there is None or organisation.outcode is None:
        return Finding(f"Its postcode there is {entry.postcode or 'not given'}.", None)
    same = there.district_id == organisation.district_id
    return Finding(f"Its address there is in {there.district or there}.", same)


def load(path, *, force=False):
    """Put the register of a file in place of the one that is here: all of it or nothing. Returns the number of rows.

    ValidationError for a file that is something else, and, unless `force`, for one that lacks half of what is here.
    """
    with opened(path) as records, transaction.atomic():
        count, days = 0, set()
        rows = entries(records)
        while batch := list({row.pk: row for row in islice(rows, BATCH)}.values()):
            RegisteredCharity.objects.bulk_create(
                batch, update_conflicts=True, unique_fields=["number"],
                update_fields=["name", "registered", "postcode", "as_at"],
            )  # fmt: skip
            count += len(batch)
            days |= {row.as_at for row in batch}
        if len(days) != 1:
            raise ValidationError(f"A whole register is of one day; this file names {len(days)} days.", code="days")
        gone = RegisteredCharity.objects.exclude(as_at=days.pop())
        if gone.count() > count and not force:
            raise ValidationError("The file lacks more than half of what is here: is it whole?", code="shrunk")
        gone.delete()
    return count


def entries(records):
    """RegisteredCharity of each record that is a charity of its own; ValidationError names the record that is odd."""
    for place, record in enumerate(records, start=1):
        if not isinstance(record, dict) or (lacks := [name for name in FIELDS if name not in record]):
            lacks = ", ".join(lacks) if isinstance(record, dict) else "everything"
            raise ValidationError(f"Record {place} lacks {lacks}: this is not table “charity”.", code="fields")
        if str(record["linked_charity_number"]) != "0":
            continue
        number, status = str(record["registered_charity_number"]), record["charity_registration_status"]
        if status not in STATUSES or not (number.isdigit() and len(number) <= 10):
            raise ValidationError(f"Record {place}: number {number!r}, status {status!r} are not known.", code="odd")
        try:
            day = date.fromisoformat(str(record["date_of_extract"])[:10])
        except ValueError:
            raise ValidationError(f"Record {place}: {record['date_of_extract']!r} is no day.", code="odd") from None
        yield RegisteredCharity(
            number=number,
            name=str(record["charity_name"] or "")[:300],
            registered=STATUSES[status],
            postcode=str(record["charity_contact_postcode"] or "").upper()[:10],
            as_at=day,
        )


@contextmanager
def opened(path):
    """The records of a file: of JSON or of text with tabs, packed or not."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith((".json", ".txt"))]
            if len(names) != 1:
                raise ValidationError("The zip should hold one file, .json or .txt.", code="zip")
            with archive.open(names[0]) as packed:
                yield read(io.TextIOWrapper(packed, "utf-8-sig", newline=""))
    else:
        with open(path, encoding="utf-8-sig", newline="") as text:
            yield read(text)


def read(text):
    """Records one by one, whatever the size of the file. ValidationError where it breaks off or is something else."""
    try:
        first = text.read(CHUNK)
        if first.lstrip().startswith("["):
            yield from objects(first.lstrip()[1:], text)
        else:
            yield from csv.DictReader(lines(first, text), delimiter="\t", quoting=csv.QUOTE_NONE)
    except UnicodeDecodeError:
        raise ValidationError("The file is not UTF-8 text.", code="encoding") from None


def lines(first, text):
    rest = first + text.readline()
    yield from rest.splitlines(keepends=True)
    yield from text


def objects(kept, text):
    """The objects of a JSON list that was begun with `kept`."""
    decoder, place = json.JSONDecoder(), 0
    while True:
        place = BETWEEN.match(kept, place).end()
        if kept.startswith("]", place):
            return
        try:
            found, place = decoder.raw_decode(kept, place)
        except ValueError:
            more = text.read(CHUNK)
            if not more:
                raise ValidationError("The file breaks off in the middle.", code="torn") from None
            kept, place = kept[place:] + more, 0
        else:
            yield found
