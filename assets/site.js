// Everything works without this script; it only makes some things nicer.
import { Button, Checkboxes, ErrorSummary, Radios, ServiceNavigation, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
for (const component of [Button, Checkboxes, ErrorSummary, Radios, ServiceNavigation]) createAll(component);

// Suggestions while somebody types in the search box: titles and words that begin so.
const box = document.querySelector("[data-suggest]");
if (box) {
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`);
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      box.list.replaceChildren(...suggestions.map((words) => Object.assign(document.createElement("option"), { value: words })));
    }, 200);
  });
}

// The hint on the posting form follows what is chosen and typed: how many suppliers could be reached.
const hint = document.querySelector("[data-hint]");
if (hint) {
  const form = hint.closest("form");
  let asked;
  const ask = async () => {
    const given = new FormData(form);
    const query = new URLSearchParams();
    for (const name of ["kind", "postcode"]) {
      query.set(name, form.elements.namedItem(name) ? (given.get(name) ?? "") : hint.dataset[name]);
    }
    const where = given.get("where");
    query.set("remote", where ? where !== "place" : hint.dataset.remote);
    const answer = await fetch(`${hint.dataset.hint}?${query}`);
    if (!answer.ok) return;
    const words = (await answer.json()).hint;
    hint.textContent = words;
    hint.hidden = !words;
  };
  form.addEventListener("input", () => {
    clearTimeout(asked);
    asked = setTimeout(ask, 300);
  });
}
