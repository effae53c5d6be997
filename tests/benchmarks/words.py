"""The same words on our page of guidance and on the stock project's."""

PARAGRAPH = (
    "<p>Say what you need, how much of it, where and by when. <b>Be plain.</b> Suppliers must count what they give.</p>"
)
BODY = [
    {"type": "heading", "value": "Ask well"},
    {"type": "text", "value": PARAGRAPH},
    {"type": "heading", "value": "Give a number"},
    {"type": "text", "value": PARAGRAPH * 2},
]
