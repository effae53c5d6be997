"""A site that grows by one of everything that a list shows."""

import io
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.utils import timezone
from PIL import Image

from assurance.models import Sample
from golden_thread.models import Officer, TrainingSession
from guidance.governance import actions
from guidance.models import (
    Action,
    AuditFinding,
    Decision,
    Download,
    GovernanceGroup,
    GroupSeat,
    PageAnswer,
    Picture,
    ReviewTask,
    SocialValueModel,
)
from guidance.upkeep import reviews
from importing import runs
from mail.models import Message
from matching.alerts import subscriptions
from matching.models import Proposal, WeightsTrial
from matching.ranking import weights
from offers import asking, offering, referring
from organisations import doors, memberships
from organisations.models import Campaign, Membership
from performance import improving
from reports.models import Paper
from requests_app import deliveries, moderation, pledges
from requests_app.models import Request, Thanks
from returns import answering, opening, periods
from suppliers.models import Contract, ContractParty
from talking import bookings, questions, reporting, volunteer_days
from tests.conftest import make_commitment, make_organisation, make_page, make_request, make_role, make_user
from tests.offers.conftest import make_offer

REGISTER = b"Contract reference,Title,Supplier,Start date,End date\nR-1,Roads,Acme,01/04/2025,31/03/2027\n"


