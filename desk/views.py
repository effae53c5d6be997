"""Taking a case on, giving it back, handing it to a colleague; all that waits; keeping a view of a list."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from screens.frames import asked_for, pressed, require

from . import deciding, queues
from .models import SavedView


@require_POST
def hold(request, name, pk):
    """Take a case, give it back, or hand it to the colleague who is named."""
    queue = queues.QUEUES.get(name)
    if not queue:
        raise Http404
    require(request.user, queue.right)
    case = next((case for case in queue.of(request.user) if case.pk == pk), None)
    if not case:
        raise Http404
    button = pressed(request, "take", "give_back", "pass_on")
    try:
        if button == "give_back":
            deciding.give_back(name, pk)
        else:
            people = get_user_model().objects.who_may(queue.right)
            to = request.user if button == "take" else asked_for(people, request.POST.get("to"))
            if not to:
                raise ValidationError("Choose a colleague.")
            deciding.take(name, pk, to=to, by=request.user)
            if to != request.user:
                messages.success(request, f"{to} has it now, and finds it under “Waiting for you”.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(case.url)


def came_from(request):
    """(path, query) of the staff list that a form names as where it came from; PermissionDenied for another site."""
    address = request.POST.get("where", "")
    staff = reverse("wagtailadmin_home")
    if not (url_has_allowed_host_and_scheme(address, None) and address.startswith(staff)):
        raise PermissionDenied
    path, _, query = address.partition("?")
    kept = QueryDict(query, mutable=True)
    for name in ("p", "page", "export"):
        kept.pop(name, None)
    return path, kept.urlencode()


@require_POST
def view_keep(request):
    """Keep a list as it is narrowed now, under a name; the same name again keeps it anew."""
    path, query = came_from(request)
    title = " ".join(request.POST.get("title", "").replace("\0", "").split())
    if not title:
        messages.error(request, "Give the view a name.")
    elif len(title) > 60 or len(path) > 200 or len(query) > 2000:
        messages.error(request, "The name may have 60 letters.")
    else:
        SavedView.objects.update_or_create(user=request.user, where=path, title=title, defaults={"query": query})
        messages.success(request, f"“{title}” is kept, for you alone.")
    return redirect(f"{path}?{query}" if query else path)


@require_POST
def view_drop(request, pk):
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    view.delete()
    messages.success(request, f"“{view}” is gone from your views; what it showed is as it was.")
    return redirect(view.where)
