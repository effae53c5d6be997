"""What the commands share: the three that read an extract, and those that ask what the extracts of a day say."""

from django.core.management.base import CommandError
from django.utils import timezone

from importing.command import ImportCommand
from records.days import read_day

from . import records, rules


class ExtractCommand(ImportCommand):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--as-at", metavar="DATE", help="the day whose state the file shows; today where left out")
        add_council(parser)
        parser.add_argument(
            "--status",
            action="append",
            default=[],
            metavar="WORD=MEANING",
            help=f"what a status word means: {', '.join(rules.MEANINGS)}; remembered",
        )

    def make_importer(self, options):
        as_at = read_day(options["as_at"]) if options["as_at"] else None
        if as_at and as_at > timezone.localdate():
            raise CommandError("--as-at lies in the future: an extract shows what was.", returncode=2)
        return self.importer_class(as_at, options["file"], partner(options["council"]))

    def handle(self, *args, **options):
        taught = {}
        for pair in options["status"]:
            word, separator, meaning = pair.rpartition("=")
            if not separator or not word.strip() or meaning.strip() not in rules.MEANINGS:
                raise CommandError(
                    f"“{pair}” is not WORD=MEANING. Meanings: {', '.join(rules.MEANINGS)}.", returncode=2
                )
            taught[word.strip()] = meaning.strip()
        super().handle(*args, **options)
        if taught and not options["dry_run"]:
            rules.teach(taught, partner(options["council"]))


def add_council(parser):
    parser.add_argument("--council", metavar="NAME", help="a partner authority; the site’s own council where left out")


def partner(name):
    """The number of the partner authority of that name, None for none; CommandError where there is none such."""
    if not name:
        return None
    known = {rules.same_words(str(partner)): partner.council_id for partner in rules.partners()}
    if rules.same_words(name) not in known:
        names = ", ".join(str(partner) for partner in rules.partners()) or "none yet"
        raise CommandError(f"“{name}” is no partner authority with rules of its own. There are: {names}.", returncode=2)
    return known[rules.same_words(name)]


def load_or_stop(as_at, counted):
    """The Thread of a day; CommandError, with the commands that help, where an extract is missing."""
    try:
        return records.load(as_at, counted)
    except records.NoExtract as missing:
        raise CommandError(f"{missing} Import one with import_projects and import_contracts.") from missing
