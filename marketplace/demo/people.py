"""The demo's people and organisations."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from organisations.models import Membership, Organisation, User
from places.models import outcode_of
from suppliers.models import SupplierProfile

from .clock import at
from .words import GROUPS, SUPPLIERS

PASSWORD = "marketplace-demo-2026"  # noqa: S105 - printed beside the sign-ins; the demo refuses real data
STAFF = {
    "cara": ("Cara Mason", "Contract managers"),
    "pat": ("Pat Okafor", "Procurement officers"),
    "mo": ("Mo Rahman", "Moderators"),
    "edie": ("Edie Lund", "Guidance editors"),
    "dee": ("Dee Harcourt", "Leaders"),
    "ruth": ("Ruth Adeyemi", "Programme team"),
}
OTHERS = {
    "alice": "Alice Turner",
    "bob": "Bob Ferreira",
    "tess": "Tess Whitlock",
    "sam": "Sam Kowalski",
    "charlie": "Charlie Bright",
}
SIGN_INS = [
    ("alice", "owns a voluntary group"),
    ("bob", "her colleague"),
    ("tess", "a council team that posts requests"),
    ("sam", "a supplier’s owner"),
    ("cara", "manages contracts, and brokers needs and promises"),
    ("pat", "procurement officer"),
    ("mo", "moderates"),
    ("edie", "edits guidance"),
    ("ruth", "programme team: publishes what Edie asks for, and mends e-mail"),
    ("dee", "senior sponsor"),
    ("charlie", "nothing of the others’"),
]


def make_user(key, name, password):
    user = User.objects.create(email=f"{key}@example.org", name=name, password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_people():
    """{first name: User} of those who can sign in."""
    password = make_password(PASSWORD)
    people = {key: make_user(key, name, password) for key, name in OTHERS.items()}
    for key, (name, group) in STAFF.items():
        people[key] = make_user(key, name, password)
        people[key].groups.add(Group.objects.get(name=group))
    people["mo"].groups.add(Group.objects.get(name="Procurement officers"))
    people["cara"].groups.add(Group.objects.get(name="Brokers"))
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    return people


def slug(name):
    return "".join(letter for letter in name.lower() if letter.isalnum())[:30]


def make_organisations(people, dice, today):
    """(groups, suppliers): approved organisations, each with an owner; a few wait or were refused."""
    groups = []
    for number, (name, outcode, kind, purpose) in enumerate(GROUPS):
        owner = {"Merstham Lunch Club": people["alice"], "County Libraries": people["tess"]}.get(name)
        groups.append(_make(name, outcode, kind, purpose, owner, people["mo"], dice, today, number))
    _join(groups[0], people["bob"], "member", today)
    suppliers = []
    for number, (name, sector, outcode) in enumerate(SUPPLIERS):
        owner = people["sam"] if name == "Holmbury Construction" else None
        purpose = f"A supplier to the council: {sector}."
        supplier = _make(name, outcode, "business", purpose, owner, people["mo"], dice, today, number + 100)
        SupplierProfile.objects.create(
            organisation=supplier,
            can_offer="Our people’s time, and what our trade knows.",
            travels_miles=dice.choice([10, 15, 20, 30]),
            holds_contracts=True,
            shown_to_groups=number % 2 == 0,
        )
        suppliers.append((supplier, sector))
    for number, (name, outcode, kind) in enumerate(
        [
            ("Tilford Toddlers", "GU9", "informal"),
            ("Ockham Orchard CIC", "GU23", "vcse"),
            ("Speedy Skips", "TW15", "business"),
        ]
    ):
        with at(today - timedelta(days=2 + number)):
            waiting = _row(name, outcode, kind, "Has just signed up.", 200 + number)
            waiting.save()
            founder = User.objects.create_user(f"founder@{slug(name)}.example", name=f"{name}, founder")
            _join(waiting, founder, "owner", today)
    return groups, suppliers


def _row(name, outcode, kind, purpose, number):
    place = outcode_of(outcode)
    return Organisation(
        name=name,
        kind=kind,
        what_it_does=purpose,
        postcode=f"{outcode} 1AA",
        outcode=place,
        district=place.district if place else None,
        charity_number=f"{1100000 + number * 37}" if kind == "vcse" else "",
        company_number=f"{4000000 + number * 911:08d}" if kind == "business" else "",
        sponsor_name="The parish council" if kind == "informal" else "",
        sponsor_email="clerk@example.org" if kind == "informal" else "",
        hosts_volunteers=kind != "business",
        safeguarding_lead="The chair" if kind != "business" else "",
        contact_name="The office",
        contact_email=f"{slug(name)}@example.org",
        contact_phone="01632 960001",
    )


def _make(name, outcode, kind, purpose, owner, moderator, dice, today, number):
    joined = today - timedelta(days=dice.randrange(400, 620))
    with at(joined):
        organisation = _row(name, outcode, kind, purpose, number)
        organisation.state = Organisation.State.APPROVED
        organisation.state_reason = "Welcome."
        organisation.decided_by = moderator
        organisation.decided_at = joined + timedelta(days=2)
        organisation.save()
        if owner is None:
            owner = User.objects.create_user(f"office@{slug(name)}.example", name=f"{name}, office")
        _join(organisation, owner, "owner", joined)
    return organisation


def _join(organisation, user, role, moment):
    Membership.objects.create(organisation=organisation, user=user, role=role, admitted_at=moment)
