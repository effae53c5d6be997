"""Run as a program: a return's acts in processes that are killed before each of their writes in turn, and two
processes that act on one return in the same instant; prints what came of them as JSON.

python -m tests.journeys.torn_returns
"""

import json
import os
import signal
import time
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - after setup
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import ModelLogEntry  # noqa: E402

from mail.models import Message  # noqa: E402
from marketplace import checks  # noqa: E402
from organisations import uploads  # noqa: E402
from organisations.models import Upload, User  # noqa: E402
from returns import answering, deciding, imports, opening, periods  # noqa: E402
from returns.models import Answer, AnswerFile, Return, ReturnLine  # noqa: E402
from suppliers import commitments  # noqa: E402
from suppliers.models import Commitment, CommitmentBalance, Contract, LedgerEntry  # noqa: E402
from tests.journeys.race import make  # noqa: E402

TABLES = (Return, Answer, AnswerFile, Upload, ReturnLine, LedgerEntry, CommitmentBalance, Message, ModelLogEntry)
NOTHING_WRONG, REFUSED, BROKEN = 0, 3, 70


def stands():
    """Every row of what a return touches, as text."""
    return json.dumps([list(model.objects.order_by("pk").values_list()) for model in TABLES], default=str)


def in_a_process(job, starts_at=None):
    """Fork; the child runs the job once the clock says so, and exits with what came of it. Returns its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    status = BROKEN
    try:
        time.sleep(max(0, starts_at - time.time()) if starts_at else 0)
        job()
        status = NOTHING_WRONG
    except ValidationError as refused:
        status = REFUSED
        said_by(os.getpid()).write_text(" ".join(refused.messages))
    finally:
        os._exit(status)


def said_by(child):
    """The file in which a process leaves what it was refused with."""
    return Path(os.environ["VAR_DIR"]) / f"refused-{child}"


WRITES = ("INSERT", "UPDATE", "DELETE")


def end_before(number):
    """End this process, as a power cut would, before its write of that number, the COMMIT being the last of them.

    What lies between two writes leaves the database as it was before the second: those moments are one.
    """
    seen, commit = iter(range(number)), connection.commit

    def end():
        if next(seen, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(run, sql, params, many, context):
        if connection.in_atomic_block and sql.startswith(WRITES):
            end()
        return run(sql, params, many, context)

    def commit_or_end():
        end()
        commit()

    connection.commit = commit_or_end
    return connection.execute_wrapper(execute)


def torn(act):
    """Kill an act before each of its writes until it ends by itself: (kills, changes that a kill left behind)."""
    before, kills, left_behind = stands(), 0, 0
    while True:

        def job(number=kills):
            with end_before(number):
                act()

        child = in_a_process(job)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == NOTHING_WRONG, f"after {kills} kills: {said_by(child).read_text()}"
            return {"kills": kills, "left_behind": left_behind, "changed": stands() != before}
        kills += 1
        left_behind += stands() != before


def at_once(*acts):
    """Acts in processes let go in the same instant: their exit statuses in order, and what was said to the refused."""
    moment = time.time() + 0.5
    children = [in_a_process(act, moment) for act in acts]
    statuses = [os.WEXITSTATUS(os.waitpid(child, 0)[1]) for child in children]
    words = [said_by(child).read_text() for child, status in zip(children, statuses, strict=True) if status == REFUSED]
    return {"statuses": sorted(statuses), "words": words}


class Owing:
    """A contract of two promises, its supplier, and two people who answer for the council."""

    def __init__(self):
        self.sam, self.cara, self.pat = (
            User.objects.create_user(f"{name}@example.org", name=name.title()) for name in ("sam", "cara", "pat")
        )
        supplier = make("Builder Ltd", "business", self.sam)
        self.contract = Contract.objects.create(
            reference="TORN-1", title="Torn", supplier=supplier, manager=self.cara,
            start=timezone.localdate() - timedelta(days=900),
        )  # fmt: skip
        self.promises = [
            commitments.make(
                Commitment(contract=self.contract, wording=words, unit="hours"), Decimal(100), by=self.cara
            )
            for words in ("Mentoring", "Clean-ups")
        ]

    def owed(self, quarters_ago):
        last = periods.first_of_quarter(timezone.localdate()) - timedelta(days=1)
        for _ in range(quarters_ago):
            last = periods.first_of_quarter(last) - timedelta(days=1)
        return opening.of_period(self.contract, periods.first_of_quarter(last), last)

    def given(self, amount, name="sheet.txt"):
        file = uploads.check(SimpleUploadedFile(name, f"{name}, {amount} hours".encode()))
        return {
            promise.pk: answering.Given(Decimal(amount), evidence="Sheets", files=((file, name),))
            for promise in self.promises
        }

    def send(self, of_return, amount, **words):
        answering.send(of_return, self.given(amount), by=self.sam, is_declared=True, **words)

    def decide(self, of_return, verb, by):
        held = Return.objects.get(pk=of_return.pk)
        chosen = {answer.pk: (verb, "Not seen") for answer in held.answers.filter(state="sent")}
        deciding.decide(held, chosen, by=by, seen=held.changes)

    def import_file(self, of_return, amount):
        given = {promise.pk: answering.Given(Decimal(amount), evidence="Sheets") for promise in self.promises}
        period = of_return.first_day, of_return.last_day
        imports.save_accepted(imports.Agreed(self.contract, period, given), by=self.pat)


def found():
    owing = Owing()
    first, second, third, fourth = (owing.owed(number) for number in range(4))
    acts = {
        "send": lambda: owing.send(first, 8, seen=0),
        "decide": lambda: owing.decide(first, deciding.ACCEPT, owing.cara),
        "nothing": lambda: answering.nothing(second, "Nothing was planned", by=owing.sam, seen=0),
        "import": lambda: owing.import_file(second, 4),
    }
    results = {name: torn(act) for name, act in acts.items()}
    results["two send"] = at_once(lambda: owing.send(third, 5, seen=0), lambda: owing.send(third, 7, seen=0))
    results["sent"] = sorted(str(answer.quantity) for answer in third.answers.all())
    results["two decide"] = at_once(
        lambda: owing.decide(third, deciding.ACCEPT, owing.cara),
        lambda: owing.decide(third, deciding.REJECT, owing.pat),
    )
    results["decided"] = sorted({answer.state for answer in third.answers.all()})
    results["send and import"] = at_once(lambda: owing.send(fourth, 3, seen=0), lambda: owing.import_file(fourth, 9))
    results["reported"] = sorted({str(answer.quantity) for answer in fourth.answers.all()})
    extra = owing.owed(5)
    with suppress(Return.DoesNotExist):
        extra.delete()
    results["two open"] = at_once(lambda: owing.owed(5), lambda: owing.owed(5))
    results["returns"] = Return.objects.count()
    results["differences"] = checks.differences()[1]
    results["database"] = connection.vendor
    return results


if __name__ == "__main__":
    print(json.dumps(found()))
