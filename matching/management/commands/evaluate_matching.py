import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...models import Judgement

COLUMNS = ["nDCG@10", "P@5", "MRR", "recall@20", "fits", "fits right", "commitments"]


class Command(BaseCommand):
    help = (
        "Measure the ranking against judgements (a TREC qrels file: commitment 0 request grade, grades 0 to 2, pairs "
        "that are absent count 0), beside three baselines that know the texts alone, and by kind of help."
    )

    def add_arguments(self, parser):
        parser.add_argument("qrels", nargs="?", help="left out: the judgements kept in this site")
        parser.add_argument("--keep", action="store_true", help="keep the judgements of the file in this site")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, qrels, keep, **options):
        from ...ranking import evaluation
        from ...ranking.weights import current

        missing = []
        if qrels:
            try:
                with Path(qrels).open(encoding="utf-8") as lines:
                    judged, missing = evaluation.by_number(evaluation.read_qrels(lines))
            except (OSError, UnicodeDecodeError) as problem:
                raise CommandError(f"{qrels} can’t be read: {problem}", returncode=2) from problem
            except evaluation.QrelsRefused as refused:
                raise CommandError(str(refused), returncode=2) from refused
        else:
            judged = evaluation.judgements()
        if not judged:
            raise CommandError("None of the commitments judged is in this site. Import them first.")
        if keep:
            self.keep(judged, Path(qrels).name if qrels else "")
        rows = evaluation.table(evaluation.Bench(judged), current())
        if options["json"]:
            self.print_json(rows, missing)
            return
        width = max(len(name) for name, _ in rows)
        self.stdout.write(f"{'':{width}}  " + "  ".join(f"{name:>11}" for name in COLUMNS))
        for name, figures in rows:
            cells = ["-" if figures.get(column) is None else f"{figures[column]:>11}" for column in COLUMNS]
            self.stdout.write(f"{name:{width}}  " + "  ".join(f"{cell:>11}" for cell in cells))
        if missing:
            self.stdout.write(f"Left out, as they are not in this site: {', '.join(missing[:20])}")

    def print_json(self, rows, missing):
        self.stdout.write(json.dumps({"rows": dict(rows), "missing": missing}))

    def keep(self, judged, source):
        rows = [
            Judgement(commitment_id=commitment, request_id=request, grade=grade, source=source)
            for commitment, grades in judged.items()
            for request, grade in grades.items()
        ]
        Judgement.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["commitment", "request"],
            update_fields=["grade", "source"],
            batch_size=2000,
        )
