"""The demo's guidance: written, owned, reviewed, read and answered; a few pages late, one role vacant."""

import json
from datetime import timedelta

from django.utils import timezone

from guidance.models import Outcome, PageAnswer, PageReads, PriorityMark, Review, SocialValueModel
from guidance.pages.register import kept_pages
from guidance.pages.types import GuidancePage, GuidanceSection, NewsPage, PriorityPage, StepGuidePage
from guidance.upkeep import reviews
from requests_app.models import CaseStudyPage, Delivery

from ..models import HomePage
from ..roles import apply_roles
from . import writing
from .clock import at

SECTIONS = [
    ("social-value", "Social value", "everyone", "What it is, what we ask for and how it is counted."),
    ("requestors", "For groups that need help", "requestors", "Ask for what you need and say what arrived."),
    ("suppliers", "For suppliers", "suppliers", "Find what is needed, pledge it and have it counted."),
    ("procurement", "For commissioners and procurement", "procurement", "Ask for promises that can be kept."),
    ("contract-managers", "For contract managers", "contract-managers", "Follow what was promised to what arrived."),
    ("priorities", "Priorities and needs", "priorities", "The council’s priorities, and what groups need for each."),
    ("case-studies", "Case studies", "", "What happened when a promise met a need."),
    ("news", "News", "news", "What is new on this site and in the rules behind it."),
]
# days since the last review, where it differs from the usual: a page due soon, one overdue, one that tells its readers
LATE = {"falling-behind": 178, "evidence": 205, "what-counts": 262, "record-the-plan-id": 190}
ANSWERS = [
    (True, ""),
    (True, "Clear and short."),
    (True, ""),
    (False, "I wanted an example of a delivery plan."),
    (True, ""),
    (False, "How long does the council take to answer?"),
]
STORIES = [
    (
        "volunteers",
        "Many hands, one weekend",
        "Volunteers from a council supplier did in a day what the group could not.",
    ),
    ("goods", "Given, not thrown away", "What one supplier no longer needed is in use every day."),
    ("advice", "An hour of advice that lasts", "Professional help, given free, put a small group on firm ground."),
]
MARKS = {
    "central-2025": {"Outcome 1": "1", "Outcome 2": "14", "Outcome 4": "3", "Outcome 6": "12", "Outcome 7": "14"},
    "central-2020": {"O1": "24", "O2": "1", "O3": "1", "O4": "3", "O7": "2", "O8": "4"},
}


def make_pages(today, roles, staff, dice):
    """Sections first, then pages, then their words: pages link to each other by id."""
    home = HomePage.objects.first()
    HomePage.objects.filter(pk=home.pk).update(
        owner_role=roles["programme-manager"], deputy_role=roles["senior-sponsor"]
    )
    home.refresh_from_db()
    keep = {"owner_role": roles["programme-manager"], "deputy_role": roles["working-group-lead"]}
    shelf = _add(
        home,
        GuidanceSection(
            title="Guidance",
            slug="guidance",
            introduction="What social value is, and how each of us makes it real.",
            **keep,
        ),
    )
    made, texts = {}, {}
    for slug, title, source, introduction in SECTIONS:
        section = _add(shelf, GuidanceSection(title=title, slug=slug, introduction=introduction, **keep))
        for text in writing.read(source) if source else []:
            made[text["slug"]], texts[text["slug"]] = _draft(section, text, roles, today), text
    for text in writing.read("site"):
        made[text["slug"]], texts[text["slug"]] = _draft(home, text, roles, today), text
    writer = writing.Writer({slug: page.pk for slug, page in made.items()}, roles)
    for slug, page in made.items():
        _write(page, texts[slug], writer, staff, today)
    stories = GuidanceSection.objects.get(slug="case-studies")
    for kind, title, introduction in STORIES:
        _story(stories, kind, title, introduction, roles, staff, today)
    _readers(today, dice)
    _matrix()
    apply_roles()


def _add(parent, page):
    parent.add_child(instance=page)
    return page


