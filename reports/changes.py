"""What is different from the paper before: sentences, from the facts of both alone."""


def since(before, now):
    """[sentence] of what moved between two FactSheets; one sentence where nothing did."""
    found = [*_thread(before, now), *_delivery(before, now), *_contracts(before, now)]
    if before.assurance != now.assurance and now.assurance:
        found.append(f"A sample was checked: {now.assurance}.")
    if now.returns.late != before.returns.late:
        found.append(f"Returns that are late: {now.returns.late}, after {before.returns.late}.")
    return found or ["Nothing in these figures has changed."]


def _thread(before, now):
    old = {figure.name: figure.percent for figure in (before.thread.figures if before.thread else ())}
    for figure in now.thread.figures if now.thread else ():
        was, percent = old.get(figure.name), figure.percent
        if percent is not None and was is not None and round(percent, 1) != round(was, 1):
            yield f"{figure.label}: {percent:.1f}%, after {was:.1f}%."


def _delivery(before, now):
    old = {row.unit: row for row in before.delivery}
    for row in now.delivery:
        was = old.get(row.unit)
        if was is None:
            yield f"New in {row.unit_label}: {row.words['committed']} promised."
            continue
        moved = [
            f"{name} {row.words[name]} after {was.words[name]}"
            for name in ("committed", "confirmed", "verified")
            if getattr(row, name) != getattr(was, name)
        ]
        if moved:
            yield f"{row.unit_label.capitalize()}: {', '.join(moved)}."


def _contracts(before, now):
    fell, rose = set(now.behind) - set(before.behind), set(before.behind) - set(now.behind)
    if fell:
        yield f"Now behind their plan: {', '.join(sorted(fell))}."
    if rose:
        yield f"No longer behind: {', '.join(sorted(rose))}."
    old = {row.reference for row in before.contracts}
    new = [row.reference for row in now.contracts if row.reference not in old]
    if new:
        yield f"New in the list: {', '.join(new)}."
