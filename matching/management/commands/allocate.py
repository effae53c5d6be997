import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.models import Request
from suppliers.models import Commitment

from ... import references
from ...allocation.wanted import Wanted
from ...models import Proposal, ProposalLine

FIGURES = ["objective", "bound", "gap", "greedy_objective", "seconds"]


class Command(BaseCommand):
    help = (
        "Propose how the remaining commitments should serve the open requests, proven optimal, beside a greedy choice. "
        "The proposal is kept for the broker's page, unless --dry-run; nobody is invited and nothing is pledged."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="print it, but keep nothing")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--fairness", type=float, help="0 to 1, instead of the default")

    def handle(self, *args, dry_run, fairness, **options):
        from ...allocation import proposing

        wanted = Wanted()
        if fairness is not None:
            if not 0 <= fairness <= 1:
                raise CommandError("--fairness lies between 0 and 1.")
            wanted.fairness = fairness
        lines, figures = proposing.work_out(wanted)
        if not dry_run:
            proposal = Proposal.objects.create(wanted=wanted.as_dict())
            proposing.keep(proposal, lines, figures)
        rows = self.rows([line for line in lines if line.state == ProposalLine.State.PROPOSED])
        if options["json"]:
            shown = {name: getattr(figures, name) for name in FIGURES}
            self.stdout.write(json.dumps({**shown, "lines": rows, "at": timezone.now().isoformat()}))
            return
        for row in rows:
            wait = "  may wait" if row["may_wait"] else ""
            self.stdout.write(
                f"{row['commitment']} -> {row['request']}: {row['quantity']} (counts {row['counts']}){wait}"
            )
        for name in FIGURES:
            self.stdout.write(f"{name}: {getattr(figures, name)}")

    def rows(self, lines):
        commitments, requests = references.external(Commitment), references.external(Request)
        return [
            {
                "commitment": commitments.get(line.commitment_id, line.commitment_id),
                "request": requests.get(line.request_id, line.request_id),
                "quantity": float(line.quantity),
                "counts": float(line.counts),
                "value": line.value,
                "may_wait": line.may_wait,
            }
            for line in lines
        ]
