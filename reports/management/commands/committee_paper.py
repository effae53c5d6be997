from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from records.days import read_day

from ... import papers, printing


class Command(BaseCommand):
    help = (
        "The committee's update on social value as known on a day, as .html, .docx or .pdf by the name of the file. "
        "The paper of a day is made once and kept as it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-at", metavar="DATE", required=True, help="the last day whose records count")
        parser.add_argument("--out", metavar="FILE", required=True, help="where to write it")

    def handle(self, *args, out, **options):
        path = Path(out)
        if path.suffix.lower() not in printing.KINDS:
            raise CommandError(f"--out: the file’s name ends in {', '.join(printing.KINDS)}.", returncode=2)
        if not path.parent.is_dir():
            raise CommandError(f"--out: there is no folder “{path.parent}”.", returncode=2)
        try:
            paper, is_new = papers.make(read_day(options["as_at"]), by_words="A command")
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages), returncode=2) from refused
        try:
            path.write_bytes(printing.printed(paper, path.suffix))
        except OSError as wrong:
            raise CommandError(f"--out: “{path}” can’t be written: {wrong.strerror}.", returncode=2) from wrong
        state = "made now" if is_new else f"as it was made on {paper.made_at:%-d %B %Y}"
        self.stdout.write(f"{path}: {paper}, {state}.")
