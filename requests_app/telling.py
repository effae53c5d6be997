"""A case study drafted from a delivery that its group confirmed: the facts, the group's own thanks, nothing invented.

An editor finishes it: what it meant is theirs to ask for. Names of people are left out; the page's figures come from
the delivery itself.
"""

import json

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify

from guidance.models import Role
from guidance.pages.types import GuidanceSection
from records.transactions import atomic_once_more

from .models import CaseStudyPage, Delivery

TO_FINISH = "To finish: what did it change? Ask the group, and say it in their words. Then delete this line."
STORIES = "case-studies"


def worth_telling():
    """Deliveries that a group confirmed and thanked for in public, and that no case study tells of; newest first."""
    rows = Delivery.objects.filter(state__in=["confirmed", "verified"], thanks__may_be_shown=True, case_studies=None)
    return rows.exclude(thanks__words="").with_pledge().select_related("thanks").order_by("-delivered_on", "-pk")


def section_for(user):
    """The section of case studies, or the first section in which this person may write; None where there is none."""
    sections = GuidanceSection.objects.order_by("path")
    ordered = [*sections.filter(slug=STORIES), *sections.exclude(slug=STORIES)]
    return next((each for each in ordered if each.permissions_for_user(user).can_add_subpage()), None)


def title_of(delivery):
    return f"{delivery.pledge.supplier} and {delivery.pledge.request.organisation}: {delivery.pledge.request}"[:200]


def body_of(delivery):
    """The facts in order, a paragraph each, and what an editor still has to find out."""
    pledge, request = delivery.pledge, delivery.pledge.request
    place = f" in {request.place_words}" if request.place_words and not request.remote else ""
    said = [
        f"{request.organisation} asked for {request.quantity_words}{place}: {request.title}.",
        f"{pledge.supplier} pledged {pledge.quantity_words} on {pledge.offered_at:%-d %B %Y}.",
        f"On {delivery.delivered_on:%-d %B %Y} the help arrived. The group confirmed {delivery.confirmed_words}.",
    ]
    if delivery.verified is not None:
        said.append(f"The council verified {delivery.verified_words}.")
    paragraphs = format_html_join("", "<p>{}</p>", ((words,) for words in said))
    return format_html("{}<p><b>{}</b></p>", paragraphs, TO_FINISH)


@atomic_once_more
def draft(delivery, *, by):
    """The CaseStudyPage of a delivery, a draft; ValidationError where it is told already, or nobody may write it."""
    delivery = Delivery.objects.with_pledge().select_for_update(of=("self",)).get(pk=delivery.pk)
    if not worth_telling().filter(pk=delivery.pk).exists():
        raise ValidationError("This delivery has a case study already, or was not thanked for in public.")
    section = section_for(by)
    if section is None:
        raise ValidationError("There is no section in which you may write.")
    keeper = section.owner_role or Role.objects.order_by("pk").first()
    if keeper is None:
        raise ValidationError("Nobody answers for pages yet: make a role first.")
    page = CaseStudyPage(
        title=title_of(delivery), slug=f"{slugify(str(delivery.pledge.request))[:60]}-{delivery.pk}", live=False,
        introduction=f"How {delivery.pledge.supplier} helped {delivery.pledge.request.organisation}."[:250],
        kind=delivery.pledge.request.kind, delivery=delivery, quotation=delivery.thanks.words,
        quoted=str(delivery.pledge.request.organisation)[:120], owner_role=keeper, owner=by,
        body=json.dumps([{"type": "text", "value": str(body_of(delivery))}]),
    )  # fmt: skip
    section.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page
