"""What is for one person alone is stored by no cache: pages of whoever is signed in, and those that a link opens."""

OPENED_BY_A_LINK = (
    "/confirm/", "/invitations/", "/invited/", "/join/", "/alerts/stop/", "/accounts/",
    "/answer/", "/still-needed/", "/vouch/", "/days/",
)  # fmt: skip
ALONE = "no-store, private"


class PrivateAnswersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and (
            request.path.startswith(OPENED_BY_A_LINK) or request.user.is_authenticated
        ):
            response["Cache-Control"] = ALONE
        return response
