"""The form for documents that editors publish: the file is what its name says, and nothing that runs."""

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

from files import kinds, names

WORDS = "a PDF, a Word, Excel, PowerPoint or OpenDocument file without macros, or plain text"
MOST_BYTES = 50_000_000


class DownloadForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Make it smaller.")
        kind = kinds.kind_of(file.read(), file.name, kinds.DOCUMENTS, WORDS)
        file.seek(0)
        if kind != kinds.TEXT:  # a .csv is data to take away, and goes out as a download
            file.name = names.safe_name(file.name, kind)
        return file
