"""Requests from a file: kept under their external reference, published under one organisation."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.utils.functional import cached_property
from wagtail.models import Revision

from importing.cells import error, read_date, read_text, warning
from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, note
from importing.touched import Stands, named
from organisations.models import Organisation
from places.models import POSTCODE, Outcode
from suppliers.registers import measures
from suppliers.registers.wording import kind_of_help

from .models import Request
from .spoken import SPOKEN

REQUEST = "request"  # as an import calls it that is to be taken back
MADE_FOR_IMPORT = "Imported requests"


def read_outcode(value):
    """The first half of a postcode; what has not its form is an error."""
    text = read_text(value)[0].upper().replace(" ", "")
    if not text:
        return "", None
    found = POSTCODE.match(text) or POSTCODE.match(f"{text[:-3]} {text[-3:]}")
    if not found:
        return "", error("not_a_postcode", f"“{value}” is not a postcode or its first half, like GU1.")
    return found.group(1), None


def read_title(value):
    text, _ = read_text(value)
    if len(text) > 100:
        return text[:99].rsplit(" ", 1)[0] + "…", warning("shortened", "Longer than 100 characters; shortened.")
    return text, None


FIELDS = [
    Field(
        "external_reference",
        "request reference",
        ("request id", "request reference", "request ref", "id"),
        required=True,
        kind="reference",
    ),
    Field("title", "title", ("title", "request title", "name"), read_title, required=True, kind="words"),
    Field("description", "description", ("description", "what and why", "details"), kind="words"),
    Field("theme", "theme", ("category", "theme", "priority", "pillar")),
    measures.quantity(
        "how much", "number", "number needed", "number required", "amount needed", "quantity needed",
        "quantity required", "how many are needed", "how many needed",
    ),
    measures.UNIT,
    Field(
        "town",
        "place",
        ("place", "town", "where", "location", "village"),
        longest=Outcode._meta.get_field("town").max_length,
    ),
    Field("outcode", "postcode", ("outcode", "postcode", "post code", "postcode district"), read_outcode),
    Field("needed_by", "needed by", ("needed by", "deadline", "by", "by when", "date needed", "required by",
          "needed by date", "date required"), read_date, decides=True),
]  # fmt: skip


class RequestImporter(Importer):
    kind = "requests"
    label = "Requests"
    fields = fitted([replace(field, says=SPOKEN.get(field.name)) for field in FIELDS], Request)

    def __init__(self, organisation=""):
        self.organisation_named = organisation

    @cached_property
    def outcodes(self):
        return {outcode.code: outcode for outcode in Outcode.objects.select_related("district")}

    @cached_property
    def towns(self):
        """{town in lower case: the first of its outcodes}."""
        return {outcode.town.lower(): outcode for outcode in reversed(self.outcodes.values())}

    def organisation(self):
        """The organisation named by number or name, or one made for the purpose; ValueError if there is none."""
        wanted = self.organisation_named
        if wanted:
            rows = Organisation.objects.approved()
            found = rows.filter(pk=int(wanted)) if wanted.isdigit() else rows.filter(name__iexact=wanted)
            if not found:
                raise ValueError(f"No approved organisation is called “{wanted}”.")
            return found.first()
        made, _ = Organisation.objects.get_or_create(
            name=MADE_FOR_IMPORT,
            made_for_import=True,
            defaults={
                "kind": Organisation.Kind.COUNCIL_TEAM,
                "state": Organisation.State.APPROVED,
                "what_it_does": "Holds requests that were imported from another system.",
            },
        )
        return made

    def check(self, record, report):
        """Quantity and unit make one measure: what is understood is converted, what is not is asked about."""
        if record.faulty and record.values.get("quantity") is None:
            return  # told already
        settled, problems = measures.settle(record.values, keeps_rates=True)
        if settled.get("quantity") == 0:
            words = "It asks for 0. Enter how much is needed."
            settled, problems = {}, [("quantity", ("error", "asks_nothing", words))]
        for name, problem in problems:
            note(report, record, name, record.values.get(name), problem)
        record.values |= settled

    def key_of(self, values):
        return values["external_reference"]

    def existing(self, keys):
        rows = Request.objects.filter(external_reference__in=keys).select_related("outcode")
        return {row.external_reference: row for row in rows}

    def fields_of(self, values):
        measure = measures.understand(values.get("unit_words"), keeps_rates=True)
        unit, words = measure.unit, measure.words
        if values.get("outcode"):
            outcode = self.outcodes.get(values["outcode"])
        else:
            outcode = self.towns.get(values.get("town", "").lower())
        return {
            "title": values["title"],
            "description": values.get("description", ""),
            "theme": values.get("theme", ""),
            "quantity": values.get("quantity") or Decimal(1),
            "unit": unit,
            "unit_words": words,
            "kind": kind_of_help(unit, words, values["title"], values.get("description")),
            "postcode": values.get("outcode") or (outcode.code if outcode else ""),
            "remote": not values.get("outcode") and outcode is None,
            "outcode": outcode,
            "district": outcode.district if outcode else None,
            "needed_by": values.get("needed_by"),
        }

    def differences(self, found, values):
        says = self.fields_of(values)
        return [(name, getattr(found, name), value) for name, value in says.items() if getattr(found, name) != value]

    @transaction.atomic
    def save(self, new, changed, by):
        organisation = self.organisation() if new else None
        for record in new:
            request = Request(
                organisation=organisation,
                external_reference=record.values["external_reference"],
                live=False,
                posted_by=by,
                **self.fields_of(record.values),
            )
            request.save()
            request.save_revision(user=by, log_action=False).publish(user=by, log_action=False)
            self.touched.make(REQUEST, [request])
        for found, record in changed:
            fields = self.fields_of(record.values)
            if found.has_pledges and fields["unit"] != found.unit:
                raise RowRefused(record, "unit_words", "The unit can’t change: somebody has pledged.")
            for name, value in fields.items():
                setattr(found, name, value)
            before = found.latest_revision_id
            revision = found.save_revision(user=by, log_action=False)
            revision.publish(user=by, log_action=False)
            self.touched.change(REQUEST, found.pk, revision=(before, revision.pk))

    def take_back(self, touched, by):
        """Requests that were made go, the others say what they said before; not where somebody answered or edited."""
        made = Request.objects.select_for_update(of=("self",)).filter(pk__in=touched.made.get(REQUEST, []))
        changed = touched.changed.get(REQUEST, {})
        rows = list(Request.objects.select_for_update(of=("self",)).filter(pk__in=changed))
        answered = [row for row in made if row.pledges.exists() or row.questions.exists()]
        edited = [row for row in made if row.revisions.count() > 1 or not row.live]
        edited += [row for row in rows if row.latest_revision_id != changed[str(row.pk)]["revision"][1]]
        kept = [row for row in rows if changed[str(row.pk)]["revision"][0] is None or row.pledges.exists()]
        reasons = [
            f"{words}: {named(found)}."
            for words, found in (
                ("A supplier pledged or asked", answered),
                ("Edited since", edited),
                ("What stood there before can’t be had back", kept),
            )
            if found
        ]
        if reasons:
            raise Stands(*reasons)
        for request in made:
            request.delete()
        for request in rows:
            before = Revision.objects.get(pk=changed[str(request.pk)]["revision"][0]).as_object()
            before.save_revision(user=by, log_action=False).publish(user=by, log_action=False)
