from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Everything a site needs before it serves, in one process: tables, styles, the day's work, the demo."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="load the demo where the database is empty")

    def handle(self, *args, demo, **options):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if demo:
            call_command("demo", if_empty=True)
        try:
            call_command("daily", quiet=True)
        except CommandError as failed:  # the site is served all the same
            self.stderr.write(str(failed))
        call_command("demo", sign_ins=True)
