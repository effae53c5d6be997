"""What a supplier was asked to improve, as its own people see and answer it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from screens.frames import put_errors
from suppliers.models import Contract

from . import improving
from .forms import AnswerForm
from .models import Improvement


@login_required
def improvement_answer(request, pk):
    """For the suppliers of the contract alone."""
    rows = Improvement.objects.filter(commitment__contract__in=Contract.objects.of(request.user))
    shown = get_object_or_404(rows.select_related("commitment__contract", "by"), pk=pk)
    may_answer = shown.moves.can(shown, "answer")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            improving.answer(shown, form.cleaned_data["words"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Sent. The council has been told.")
            return redirect("improvement_answer", pk)
    return render(request, "performance/answer.html", {"shown": shown, "form": form, "may_answer": may_answer})
