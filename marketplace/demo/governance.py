"""The demo's governance: roles and who holds them, two groups with terms, decisions, audit findings and actions."""

from datetime import date, timedelta

from guidance.governance import actions as acting
from guidance.governance import roles as appointing
from guidance.models import Action, ActionUpdate, AuditFinding, Decision, GovernanceGroup, GroupSeat, Role

from .clock import at

# slug: (title, responsibilities, who holds it in the demo, further fields)
ROLES = {
    "senior-sponsor": (
        "Senior sponsor for social value",
        "Sets the direction, answers to the cabinet, and is told when a role stays empty or a review stays undone.",
        "dee",
        {"receives_alarms": True, "name_shown": True},
    ),
    "steering-chair": (
        "Chair of the Steering Group",
        "Leads the Steering Group and sees that its decisions are carried out.",
        "dee",
        {"name_shown": True},
    ),
    "programme-manager": (
        "Social value programme manager",
        "Runs this site and the programme day by day, and keeps the guidance for groups.",
        "edie",
        {"mailbox": "marketplace-team@example.org"},
    ),
    "working-group-lead": (
        "Lead of the Working Group",
        "Brings officers, suppliers and groups together each month.",
        "mo",
        {},
    ),
    "director-procurement": (
        "Director of Procurement",
        "Answers for how social value is asked for and scored.",
        "pat",
        {"name_shown": True, "mailbox": "procurement@example.org"},
    ),
    "procurement-slt": (
        "Procurement leadership team",
        "Looks at the golden thread figures each month and takes them up with officers.",
        "",
        {},
    ),
    "cmas": (
        "Contract Management Advisory Service",
        "Helps contract managers to follow what was promised.",
        "cara",
        {"mailbox": "contracts@example.org"},
    ),
    "champion": ("Social Value Champion", "Opens doors between a supplier and the groups near it.", "tess", {}),
}
GROUPS = [
    {
        "name": "Social Value Steering Group",
        "slug": "steering-group",
        "purpose": "To decide what the council asks of suppliers, and to see that it is delivered.",
        "scope": "All contracts with a social value promise, this site, and the golden thread between systems.",
        "chair": "steering-chair",
        "deputy": "director-procurement",
        "quorum": "Four members, the chair or deputy among them",
        "meeting_frequency": "Every two months",
        "decision_rights": "Policy, priorities, targets, and which version of the model is used.",
        "reports_to": "The cabinet; twice a year to the Audit and Governance Committee",
        "inputs": "Figures from this site, the audit tracker, and the Working Group’s notes.",
        "outputs": "Decisions with a reason, and a paper for each committee.",
        "conflicts_of_interest": "Members name any link to a supplier or group before the item, and leave for it.",
        "seats": ["senior-sponsor", "steering-chair", "director-procurement", "programme-manager", "cmas"],
        "valid_from": date(2024, 6, 3),
    },
    {
        "name": "Social Value Working Group",
        "slug": "working-group",
        "purpose": "To carry out what the Steering Group decides, and to bring it what officers and groups meet.",
        "scope": "Guidance, training, requests that wait, and records to mend.",
        "chair": "working-group-lead",
        "deputy": "programme-manager",
        "quorum": "Three members",
        "meeting_frequency": "Every month",
        "decision_rights": "Wording of guidance and order of work. Anything else goes to the Steering Group.",
        "reports_to": "The Steering Group",
        "inputs": "Guidance health, review tasks, and what readers say.",
        "outputs": "Pages kept current, and a note of each meeting.",
        "conflicts_of_interest": "Members name any link to a supplier or group before the item.",
        "seats": ["working-group-lead", "programme-manager", "cmas", "champion", "procurement-slt"],
        "valid_from": date(2024, 9, 9),
    },
]
# reference, finding, [(action, owner, days from opening to target, [(days ago, status, what was done, evidence)])]
FINDINGS = [
    (
        "SV-1",
        "Guidance was published, but no role was clearly answerable for keeping it current.",
        [
            (
                "Give every page of guidance an owner, a deputy and a review date",
                "programme-manager",
                180,
                [
                    (250, "under_way", "Owners named for 20 pages.", ""),
                    (
                        120,
                        "done",
                        "Every live page has an owner and a deputy.",
                        "The page “Who is responsible” on this site",
                    ),
                ],
            )
        ],
    ),
    (
        "SV-2",
        "The Steering Group and the Working Group had no published terms of reference.",
        [
            (
                "Agree and publish terms for both groups",
                "senior-sponsor",
                150,
                [
                    (200, "under_way", "Drafts went to both groups.", ""),
                    (
                        21,
                        "done",
                        "Both groups approved their terms.",
                        "Minutes of the Steering Group; the groups’ pages",
                    ),
                ],
            )
        ],
    ),
    (
        "SV-3",
        "Few completed projects had their social value recorded in PM3.",
        [
            (
                "Train procurement officers to record social value when a project closes",
                "director-procurement",
                200,
                [(230, "under_way", "Four sessions held, 61 officers came.", "")],
            ),
            ("Report the share of projects each month", "procurement-slt", 120, []),
        ],
    ),
    (
        "SV-4",
        "Contract records often did not carry the number of the project they came from.",
        [
            (
                "Mend the records of contracts in scope",
                "cmas",
                420,
                [(100, "under_way", "The first directorate is done.", "")],
            )
        ],
    ),
]


