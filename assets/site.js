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

// A question that follows from an answer comes with it; what is hidden is not sent.
const follows = [...document.querySelectorAll("[data-shown-by]")];
const look = () => {
  for (const part of follows) {
    const [name, values] = part.dataset.shownBy.split("=");
    const given = new FormData(part.closest("form")).getAll(name).map((answer) => answer.name ?? answer);
    const shown = given.some((answer) => (values ? values.split("|").includes(answer) : answer));
    part.hidden = !shown;
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !shown;
  }
};
for (const form of new Set(follows.map((part) => part.closest("form")))) form.addEventListener("change", look);
window.addEventListener("pageshow", look);

// How many letters are left, or too many, once the limit is near: nothing that is pasted is cut.
for (const field of document.querySelectorAll("[data-limit]")) {
  const words = Object.assign(document.createElement("div"), { className: "govuk-hint", hidden: true });
  words.setAttribute("role", "status");
  const count = () => {
    const left = field.dataset.limit - field.value.length;
    words.hidden = left > field.dataset.limit / 10;
    words.textContent = left < 0 ? `${-left} letters too many` : `${left} letters left`;
  };
  field.after(words);
  field.addEventListener("input", count);
  count();
}

// While a name or a number is typed at sign-up: is it here already?
const doubles = document.querySelector("[data-doubles]");
if (doubles) {
  const form = doubles.closest("form");
  let waits;
  form.addEventListener("input", ({ target }) => {
    if (!["name", "charity_number", "company_number"].includes(target.name)) return;
    clearTimeout(waits);
    waits = setTimeout(async () => {
      const given = new URLSearchParams();
      for (const name of ["name", "charity_number", "company_number"]) given.set(name, form.elements.namedItem(name)?.value ?? "");
      const answer = await fetch(`${doubles.dataset.doubles}?${given}`);
      if (answer.ok) doubles.innerHTML = await answer.text();
    }, 400);
  });
}

// "Use where I am": which postcode district is nearest is found out here; where that is leaves the device never.
const near = document.querySelector("[data-near]");
if (near && navigator.geolocation) {
  near.hidden = false;
  const say = (words) => { near.textContent = words; };
  near.addEventListener("click", () => {
    say("Asking your device");
    navigator.geolocation.getCurrentPosition(async ({ coords }) => {
      const answer = await fetch(near.dataset.near);
      if (!answer.ok) return say("That did not work: enter a postcode");
      const narrow = Math.cos((coords.latitude * Math.PI) / 180);
      const away = ([, [north, east]]) => Math.hypot(north - coords.latitude, (east - coords.longitude) * narrow);
      const [code] = Object.entries(await answer.json()).reduce((a, b) => (away(b) < away(a) ? b : a));
      const form = near.closest("form");
      form.elements.namedItem("postcode").value = code;
      form.elements.namedItem("sort").value = "nearest";
      form.requestSubmit();
    }, () => say("Your device does not say: enter a postcode"), { timeout: 10000, maximumAge: 600000 });
  });
}
