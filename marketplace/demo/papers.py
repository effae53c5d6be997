"""The demo's committee papers: one of two months ago, finished, and one of today."""

from datetime import timedelta

from reports import papers


def make_papers(at, author, today):
    """Make two papers, each on its day; `at` sets the clock."""
    earlier = today - timedelta(days=61)
    with at(earlier):
        paper, _ = papers.make(earlier.date(), by=author)
        papers.finish(
            paper, by=author, meeting_on=earlier.date() + timedelta(days=14),
            recommendation="The committee is asked to note what was delivered, and to ask for plans of what is behind.",
            implications="No money is asked for. Fairness between districts is reported in the next paper.",
        )  # fmt: skip
    papers.make(today.date(), by=author)