def make_roles(people, today):
    """{slug: Role}, each held since a past day; one is vacant, one changed hands."""
    made = {}
    for slug, (title, responsibilities, holder, fields) in ROLES.items():
        role = made[slug] = Role.objects.create(slug=slug, title=title, responsibilities=responsibilities, **fields)
        if holder == "tess":
            continue  # a champion in a council team, without staff rights: named later, by the council
        if slug == "director-procurement":
            appointing.appoint(role, people["cara"], by=None, starts_on=(today - timedelta(days=700)).date())
        if holder:
            appointing.appoint(
                role,
                people[holder],
                by=None,
                starts_on=(today - timedelta(days=400)).date(),
                handover="The open tenders and their scoring notes are in the team’s folder."
                if slug == "director-procurement"
                else "",
            )
    return made


def make_groups(roles, people, today):
    """Both groups, their decisions, and the audit's findings with what was done about each."""
    made = {}
    for terms in GROUPS:
        terms = dict(terms)
        seats = terms.pop("seats")
        terms |= {"chair": roles[terms["chair"]], "deputy": roles[terms["deputy"]]}
        group = GovernanceGroup(
            version="1.0", approved_by="Steering Group", approved_on=(today - timedelta(days=21)).date(),
            review_date=(today + timedelta(days=344)).date(), **terms,
        )  # fmt: skip
        group.seats = [GroupSeat(role=roles[slug]) for slug in seats]
        group.save()
        group.save_revision(user=people["edie"])
        made[group.slug] = group
    steering, working = made["steering-group"], made["working-group"]
    for group, ago, decision, reason in (
        (steering, 21, "Both groups’ terms of reference are approved.", "An audit found none."),
        (steering, 82, "Requests open to every group in the county.", "The soft launch met its aims."),
        (working, 35, "Every page is read against the new procurement rules this autumn.", ""),
    ):
        Decision.objects.create(
            group=group, decided_on=(today - timedelta(days=ago)).date(), decision=decision, reason=reason
        )
    for number, (reference, words, wanted) in enumerate(FINDINGS):
        finding = AuditFinding.objects.create(
            reference=reference,
            report="Internal audit of social value (example)",
            reported_on=(today - timedelta(days=560)).date(),
            finding=words,
        )
        for title, owner, days, history in wanted:
            _act(
                Action(title=title, owner=roles[owner], finding=finding),
                days,
                history,
                people,
                today - timedelta(days=330 - number),
            )
    _act(
        Action(
            title="Invite three suppliers to the December meeting", owner=roles["working-group-lead"], group=working
        ),
        60,
        [],
        people,
        today - timedelta(days=40),
    )


def _act(action, days, history, people, opened):
    action.opened_on, action.first_target_on = opened.date(), (opened + timedelta(days=days)).date()
    with at(opened):
        acting.start(action, by=people["dee"])
    for ago, status, done, evidence in history:
        moment = opened + timedelta(days=330 - ago) if ago < 330 else opened
        with at(moment):
            acting.report(action, ActionUpdate.Status(status), by=people["edie"], done=done, evidence=evidence)
