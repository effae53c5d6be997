"""People and things that tests share. Every test has its own data; nothing is left to chance."""

import json
import os
import re
import sys
import time
from datetime import datetime, timedelta
from decimal import Decimal

import hypothesis
import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connections
from django.utils import timezone
from django.utils.text import slugify

from guidance.governance import roles
from guidance.models import Role
from guidance.pages.types import GuidancePage, GuidanceSection
from guidance.upkeep import reads
from marketplace.models import HomePage
from matching.ranking import exposure
from organisations.models import Membership, Organisation, User
from places.models import District, Outcode
from requests_app import filters, totals
from requests_app.models import Request
from suppliers import commitments
from suppliers.models import Commitment, Contract
from tests import migrated
from words.references import reference_key

PASSWORD = "correct-horse-battery"
hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("untimed")


def pytest_sessionstart(session):
    """The database that every process copies is there before any of them begins; what takes long is said."""
    if not hasattr(session.config, "workerinput") and not session.config.option.collectonly:
        try:
            migrated.prepare(lambda words: print(words, file=sys.stderr, flush=True))
        except migrated.Busy as busy:
            pytest.exit(str(busy), returncode=3)


LONGEST_FIRST = ("test_demo.py", "test_county_model.py", "test_every_address.py", "test_torn_returns.py")


def pytest_collection_modifyitems(config, items):
    """What takes longest begins first, so that no process works alone at the end.

    On the second database only what asks it: words, numbers and files are read alike beside either, and what is marked
    `either_database` asks it nothing that another test doesn't.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST_FIRST)
    if os.environ.get("TEST_ON") != "postgresql":
        return

    def asks(item):
        if item.get_closest_marker("either_database"):
            return False
        marked = item.get_closest_marker("django_db") or "db" in item.fixturenames
        return bool(marked or hasattr(item.module, "Site") or "site" in item.fixturenames)

    left_out = [item for item in items if not asks(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if asks(item)]


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Tests find their database migrated: each process has a copy of one that was migrated once."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    settings = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql":
        migrated.copy_postgresql(settings["TEST"]["NAME"] or f"test_{settings['NAME']}")
    else:
        migrated.copy_sqlite(settings["TEST"]["NAME"])


@pytest.fixture(autouse=True)
def fresh_caches():
    for alias in ("default", "local", "pages"):
        caches[alias].clear()
    reads._reads.clear()
    filters._checked.cache_clear()
    exposure._shown.clear()
    reads._flushed_at = time.monotonic()


def make_user(key, group=None):
    user = User.objects.create_user(f"{key}@example.org", PASSWORD, name=key.capitalize())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


STAFF = {
    "cara": "Contract managers", "pat": "Procurement officers", "mo": "Moderators", "edie": "Guidance editors",
    "dee": "Leaders",
}  # fmt: skip
OTHERS = ("alice", "bob", "tess", "sam", "charlie")


def make_people():
    """{first name: User} as `make_user` makes each of them, all at once: most tests begin with them."""
    coded, now = make_password(PASSWORD), timezone.now()
    users = [
        User(email=f"{key}@example.org", name=key.capitalize(), password=coded, date_joined=now)
        for key in (*OTHERS, *STAFF)
    ]
    people = dict(zip((*OTHERS, *STAFF), User.objects.bulk_create(users), strict=True))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    numbers = dict(Group.objects.filter(name__in=STAFF.values()).values_list("name", "pk"))
    joined = User.groups.through
    joined.objects.bulk_create(joined(user=people[key], group_id=numbers[name]) for key, name in STAFF.items())
    return people


def make_group(people):
    organisation = make_organisation("Lunch Club", "vcse", people["alice"], charity_number="1012345")
    Membership.objects.create(organisation=organisation, user=people["bob"], role="member", admitted_at=timezone.now())
    return organisation


def make_supplier(people):
    return make_organisation("Builder Ltd", "business", people["sam"], outcode="RH2", company_number="01234567")


def make_organisation(name, kind, owner=None, state="approved", **fields):
    place = Outcode.objects.select_related("district").get(code=fields.pop("outcode", "RH1"))
    decided = (
        {} if state == "waiting" else {"decided_at": timezone.now(), "decided_by": owner or make_user(f"by-{name}")}
    )
    organisation = Organisation.objects.create(
        name=name,
        kind=kind,
        state=state,
        postcode=f"{place.code} 1AA",
        outcode=place,
        district=place.district,
        sponsor_name="Parish" if kind == "informal" else "",
        contact_name=f"Contact of {name}",
        contact_email=f"contact@{name.lower().replace(' ', '')}.example",
        contact_phone="01632 960123",
        what_it_does="Good things",
        **decided,
        **fields,
    )
    if owner:
        Membership.objects.create(organisation=organisation, user=owner, role="owner", admitted_at=timezone.now())
    return organisation


def make_request(organisation, quantity=10, title="Paint our hall", live=True, **fields):
    fields = {
        "kind": "volunteers",
        "unit": "hours",
        "description": "Walls and ceiling",
        "beneficiaries": "Everyone",
        "postcode": organisation.postcode,
        "outcode": organisation.outcode,
        "district": organisation.district,
        "needed_by": timezone.localdate() + timedelta(days=60),
    } | fields
    request = Request.objects.create(
        organisation=organisation,
        title=title,
        quantity=Decimal(quantity),
        live=live,
        first_published_at=timezone.now() if live else None,
        **fields,
    )
    if live:
        totals.place(request)
    return request


def make_commitment(supplier, quantity=100, unit="hours", by=None, wording="Staff volunteering", reference="C-1"):
    contract, _ = Contract.objects.get_or_create(
        reference_key=reference_key(reference),
        defaults={
            "reference": reference,
            "title": "Roads",
            "supplier": supplier,
            "supplier_name": supplier.name,
        },
    )
    commitment = Commitment(contract=contract, wording=wording, unit=unit, kind="volunteers")
    return commitments.make(commitment, Decimal(quantity), by=by, by_words="" if by else "A test")


def make_role(title, holder=None, **fields):
    role = Role.objects.create(title=title, slug=slugify(title), responsibilities=f"Answers for {title}", **fields)
    if holder:
        roles.appoint(role, holder, by=None, starts_on=timezone.localdate() - timedelta(days=100))
    return role


def make_section(slug="guidance", parent=None):
    parent = parent or HomePage.objects.get()
    owner = Role.objects.first() or make_role("Keeper")
    section = parent.add_child(instance=GuidanceSection(title=slug.capitalize(), slug=slug, owner_role=owner))
    GuidanceSection.objects.update(owner_role=None)  # the tests count the pages that roles keep
    return section


def make_page(title="Ask well", owner=None, live=True, kind=GuidancePage, section=None, body=(), **fields):
    """A page of guidance; a live one was written by nobody in particular and published today."""
    section = section or GuidanceSection.objects.first() or make_section()
    fields = {"slug": slugify(title), "introduction": "How to ask."} | fields
    page = kind(
        title=title, owner_role=owner or Role.objects.first(), live=False, body=json.dumps(list(body)), **fields
    )
    section.add_child(instance=page)
    if live:
        page.save_revision().publish()
    return kind.objects.get(pk=page.pk)


@pytest.fixture
def sponsor(people):
    """The senior sponsor's role, held by dee."""
    return make_role("Senior sponsor", people["dee"], receives_alarms=True)


