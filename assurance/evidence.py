"""What a drawn delivery can be checked against, whichever room keeps it, and who confirmed it."""

from dataclasses import dataclass, field

from django.urls import reverse

from requests_app.models import Delivery
from returns.models import Answer, ReturnLine
from suppliers.models import RecordedEvent


@dataclass
class Shown:
    """Beside a delivery: what it was for, [(label, words)], files [(name, address)], its page, who confirmed it."""

    what: str
    facts: list = field(default_factory=list)
    files: list = field(default_factory=list)
    address: str = ""
    confirmed_by: set = field(default_factory=set)


def of_item(item):
    """The Shown of a SampleItem."""
    if item.delivery_number:
        return _delivery(Delivery.objects.with_pledge().get(pk=item.delivery_number))
    if item.return_line_number:
        return _line(ReturnLine.objects.get(pk=item.return_line_number))
    return _event(RecordedEvent.objects.get(pk=item.event_number))


def _files(rows, address):
    """[(name, where it is handed out)] of rows that each have an upload."""
    return [(row.upload.name, reverse(address, args=[row.pk])) for row in rows]


def _delivery(delivery):
    events = delivery.events.select_related("by").order_by("pk")
    said = [
        (f"{event.get_what_display()}, {event.by or event.by_words}", event.reason or "No words") for event in events
    ]
    files = _files(delivery.evidence.select_related("upload"), "evidence")
    confirmers = {event.by_id for event in events if event.what in ("confirmed", "corrected", "verified")}
    what = f"For “{delivery.pledge.request}”, {delivery.pledge.request.organisation}"
    facts = [("The supplier’s note", delivery.note or "None"), *said]
    return Shown(what, facts, files, delivery.get_absolute_url(), confirmers)


def _line(line):
    chain = ReturnLine.objects.filter(first=line.number).order_by("pk")
    said = [(f"{one.get_stage_display()}, {one.by or one.by_words}", one.note) for one in [line, *chain]]
    answer = Answer.objects.filter(line=line).select_related("of_return").prefetch_related("files__upload").first()
    files = _files(answer.files.all(), "return_file") if answer else []
    confirmers = {one.by_id for one in [line, *chain] if one.stage != ReturnLine.Stage.CLAIMED}
    where = answer.of_return.get_absolute_url() if answer else ""
    what = str(answer.of_return) if answer else "Recorded by the contract manager, without a pledge"
    facts = [("Evidence named", answer.evidence or "None")] if answer else []
    return Shown(what, facts + said, files, where, confirmers)


def _event(event):
    said = [("Recorded as", event.reference), ("Entered on", f"{event.entered_on:%-d %B %Y}")]
    said += [("Words", event.reason)] if event.reason else []
    return Shown("Recorded in another system: ask its keeper for the evidence", said)
