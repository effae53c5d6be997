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
