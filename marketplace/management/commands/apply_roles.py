from django.core.management.base import BaseCommand, CommandError

from ...roles import ROLES, apply_roles


class Command(BaseCommand):
    help = "Bring groups, rights and workflows in line with marketplace/roles.py. Safe to run again."

    def handle(self, *args, **options):
        unknown = apply_roles()
        if unknown:
            raise CommandError(f"There are no such rights: {', '.join(unknown)}. Correct marketplace/roles.py.")
        self.stdout.write(f"{len(ROLES)} roles are as roles.py says.")
