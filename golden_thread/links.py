"""Mending: what a person says of suggested links, how it is undone, and what goes back to Proactis.

A confirmed link changes no published figure. It is a correction for Proactis; the figure changes when Proactis says so
in its next extract.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.log_actions import log

from words.cells import write_table
from words.lines import said

from . import mending, records
from . import rules as thread_rules
from .models import ContractRecord, Extract, LinkSearch, LinkSuggestion, ThreadLink
from .records import System

NONE_OF_THEM = "none:"
AT_ONCE = 500
SENT_BACK = ("reference", "title", "supplier_name", "plan_id_as_typed")  # of the columns that the extract had
DEFAULT_HEADINGS = (("reference", "Contract Ref"), ("title", "Contract Title"), ("plan_id_as_typed", "PM3 Plan ID"))
Answer = ThreadLink.Answer


@dataclass
class Question:
    """One contract with what is suggested for it, the surest first."""

    suggestions: list

    @property
    def first(self):
        return self.suggestions[0]

    @property
    def none(self):
        """The answer that none of these is right."""
        return NONE_OF_THEM + ",".join(str(suggestion.pk) for suggestion in self.suggestions)


def newest_pair(council=None):
    """(PM3 extract, Proactis extract) handed in last by an authority; NoExtract where one is missing."""
    return tuple(records.newest(system, council) for system in (System.PROJECTS, System.CONTRACTS))


def search(council=None):
    """Suggest anew from the newest extracts, unless that was done under the same rules; the LinkSearch, or None."""
    try:
        of_projects, of_contracts = newest_pair(council)
    except records.NoExtract:
        return None
    rules = thread_rules.current(council)
    known = {"projects_extract": of_projects, "contracts_extract": of_contracts, "rules": rules.mark}
    found = LinkSearch.objects.filter(**known).first()
    if found:
        return found
    thread = records.read(of_projects, of_contracts, rules)
    suggestions = mending.suggest(thread)
    surest = {}
    for suggestion in suggestions:
        surest[suggestion.contract.key] = max(suggestion.confidence, surest.get(suggestion.contract.key, 0))
    with transaction.atomic():
        Extract.everything.select_for_update().get(pk=of_contracts.pk)  # one search at a time is kept
        found = LinkSearch.objects.filter(**known).first()
        if found or newest_pair(council) != (of_projects, of_contracts) or thread_rules.current(council) != rules:
            return found  # another worker was quicker, or this one is out of date
        LinkSearch.objects.filter(contracts_extract__council=council).delete()
        made = LinkSearch.objects.create(**known)
        LinkSuggestion.objects.bulk_create(
            (
                LinkSuggestion(
                    search=made,
                    reference=suggestion.reference,
                    reference_key=suggestion.contract.key,
                    title=suggestion.contract.said["title"],
                    supplier_name=suggestion.contract.said["supplier"],
                    directorate=suggestion.contract.said["directorate"],
                    typed=suggestion.typed,
                    plan_number=suggestion.number,
                    plan_id=suggestion.plan_id,
                    plan_title=suggestion.project.said["title"],
                    confidence=round(suggestion.confidence, 3),
                    surest=round(surest[suggestion.contract.key], 3),
                    evidence=suggestion.evidence,
                )
                for suggestion in suggestions
            ),
            batch_size=2000,
        )
    return made


def is_current(made):
    """Whether a LinkSearch knows the newest extracts and rules."""
    council = made.contracts_extract.council_id
    pair = (made.projects_extract, made.contracts_extract)
    return pair == newest_pair(council) and made.rules == thread_rules.current(council).mark


def unanswered(council=None):
    """Suggestions of an authority that nobody has answered, for contracts that have no confirmed link."""
    said = ThreadLink.objects.filter(reference_key=OuterRef("reference_key"), council=council, undone_at=None)
    suggested = LinkSuggestion.objects.filter(search__contracts_extract__council=council)
    return suggested.exclude(Exists(said.filter(answer=Answer.CONFIRMED))).exclude(
        Exists(said.filter(plan_number=OuterRef("plan_number")))
    )


def in_slices(rows, keys):
    """Each row of `rows` that has one of these reference keys."""
    keys = list(keys)
    for start in range(0, len(keys), AT_ONCE):
        yield from rows.filter(reference_key__in=keys[start : start + AT_ONCE])


def surest(keys, council=None):
    """{reference key: the surest LinkSuggestion that nobody has answered} of those contracts."""
    rows = in_slices(unanswered(council).order_by("confidence"), keys)
    return {suggestion.reference_key: suggestion for suggestion in rows}


def standing_links(council=None):
    """ThreadLinks of an authority that somebody confirmed and nobody undid."""
    return ThreadLink.objects.filter(council=council, answer=Answer.CONFIRMED, undone_at=None)


def confirmed(keys, council=None):
    """{reference key: the ThreadLink that stands} of those contracts."""
    rows = in_slices(standing_links(council).select_related("made_by"), keys)
    return {link.reference_key: link for link in rows}


def questions(keys, council=None):
    """[Question] of those contracts, in the order of `keys`."""
    by_key = {}
    for suggestion in unanswered(council).filter(reference_key__in=keys):
        by_key.setdefault(suggestion.reference_key, []).append(suggestion)
    return [Question(by_key[key]) for key in keys if key in by_key]


@transaction.atomic
def answer(choices, council=None, *, by):
    """Keep what a person said of a page of suggestions.

    `choices` is {reference key: number of a LinkSuggestion, or "none:" and the numbers of those that were shown, with
    commas}. Returns (confirmed, refused, taken): two lists of ThreadLinks, and the references of contracts that
    somebody else had answered, or for which something else is suggested by now.
    """
    confirmed, refused, taken, left = [], [], [], dict(choices)
    for question in questions(list(choices), council):
        choice = str(left.pop(question.first.reference_key))
        is_none, shown = choice.startswith(NONE_OF_THEM), choice.removeprefix(NONE_OF_THEM).split(",")
        said = Answer.REFUSED if is_none else Answer.CONFIRMED
        chosen = [suggestion for suggestion in question.suggestions if str(suggestion.pk) in shown]
        kept = [link for suggestion in chosen if (link := _keep(suggestion, said, council, by))]
        (refused if is_none else confirmed).extend(kept)
        if not kept:
            taken.append(question.first.reference)
    return confirmed, refused, taken + list(left)


def _keep(suggestion, said, council, by):
    """The ThreadLink, or None where somebody was quicker."""
    same = ("reference", "reference_key", "typed", "plan_number", "plan_id", "confidence", "evidence")
    try:
        with transaction.atomic():
            link = ThreadLink.objects.create(
                council_id=council, answer=said, made_by=by, **{name: getattr(suggestion, name) for name in same}
            )
    except IntegrityError:
        return None
    log(link, f"golden_thread.link_{said}", user=by, data={"contract": link.reference, "plan": link.plan_id})
    return link


@transaction.atomic
def undo(link, because, *, by):
    """Take an answer back, with the reason: the suggestion is open again. ValidationError where it was done before."""
    because = said(because)
    if not because:
        raise ValidationError("Say why it is undone.")
    done = ThreadLink.objects.filter(pk=link.pk, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by, undone_because=because[:300]
    )
    if not done:
        raise ValidationError("This was undone already.")
    log(
        link,
        "golden_thread.link_undone",
        user=by,
        data={"contract": link.reference, "plan": link.plan_id, "why": because},
    )


class Standing(models.TextChoices):
    """Whether Proactis has the Plan ID of a link by now."""

    DONE = "done", "Has it"
    WAITING = "waiting", "Waits for it"
    OTHER = "other", "Has another"
    GONE = "gone", "No longer has the contract"
    REFUSED = "refused", "–"
    UNDONE = "undone", "–"


def with_standing(links, council=None):
    """The links, each with `.standing`: whether Proactis has the Plan ID by now, waits for it, or has another."""
    try:
        extract = records.newest(System.CONTRACTS, council)
    except records.NoExtract:
        extract = None
    keys, there = {link.reference_key for link in links}, {}
    for row in in_slices(ContractRecord.objects.filter(extract=extract).order_by("sheet", "line"), keys):
        there.setdefault(row.reference_key, []).append(row)
    for link in links:
        rows = there.get(link.reference_key, [])
        link.standing = _standing(link, rows)
        link.has_another = link.standing == Standing.OTHER
        link.record = rows[0] if rows else None
    return links


def _standing(link, rows):
    if link.undone_at:
        return Standing.UNDONE
    if link.answer == Answer.REFUSED:
        return Standing.REFUSED
    if not rows:
        return Standing.GONE
    numbers = {number for row in rows for number in row.plan_numbers.split()}
    if str(link.plan_number) in numbers:
        return Standing.DONE
    as_it_was = not numbers or rows[0].plan_id_as_typed.strip() == link.typed.strip()
    return Standing.WAITING if as_it_was else Standing.OTHER


def waiting(council=None):
    """Confirmed links that Proactis does not have yet, in the order of its extract."""
    links = with_standing(list(standing_links(council)), council)
    return sorted((link for link in links if link.standing == Standing.WAITING), key=lambda link: link.record.line)


def corrections(council=None):
    """(CSV text for Proactis, how many links): the rows to change in its own columns, the Plan ID as PM3 writes it."""
    links = waiting(council)
    headings = records.newest(System.CONTRACTS, council).headings or DEFAULT_HEADINGS
    columns = [(name, heading) for name, heading in headings if name in SENT_BACK]
    rows = []
    for link in links:
        rows.append([link.plan_id if name == "plan_id_as_typed" else getattr(link.record, name) for name, _ in columns])
    return write_table([heading for _, heading in columns], rows), len(links)