@pytest.fixture
def keeper(people):
    """A role that keeps pages, held by cara, who edits none of them."""
    return make_role("Keeper of advice", people["cara"])


@pytest.fixture
def people(db):
    """{first name: User}: everybody whom tests and the demo are played by."""
    return make_people()


@pytest.fixture
def group(people):
    return make_group(people)


@pytest.fixture
def supplier(people):
    return make_supplier(people)


@pytest.fixture
def wanted(group):
    """A public request for 10 hours."""
    return Request.objects.for_page().get(pk=make_request(group).pk)


@pytest.fixture
def commitment(supplier, people):
    """A commitment of 100 hours."""
    return make_commitment(supplier, by=people["cara"])


@pytest.fixture
def district(db):
    return District.objects.get(name="Woking")


BLOCKS = "title|h[1-6]|p|li|dt|dd|th|td|caption|label|button|legend|summary"


def markup(answer):
    """An answer's HTML as a reader's browser takes it: see `collapsed`."""
    return collapsed(answer.content.decode())


def collapsed(html):
    """HTML with each space once and none at the edges of a block, its tables without what screens/labels.py adds.

    Drawn letters (tokens, nonces) are left out: they would hold any short word once in a while.
    """
    text = re.sub(r"\s+", " ", html).strip()
    text = re.sub(r'(nonce="|name="csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
    text = re.sub(r' role="(?:row|cell|rowheader)"(?: data-label="[^"]*")?', "", text)
    text = re.sub(rf"(<(?:{BLOCKS})\b[^>]*>) ", r"\1", text)
    return re.sub(rf" (</(?:{BLOCKS})>)", r"\1", text).replace("> <", "><")


MONDAY = timezone.make_aware(datetime(2026, 3, 2, 10))  # no bank holiday before Good Friday, 3 April


@pytest.fixture
def now():
    """Sets the clock: now(days) is so many days after MONDAY."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield lambda days, hours=0: traveller.move_to(MONDAY + timedelta(days=days, hours=hours))