class Site:
    """Everything hangs on one group, supplier, commitment, pledge and page, so that their lists grow."""

    def __init__(self, group, supplier, commitment, people):
        self.group, self.supplier, self.commitment, self.people = group, supplier, commitment, people
        self.keeper = make_role("Keeper", people["cara"])
        self.page = make_page("Advice", self.keeper)
        self.steering = GovernanceGroup.objects.create(name="Steering", slug="steering-two", purpose="To steer")
        self.finding = AuditFinding.objects.create(
            reference="A1", report="Audit", finding="No owner", reported_on=timezone.localdate()
        )
        self.proposal = Proposal.objects.create(wanted={}, asked_by=people["cara"])
        self.needed = self.live(make_request(group, quantity=1000, title="A year of help"))
        self.pledge = pledges.offer(self.needed, supplier, Decimal(50), by=people["sam"], commitment=commitment)
        pledges.accept(self.pledge, by=people["alice"])
        last = periods.first_of_quarter(timezone.localdate()) - timedelta(days=1)
        self.owed = opening.of_period(commitment.contract, periods.first_of_quarter(last), last)
        self.sample = Sample.objects.create(
            seed=0, size=9, until=last, as_at=last, population=9, drawn_by=people["dee"]
        )
        self.size = 0

    @staticmethod
    def live(request):
        return Request.objects.for_page().get(pk=request.pk)

    def grow(self, to):
        while self.size < to:
            self.size += 1
            for part in (self.people_join, self.requests_and_pledges, self.work, self.guidance, self.files,
                         self.returns, self.assurance, self.offers, self.talk, self.council):  # fmt: skip
                part(self.size)

    def people_join(self, n):
        users = [make_user(f"{role}-{n}") for role in ("owner", "firm", "member", "asking")]
        make_organisation(f"Club {n}", "vcse", users[0])
        make_organisation(f"Firm {n}", "business", users[1])
        day = timezone.localdate()
        doors.start(Campaign(code=f"FAIR{n}", name="Fair", since=day, until=day), by=users[0])
        Contract.objects.create(reference=f"U-{n}", title="Unsigned", supplier_name=f"Unsigned {n}")
        make_organisation(f"Waiting {n}", "vcse", users[0], state="waiting")
        for user, admitted in ((users[2], timezone.now()), (users[3], None)):
            Membership.objects.create(organisation=self.group, user=user, admitted_at=admitted)
        memberships.invite(self.group, f"new-{n}@example.org", "member", by=self.people["alice"])
        Membership.objects.create(
            organisation=make_organisation(f"Second of Alice {n}", "vcse"), user=self.people["alice"], role="owner",
            admitted_at=timezone.now(),
        )  # fmt: skip

    def requests_and_pledges(self, n):
        alice, sam, cara = (self.people[name] for name in ("alice", "sam", "cara"))
        moderation.submit(make_request(self.group, live=False, title=f"Waits {n}"), by=alice)
        make_request(self.group, live=False, title=f"Draft {n}")
        request = self.live(make_request(self.group, title=f"Help {n}"))
        pledges.offer(request, self.supplier, Decimal(1), by=sam, commitment=self.commitment)
        self.volunteers(n)
        days = self.live(make_request(self.group, quantity=5, unit="days", title=f"Days {n}"))
        pledges.offer(days, self.supplier, Decimal(2), by=sam, commitment=self.commitment, counts=Decimal(12))
        today = timezone.localdate()
        _, confirmed, verified, disputed, queried = (
            deliveries.claim(
                self.pledge, Decimal(1) + Decimal(n * 5 + k) / 100, today - timedelta(days=k), by=sam, note="Before"
            )
            for k in range(5)
        )
        for delivery in (confirmed, verified, queried):
            deliveries.confirm(delivery, by=alice)
        deliveries.verify(verified, by=cara)
        deliveries.query(queried, "Can you send the sheet?", by=cara)
        deliveries.dispute(disputed, "Nobody came.", by=alice)
        make_commitment(self.supplier, by=cara, wording=f"Promise {n}", reference=self.commitment.contract.reference)
        make_commitment(self.supplier, by=cara, wording=f"Other {n}", reference=f"C-{n}0")

    def volunteers(self, n):
        """A volunteer day of the one request that is helped with, a task of it booked, and a word to all."""
        alice, sam = self.people["alice"], self.people["sam"]
        starts = timezone.now() + timedelta(days=10 + n)
        day = volunteer_days.announce(self.needed, starts, 60, [("Painting", 3, 1), ("Digging", 2, 0)], by=alice)[0]
        bookings.take(day.tasks.first(), self.pledge, 2, by=sam, who="Ana")
        volunteer_days.write(self.needed, f"Words {n}", by=sam)

    def work(self, n):
        sam, cara = self.people["sam"], self.people["cara"]
        subscriptions.save_search({"q": f"help {n}"}, "daily", by=self.people["alice"])
        subscriptions.save_search({"q": f"help {n}"}, "daily", by=sam)
        request = self.live(make_request(self.group, title=f"Proposed {n}"))
        self.proposal.lines.create(commitment=self.commitment, request=request, quantity=2, counts=2, value=1)
        Proposal.objects.create(wanted={}, asked_by=cara)
        WeightsTrial.objects.create(values=weights.current(), asked_by=cara)
        EmailMessage(f"Words {n}", "Words", to=[f"a{n}@example.org"]).send()
        Officer.objects.create(name=f"Officer {n}")
        TrainingSession.objects.create(title=f"Plan IDs {n}", held_on=timezone.localdate())
        register = SimpleUploadedFile(f"register-{n}.csv", REGISTER)
        runs.keep("register", register, by=cara)

    def guidance(self, n):
        today, edie = timezone.localdate(), self.people["edie"]
        role = make_role(f"Role {n}", self.people["cara"])
        page = make_page(f"Advice {n}", self.keeper)
        make_page(f"Written {n}", role)
        reviews.record(self.page, "unchanged", "Still right", by=self.people["cara"])
        reviews.record(page, "unchanged", "Still right", by=self.people["cara"])
        GroupSeat.objects.create(group=self.steering, role=role)
        GovernanceGroup.objects.create(name=f"Group {n}", slug=f"group-{n}", purpose="To steer")
        Decision.objects.create(group=self.steering, decided_on=today, decision=f"Agreed {n}")
        said = {"owner": role, "group": self.steering, "finding": self.finding}
        action = Action(title=f"Act {n}", opened_on=today, first_target_on=today, **said)
        actions.start(action, by=edie)
        actions.report(action, "under_way", by=edie, done="Begun")
        AuditFinding.objects.create(reference=f"B{n}", report="Audit", finding="No owner", reported_on=today)
        PageAnswer.objects.create(page_id=page.pk, useful=True, answered_on=today)
        model = SocialValueModel.objects.get(slug="central-2026")
        ReviewTask.objects.create(model=model, role=role, what=f"Rewrite {n}", opened_at=timezone.now())

    def returns(self, n):
        for commitment in self.commitment.contract.commitments.all():
            self.owed.answers.get_or_create(commitment=commitment)
        contract = make_commitment(self.supplier, by=self.people["cara"], reference=f"C-{n}1").contract
        sent = opening.of_period(contract, self.owed.first_day, self.owed.last_day)
        answering.nothing(sent, "Nothing was planned", by=self.people["sam"])
        late = make_commitment(self.supplier, by=self.people["cara"], reference=f"C-{n}2").contract
        opening.of_period(late, self.owed.first_day, self.owed.last_day)

    def offers(self, n):
        """A public offer, of which alice's group has asked for some; of the first, each new club asks for some too."""
        offer = make_offer(self.supplier, self.people["sam"], self.people["mo"], title=f"Chairs {n}")
        self.offer = getattr(self, "offer", offer)
        asking.ask(offer, self.group, Decimal(1), f"Hall {n}", by=self.people["alice"])
        club = make_organisation(f"Asking Club {n}", "vcse", self.people["tess"])
        asking.ask(self.offer, club, Decimal(1), f"Hall {n}", by=self.people["tess"])
        waiting = make_offer(self.supplier, self.people["sam"], title=f"Desks {n}")
        offering.submit(waiting, by=self.people["sam"])
        referring.approve(club, "Job club", by=self.people["mo"])

    def talk(self, n):
        """Questions asked, answered and public, reports, and thanks that anybody may read."""
        alice, sam, mo = (self.people[name] for name in ("alice", "sam", "mo"))
        asked = [
            questions.ask(
                self.live(make_request(self.group, title=f"Asked {n}.{part}")), self.supplier, f"Q{n}", by=sam
            )
            for part in range(3)
        ]
        for question in asked[1:]:
            questions.answer(question, "Yes", by=alice)
        questions.publish(asked[2], by=mo)
        reporting.report("/requests/", "false", f"Not so {n}", by=alice)
        delivery = self.pledge.deliveries.filter(state="confirmed", thanks=None).first()
        Thanks.objects.create(delivery=delivery, words=f"Thank you {n}", may_be_shown=True, by=alice, at=timezone.now())

    def council(self, n):
        """Papers, stuck e-mail, what has to improve, and parties of contracts."""
        cara, today = self.people["cara"], timezone.localdate()
        Paper.objects.create(as_at=today - timedelta(days=n), data={}, made_by=cara)
        Message.objects.filter(subject=f"Words {n}").update(state=Message.State.FAILED, error="No such address")
        improving.ask(self.commitment, f"Start {n}", today + timedelta(days=30), by=cara)
        ContractParty.objects.create(contract=self.commitment.contract, name=f"Parent {n}", role="parent")

    def assurance(self, n):
        today, checker = timezone.localdate(), self.people["dee"]
        checked = {"found": 1, "words": "Sheet", "checked_at": timezone.now(), "checked_by": checker}
        another = Sample.objects.create(seed=n, size=1, until=today, as_at=today, population=1, drawn_by=checker)
        for sample in (self.sample, another):
            item = {"commitment": self.commitment, "day": today, "confirmed": 1, "draws": 1}
            sample.items.create(delivery_number=n, **item, **checked)

    def files(self, n):
        out = io.BytesIO()
        Image.new("RGB", (20, 20)).save(out, "PNG")
        Picture.objects.create(title=f"Hall {n}", file=ContentFile(out.getvalue(), "hall.png"), width=20, height=20)
        Download.objects.create(title=f"Terms {n}", file=ContentFile(b"words", "terms.txt"))
