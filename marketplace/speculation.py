"""Pages that a reader is about to open are fetched while the pointer rests on their link.

A header names the rules (https://wicg.github.io/nav-speculation/speculation-rules.html), so that no inline script is
needed. Only plain public pages: never one that a link opens for somebody, that changes something, or that is a file.
"""

from django.http import JsonResponse

from .private import OPENED_BY_A_LINK

ADDRESS = "/speculation.json"
NEVER = (
    *(f"{start}*" for start in OPENED_BY_A_LINK),
    "/account/*", "/admin/*", "/alerts/*", "/useful/*", "/documents/*", "/pictures/*", "/evidence/*", "/media/*",
    "/static/*", "/*\\?*(^|&)export=*", "/*\\?*(^|&)as=*", "/*.csv", "/*.xlsx", "/*.pdf",
    "/*.docx", "/*.json", "/*.atom", "/*.ics",
)  # fmt: skip
RULES = {
    "prefetch": [
        {
            "source": "document",
            "eagerness": "moderate",
            "where": {"and": [{"href_matches": "/*"}, {"not": {"href_matches": list(NEVER)}}]},
        }
    ]
}


def rules(request):
    response = JsonResponse(RULES, content_type="application/speculationrules+json")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def is_ahead(request):
    """Whether a browser fetches a page that nobody has opened yet."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


class SpeculationMiddleware:
    """Names the rules on pages of readers who are not signed in: theirs alone are fetched ahead."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
        if is_page and "no-store" not in response.get("Cache-Control", "") and not request.path.startswith("/admin/"):
            response["Speculation-Rules"] = f'"{ADDRESS}"'
        return response
