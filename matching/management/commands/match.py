from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from requests_app.models import Request
from suppliers.models import Commitment

from ... import references

TAG = "marketplace"


class Command(BaseCommand):
    help = (
        "Rank the open requests for every commitment with something left, keep the lists, and write them in TREC run "
        "format: commitment Q0 request rank score tag, by external reference (else the site's own number)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--out", required=True, metavar="RUN.tsv")
        parser.add_argument("--limit", type=int, default=100, help="requests for each commitment")

    def handle(self, *args, out, limit, **options):
        from ...ranking import engine

        if limit < 1:
            raise CommandError("--limit is a number of requests, 1 or more.")
        found = engine.rank_all(limit)
        engine.rank_rest()
        commitments = references.external(Commitment)
        requests = references.external(Request)
        lines = [
            "\t".join(
                [
                    str(commitments.get(commitment, commitment)),
                    "Q0",
                    str(requests.get(request, request)),
                    str(rank),
                    f"{score:.6f}",
                    TAG,
                ]
            )
            for commitment, entries in found
            for rank, (request, score) in enumerate(entries, start=1)
        ]
        Path(out).write_text("".join(f"{line}\n" for line in lines))
        self.stdout.write(f"{len(found)} commitments, {len(lines)} lines.")
