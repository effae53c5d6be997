"""The blocks a guidance page is made of."""

from wagtail import blocks


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


class GuidanceBody(blocks.StreamBlock):
    """Heading, text, steps and callout."""

    heading = blocks.CharBlock(form_classname="title", template="guidance/blocks/heading.html")
    text = blocks.RichTextBlock(features=["h3", "bold", "link", "ol", "ul", "document-link"])
    steps = Steps()
    callout = Callout()
