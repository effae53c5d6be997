"""Nothing that somebody typed is lost because a sign-in ran out or a page stood open for too long.

- A post that is answered by "sign in" is kept in the session of this browser; after signing in, the page it was meant
  for first shows what was typed, with one button that sends it.
- A post with a stale token is answered with the same page, at once, where it came from a page of this site. From
  elsewhere it is refused without it: nobody is led to send what a stranger wrote.

Files are not kept, and nothing of the pages that ask for a password is.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.csrf import csrf_failure as stock_page

KEY = "kept_words"
NEVER = ("/accounts/",)
NOT_SHOWN = {"csrfmiddlewaretoken", "seen"}
MOST_LETTERS = 60_000
KEPT_SECONDS = 24 * 3600


def posted(request):
    """What was typed: [(name, value)] without the token; None where there is nothing that may be kept."""
    if request.path.startswith(NEVER):
        return None
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    return pairs if pairs and sum(len(value) for _, value in pairs) <= MOST_LETTERS else None


def shown(pairs):
    """[(what was asked, answer)] of what is worth reading again."""
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in pairs
        if value.strip() and name not in NOT_SHOWN and not value.isdigit()
    ]


def give_back(request, kept, why):
    """The page that shows what was typed, and sends it when pressed."""
    context = {"pairs": kept["pairs"], "shown": shown(kept["pairs"]), "to": kept["to"], "files": kept["files"]}
    return render(request, "marketplace/kept_words.html", {**context, "why": why}, status=403 if why == "old" else 200)


def kept_of(request):
    pairs = posted(request)
    if pairs is None:
        return None
    now = timezone.now().timestamp()
    return {"to": request.get_full_path(), "pairs": pairs, "files": bool(request.FILES), "at": now}


def csrf_failure(request, reason=""):
    """What a stale token is answered with: see above."""
    kept = kept_of(request) if is_own(request) else None
    if kept:
        return give_back(request, kept, "old")
    return stock_page(request, reason)


def is_own(request):
    """Whether a page of this site sent the post, as the browser itself says it."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    came = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(came) and urlsplit(came).netloc == request.get_host()


class KeptWordsMiddleware:
    """Keeps a post that a sign-in stands in the way of, and gives it back where it was meant to go."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "GET" and request.user.is_authenticated and KEY in request.session:
            kept = request.session[KEY]
            if timezone.now().timestamp() - kept["at"] > KEPT_SECONDS:
                del request.session[KEY]
            elif kept["to"] == request.get_full_path():
                del request.session[KEY]
                return give_back(request, kept, "signed out")
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and is_sign_in(response.url):
            self.keep(request)
        return response

    def keep(self, request):
        if not request.user.is_authenticated and (kept := kept_of(request)):
            request.session[KEY] = kept
            messages.info(request, "You were signed out. Sign in: what you typed is kept, and sent when you say so.")


def is_sign_in(address):
    return urlsplit(address).path in (resolve_url(settings.LOGIN_URL), reverse("wagtailadmin_login"))
