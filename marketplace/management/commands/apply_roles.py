from django.core.management.base import BaseCommand

from ...roles import ROLES, apply_roles


class Command(BaseCommand):
    help = "Bring groups, rights and workflows in line with marketplace/roles.py. Safe to run again."

    def handle(self, *args, **options):
        apply_roles()
        self.stdout.write(f"{len(ROLES)} roles are as roles.py says.")
