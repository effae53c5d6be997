"""Parts of packed files, read without believing what they say of their size: a few bytes can unpack to gigabytes."""

import zipfile

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # read piece by piece; others unpack at once, whatever is asked for


def beginning(archive, name, most):
    """The first `most` bytes of a part of a ZipFile; b"" where there is none, or where it is packed in another way.

    What zipfile and zlib raise of a damaged or locked part is raised.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return b""
    if info.compress_type not in PACKED:
        return b""
    with archive.open(info) as part:
        return part.read(most)


def whole(archive, name, most):
    """A part of at most `most` bytes; None for a larger one, and where it is packed in another way."""
    if archive.getinfo(name).compress_type not in PACKED:
        return None
    found = beginning(archive, name, most + 1)
    return found if len(found) <= most else None
