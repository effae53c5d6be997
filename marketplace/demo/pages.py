"""The demo's first guidance pages and the pages every public site owes its readers."""

import json
from datetime import timedelta

from django.conf import settings

from guidance.models import GuidancePage, GuidanceSection

from ..models import HomePage

PAGES = [
    (
        "Post a request that gets answered",
        "post-a-request",
        "requestors",
        "What suppliers look for, and how to say it in ten minutes.",
        [
            "One need, one request",
            "Ask for one kind of help and say how much. A group with several needs posts several "
            "requests and copies one into the next.",
        ],
        [
            "Say what hosting costs",
            "Volunteers need tools, tea and somebody to show them. If that costs you money, say so: "
            "a supplier can cover it.",
        ],
    ),
    (
        "Pledge, deliver, and have it counted",
        "pledge-and-deliver",
        "suppliers",
        "How a pledge counts against what you promised, once and only once.",
        [
            "Choose the commitment",
            "When you pledge, choose the commitment it counts against. It is held for you until the "
            "group answers, for two weeks at most.",
        ],
        [
            "Record what you did",
            "Record each delivery with its day and quantity. The group confirms it with one click; the "
            "council verifies it.",
        ],
    ),
    (
        "Follow a contract’s promises",
        "follow-promises",
        "contract_managers",
        "Promised, reserved, claimed, confirmed, verified: what each figure means and what to do next.",
        ["Claimed is not confirmed", "Each stage has its own figure and they are never added together."],
        ["Every figure opens", "Choose a figure on a commitment’s page and you see every entry behind it."],
    ),
    (
        "Ask for social value in a tender",
        "ask-in-a-tender",
        "procurement",
        "Use real needs, so that what is promised is what is wanted.",
        ["Read the open requests", "They show what groups need now, by place and by kind of help."],
        ["Name units", "A promise that can be counted can be followed. Hours, people, items, pounds."],
    ),
]
STATUTORY = [
    (
        "Accessibility statement",
        "accessibility",
        "How far this site meets the Web Content Accessibility Guidelines.",
        "This site aims to meet WCAG 2.2 AA. It works with a keyboard alone, without JavaScript, and at the "
        "width of a telephone. If something stops you, write to us: we put it right or give you what you need "
        "another way.",
    ),
    (
        "Privacy",
        "privacy",
        "What we keep about you, why, and for how long.",
        "We keep your name, your e-mail address and what you do here, because running the marketplace is a public "
        "task. Contact details are shown to another organisation only once a pledge between you is accepted. To "
        "complain about how your data is used, write to us: we acknowledge within 30 days.",
    ),
    (
        "Cookies",
        "cookies",
        "Two cookies, both needed.",
        "One keeps you signed in (sessionid, two weeks), one protects forms (csrftoken, one year). There is no other.",
    ),
]


def body(*blocks):
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def make_pages(today):
    home = HomePage.objects.first()
    day = today.date()
    keeper = {
        "owner_role": "Social value programme manager",
        "reviewed_on": day - timedelta(days=40),
        "review_due_on": day + timedelta(days=140),
    }
    section = GuidanceSection(
        title="Guidance",
        slug="guidance",
        introduction="What social value is, and how each of us makes it real.",
    )
    home.add_child(instance=section)
    for title, slug, audience, introduction, *parts in PAGES:
        blocks = []
        for heading, text in parts:
            blocks += [("heading", heading), ("text", f"<p>{text}</p>")]
        section.add_child(
            instance=GuidancePage(
                title=title,
                slug=slug,
                audience=audience,
                introduction=introduction,
                body=body(*blocks),
                **keeper,
            )
        )
    for title, slug, introduction, text in STATUTORY:
        words = f"<p>{text}</p><p>{settings.SUPPORT_EMAIL}</p>"
        page = GuidancePage(title=title, slug=slug, introduction=introduction, body=body(("text", words)), **keeper)
        home.add_child(instance=page)