TYPES = {"": GuidancePage, "steps": StepGuidePage, "priority": PriorityPage, "news": NewsPage}


def _draft(parent, text, roles, today):
    kind = text.get("type", "")
    fields = {
        "title": text["title"],
        "slug": text["slug"],
        "introduction": text["intro"],
        "owner_role": roles[text["owner"]],
    }
    if kind == "news":
        fields["day"] = (today - timedelta(days=int(text["days_ago"]))).date()
    else:
        fields |= {"audience": text["audience"], "review_months": int(text.get("review", 6))}
        fields["deputy_role"] = roles[text["deputy"]]
    if "model" in text:
        fields["model"] = SocialValueModel.objects.get(slug=text["model"])
    if kind == "priority":
        fields["outcome"] = Outcome.objects.get(model__is_councils_own=True, code=text["outcome"])
    return _add(parent, TYPES[kind](live=False, **fields))


def _write(page, text, writer, staff, today):
    """The words, published at a past moment by somebody else than their writer, and reviewed since."""
    if text.get("type") == "steps":
        page.steps = json.dumps(writer.steps(text["lines"]))
    else:
        page.body = json.dumps(writer.body(text["lines"]))
    ago = int(text["days_ago"]) if text.get("type") == "news" else 330
    _publish(page, staff, today - timedelta(days=ago))
    if text.get("type") == "news":
        return
    since = LATE.get(text["slug"], 20 + len(text["slug"]) * 5)
    moment = today - timedelta(days=since)
    with at(moment):
        reviews.record(
            page,
            Review.Result.NO_CHANGE,
            "Read from beginning to end; every link opened; nothing has changed.",
            by=staff["pat"],
        )


def _publish(page, staff, moment):
    with at(moment):
        page.save_revision(user=staff["edie"]).publish(user=staff["dee"], skip_permission_checks=True)


def _story(section, kind, title, introduction, roles, staff, today):
    """A case study of a delivery that the demo's own verbs confirmed and verified."""
    told = Delivery.objects.verified().filter(pledge__request__kind=kind, pledge__request__live=True)
    delivery = told.with_pledge().order_by("-confirmed", "pk").first()
    if delivery is None:
        return
    request, supplier = delivery.pledge.request, delivery.pledge.supplier
    text = (
        f"<p>{request.organisation} asked for help: {request.title}. {supplier} read the request and pledged. "
        f"The group accepted within days.</p><p>On {delivery.delivered_on:%-d %B %Y} the help arrived. "
        "The group confirmed it, and a contract manager verified it.</p>"
    )
    page = CaseStudyPage(
        title=title,
        slug=kind,
        introduction=introduction,
        audience="everyone",
        kind=kind,
        delivery=delivery,
        quotation="They came when they said they would, and they have asked when they may come again.",
        quoted="A trustee of the group",
        owner_role=roles["working-group-lead"],
        deputy_role=roles["programme-manager"],
        body=json.dumps([{"type": "text", "value": text}]),
        live=False,
    )
    _publish(_add(section, page), staff, today - timedelta(days=30))


def _readers(today, dice):
    """Reads and answers of the last weeks; one page that nobody reads."""
    day = timezone.localdate()
    for number, page in enumerate(kept_pages()):
        if page.slug == "glossary":
            continue
        PageReads.objects.bulk_create(
            PageReads(page_id=page.pk, day=day - timedelta(days=n), reads=dice.randrange(1, 40)) for n in range(1, 28)
        )
        for n in range(number % 5 + 1):
            useful, comment = ANSWERS[(number + n) % len(ANSWERS)]
            PageAnswer.objects.create(
                page_id=page.pk, useful=useful, comment=comment, answered_on=day - timedelta(days=n * 3 + 1)
            )


def _matrix():
    own = {o.code: o for o in Outcome.objects.filter(model__is_councils_own=True)}
    for slug, marks in MARKS.items():
        for line in Outcome.objects.filter(model__slug=slug, code__in=marks):
            PriorityMark.objects.bulk_create(
                PriorityMark(priority=own[code], outcome=line) for code in marks[line.code]
            )
