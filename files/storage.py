"""A folder in which a file is there whole or not at all: written beside its place, then moved into it."""

import os
import secrets
from contextlib import suppress

from django.core.files.storage import FileSystemStorage, storages


class WholeFileStorage(FileSystemStorage):
    """A full disk, or a process that ends, leaves no half file under a name that anybody asks for."""

    def _save(self, name, content):
        part = f"{name}.{secrets.token_hex(4)}.part"
        try:
            part = super()._save(part, content)
            while True:
                try:
                    os.link(self.path(part), self.path(name))
                    return name
                except FileExistsError:
                    name = self.get_available_name(name)
                except OSError:  # a file system without links
                    os.replace(self.path(part), self.path(name))
                    return name
        finally:
            with suppress(FileNotFoundError):
                os.unlink(self.path(part))


def private_storage():
    return storages["private"]


def random_name(upload, filename):
    """A name that tells nothing and cannot be guessed; the real one is kept in a column."""
    return f"{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}"
