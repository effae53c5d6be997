"""A return that is owed, with a file, for tests of who may see it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from organisations import uploads
from returns import opening, periods


def owe_return(commitment, organisation, by):
    """{"return": its number, "return file": that of a file that shows what it says}."""
    last = periods.first_of_quarter(timezone.localdate()) - timedelta(days=1)
    owed = opening.of_period(commitment.contract, periods.first_of_quarter(last), last)
    checked = uploads.check(SimpleUploadedFile("sheet.txt", b"Secret evidence"))
    upload = uploads.keep(checked, "sheet.txt", organisation, by)
    return {"return": owed.pk, "return file": owed.answers.create(commitment=commitment).files.create(upload=upload).pk}
