"""Steps of returns: sent, sent again, answered line by line, imported; samples drawn and checked on the way."""

from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from assurance import checking, drawing
from assurance.models import SampleItem
from returns import answering, deciding, imports, known, lines, opening, periods
from returns.models import Answer, Return
from suppliers.models import Commitment


class Reporting:
    """For the County: what a supplier reports of this quarter, and what the contract manager says to it."""

    def owed(self, a):
        """(Commitment, its contract's Return of this quarter)."""
        commitment = Commitment.objects.select_related("contract").get(pk=self.pick(self.commitments, a))
        today = timezone.localdate()
        quarter = periods.first_of_quarter(today), periods.last_of_quarter(today)
        return commitment, opening.of_period(commitment.contract, *quarter)

    def in_all(self, commitment, of_return):
        """What the ledger has delivered of a return's days, its own lines with it."""
        found = known.delivered([commitment.pk], since=of_return.first_day, until=of_return.last_day)
        return found.get(commitment.pk, Decimal(0))

    def told(self, commitment, of_return):
        """Tell the model what a return's answer stands at, as a line; the whole of the period must be what was said."""
        answer = Answer.objects.filter(of_return=of_return, commitment=commitment).first()
        if answer and answer.line:
            line = lines.standing(answer.line)
            stage = ("claimed", "confirmed").index(line.stage)
            moved_from = self.lines_of.get(answer.pk)
            if moved_from not in (None, line.number):  # told for another day: the first claim is taken back
                self.model.returns[moved_from] = (commitment.pk, Fraction(0), 0)
            self.lines_of[answer.pk] = line.number
            self.model.returns[line.number] = (commitment.pk, Fraction(line.quantity), stage)
        return answer

    def report(self, a, b, amount, screen):
        """Send this quarter's return, or send it again; now and then nothing, now and then a file for it."""
        commitment, owed = self.owed(a)
        amount = amount.quantize(Decimal(1)) if commitment.unit == "items" else amount
        if b == 5 and not screen:
            answering.nothing(owed, "Nothing was planned", by=self.people["sam"])
        elif screen:
            given = {commitment.pk: answering.Given(amount, evidence="Sheets")}
            period = owed.first_day, owed.last_day
            imports.save_accepted(imports.Agreed(owed.contract, period, given), by=self.people["cara"])
        else:
            given = {commitment.pk: answering.Given(amount, evidence="Sheets")}
            answering.send(owed, given, by=self.people["sam"], is_declared=True)
        if answer := self.told(commitment, owed):  # there is none of a promise that was withdrawn
            assert self.in_all(commitment, owed) == answer.quantity

    def answer_report(self, a, b, amount, screen):
        """Accept, ask about or reject what was sent."""
        rows = Return.objects.to_answer().filter(contract__commitments__in=self.commitments).order_by("pk")
        sent = self.pick(list(rows), a)
        if sent is None:
            return
        verb = (deciding.ACCEPT, deciding.ACCEPT, deciding.QUERY, deciding.REJECT)[b % 4]
        answers = list(sent.answers.filter(state="sent").select_related("commitment"))
        words = "" if verb == deciding.ACCEPT else "Why?"
        deciding.decide(sent, {answer.pk: (verb, words) for answer in answers}, by=self.people["cara"])
        for answer in answers:
            self.told(answer.commitment, sent)

    def sample(self, a, b, amount, screen):
        """Draw a sample, the same for the same words, and check one of its deliveries: no total moves."""
        today = timezone.localdate()
        words = {"seed": a, "size": b + 1, "until": today, "as_at": today, "by_words": "A test"}
        drawn, _ = drawing.draw(**words)
        assert drawing.draw(**words) == (drawn, False)
        item = SampleItem.objects.filter(sample=drawn, checked_at=None).first()
        if item:
            checking.check(item, item.confirmed if b % 2 else Decimal(0), "Seen", by=self.people["dee"])
