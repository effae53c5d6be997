// Screens of staff; everything works without it.

// Keys on a page where somebody decides. Single keys work outside fields alone and can be switched off (WCAG 2.1.4); the
// choice is kept by the browser.
const form = document.querySelector(".desk-decision form, form.desk-decision");
const help = document.querySelector("[data-keys]");
const KEPT = "desk-keys-off";

if (form && help) {
  const box = help.querySelector("input");
  help.hidden = false;
  box.checked = localStorage.getItem(KEPT) !== "1";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "0" : "1"));

  // An answer is a choice of the form; where each answer has its own button, the key only leads to it.
  const radios = [...form.querySelectorAll("input[type=radio]")];
  const choose = (place) => {
    const answer = (radios.length ? radios : [...form.querySelectorAll("button[type=submit]")])[place];
    if (!answer) return;
    if (radios.length) answer.checked = true;
    answer.focus();
  };
  const follow = (way) => document.querySelector(`[data-key="${way}"] a`)?.click();
  const acts = {
    a: () => choose(0),
    r: () => choose(1),
    d: () => choose(2),
    j: () => follow("next"),
    k: () => follow("back"),
    "?": () => { help.open = !help.open; },
  };

  document.addEventListener("keydown", (event) => {
    if (radios.length && event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[type=submit]"));
      return;
    }
    const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !box.checked) return;
    const act = acts[event.key.toLowerCase()];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

// A page that waits for the worker looks again by itself; its link does without scripts.
const waiting = document.querySelector("[data-reload]");
if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.reload));

// What a slider stands at, beside it.
document.addEventListener("input", ({ target }) => {
  if (target.type === "range") target.closest("div").querySelector("output").value = target.value;
});
