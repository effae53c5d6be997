from django.core.management.base import BaseCommand, CommandError

from organisations.models import Organisation, User

from ...demo.load import SEED, load
from ...demo.people import PASSWORD, SIGN_INS


class Command(BaseCommand):
    help = "Load the demo into an empty database; refuses where real data is."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing, without complaint, where data is")
        parser.add_argument("--sign-ins", action="store_true", help="print who can sign in, and stop")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args, if_empty, sign_ins, seed, **options):
        if sign_ins:
            self.print_sign_ins()
        elif User.objects.exists() or Organisation.objects.exists():
            if not if_empty:
                raise CommandError("This database holds data already. The demo is only for an empty one.")
        else:
            load(seed, tell=self.stdout.write)

    def print_sign_ins(self):
        if not User.objects.filter(email="alice@example.org").exists():
            return
        self.stdout.write(f"Sign in with the password {PASSWORD}")
        for key, words in SIGN_INS:
            self.stdout.write(f"  {key}@example.org".ljust(24) + words)
