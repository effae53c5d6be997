"""The blocks a guidance page is made of."""

from django.template.defaultfilters import filesizeformat
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from vocabulary.kinds import KindOfHelp

from . import feeds

WORDS = ["h3", "bold", "link", "ol", "ul", "document-link"]


class Steps(blocks.ListBlock):
    def __init__(self, **kwargs):
        step = blocks.StructBlock(
            [("title", blocks.CharBlock()), ("text", blocks.RichTextBlock(features=["bold", "link", "ul"]))]
        )
        super().__init__(step, **kwargs)

    class Meta:
        icon = "list-ol"
        template = "guidance/blocks/steps.html"


class Callout(blocks.TextBlock):
    class Meta:
        icon = "warning"
        template = "guidance/blocks/callout.html"


class Details(blocks.StructBlock):
    """Words that only some readers need, behind their own heading."""

    summary = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=WORDS)

    class Meta:
        icon = "arrow-down-big"
        template = "guidance/blocks/details.html"


class Table(TypedTableBlock):
    def __init__(self, **kwargs):
        columns = [
            ("text", blocks.CharBlock(required=False)),
            ("rich_text", blocks.RichTextBlock(features=["bold", "link"])),
        ]
        super().__init__(columns, **kwargs)

    class Meta:
        icon = "table"
        template = "guidance/blocks/table.html"


class Contact(blocks.StructBlock):
    """Whom to turn to: a role and its shared mailbox, never a person's address."""

    role = SnippetChooserBlock("guidance.Role")
    words = blocks.CharBlock(required=False, max_length=200, help_text="What to turn to them for")

    class Meta:
        icon = "user"
        template = "guidance/blocks/contact.html"


class DownloadLink(blocks.StructBlock):
    document = DocumentChooserBlock()
    words = blocks.CharBlock(required=False, max_length=200, help_text="What it is, where its title doesn’t say")

    class Meta:
        icon = "download"
        template = "guidance/blocks/download.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        document = value.get("document")
        if document:
            context["kind"] = document.file_extension.upper()
            context["size"] = filesizeformat(document.get_file_size()) if document.get_file_size() else ""
        return context


class RequestList(blocks.StructBlock):
    """Open requests of one kind, newest first."""

    heading = blocks.CharBlock(default="Needed now", max_length=80)
    kind = blocks.ChoiceBlock(choices=KindOfHelp.choices, required=False, help_text="Leave empty for every kind")
    how_many = blocks.IntegerBlock(default=3, min_value=1, max_value=10)

    class Meta:
        icon = "help"
        template = "guidance/blocks/requests.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        mark_live(parent_context)
        context["rows_template"], context["rows"] = feeds.listing(
            "requests", kind=value.get("kind") or "", outcome=None, how_many=value.get("how_many") or 3
        )
        return context


class Figure(blocks.ChoiceBlock):
    """A number from the live data."""

    def __init__(self, **kwargs):
        kwargs.pop("choices", None)
        super().__init__(choices=feeds.figure_choices, **kwargs)

    class Meta:
        icon = "view"
        template = "guidance/blocks/figure.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        mark_live(parent_context)
        context["figure"] = feeds.figure(value)
        return context


def mark_live(context):
    """Say on the HTTP request that this page shows live data, so that it is cached for less than a minute."""
    request = (context or {}).get("request")
    if request is not None:
        request.shows_live_data = True


class GuidanceBody(blocks.StreamBlock):
    heading = blocks.CharBlock(form_classname="title", template="guidance/blocks/heading.html", icon="title")
    text = blocks.RichTextBlock(features=WORDS)
    steps = Steps()
    callout = Callout()
    details = Details()
    table = Table()
    picture = ImageBlock(template="guidance/blocks/picture.html")
    contact = Contact()
    download = DownloadLink()
    requests = RequestList()
    figure = Figure()
