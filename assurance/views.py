"""What the council says in public of how far its confirmed figures can be trusted."""

from django.shortcuts import get_object_or_404, render

from . import estimate
from .models import Sample


def assurance(request):
    """Finished samples, newest first, and how they were drawn."""
    rows = [
        (sample, estimate.of_sample(sample))
        for sample in Sample.objects.finished().prefetch_related("items__commitment")[:20]
    ]
    return render(request, "assurance/assurance.html", {"rows": rows})


def sample(request, pk):
    """One finished sample: every delivery with what was confirmed and found, without names of people."""
    shown = get_object_or_404(Sample.objects.finished(), pk=pk)
    items = shown.items.select_related("commitment").order_by("pk")
    context = {"sample": shown, "items": items, "estimate": estimate.of_sample(shown)}
    return render(request, "assurance/sample.html", context)
