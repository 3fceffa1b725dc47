// Says that a comment is useful without leaving the page; the form does the same without scripts.
// Which ones were, this browser keeps for itself: the page is the same bytes for everybody.

import { keep, kept, root, say } from "./place.js";

const form = document.getElementById("ww-acts");
const name = `useful ${root?.dataset.key}`;
const own = "[form=ww-acts]:is([name=useful], [name=undo])";

function show(button, pressed, count) {
  button.name = pressed ? "undo" : "useful";
  button.setAttribute("aria-pressed", pressed);
  button.querySelector("small")?.remove();
  if (pressed) put(button, "small", form.dataset.undo);
  if (count === undefined) return;
  button.querySelector("b")?.remove();
  if (count) put(button, "b", count, button.querySelector("small"));
}

function put(button, tag, text, before = null) {
  const part = document.createElement(tag);
  part.textContent = text;
  button.insertBefore(part, before);
  part.before(" ");
}

function remember(id, pressed) {
  const ids = new Set(kept(name));
  ids[pressed ? "add" : "delete"](id);
  keep(name, [...ids]);
}

async function press(button) {
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  button.setAttribute("aria-busy", "true");
  let said = form.dataset.failed;
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
    const told = await answer.json();
    said = told.said;
    if (answer.ok) {
      show(button, told.pressed, told.count);
      remember(button.value, told.pressed);
    } else tell(button, said);
  } catch {
    tell(button, said);
  }
  button.removeAttribute("aria-busy");
  say(said);
}

// Why it was not counted, for who sees the page; `say` is for who hears it.
function tell(button, text) {
  const note = button.nextElementSibling?.matches(".ww-told") ? button.nextElementSibling : document.createElement("span");
  note.className = "ww-told";
  note.textContent = text;
  button.after(note);
}

// Also what this browser knows and the page does not say.
export function showUseful(within) {
  const ids = kept(name) ?? [];
  for (const button of within.querySelectorAll(own)) {
    show(button, button.name === "undo" || ids.includes(button.value));
  }
}

export function findingUseful() {
  if (!form) return;
  root.addEventListener("click", (event) => {
    const button = event.target.closest(own);
    if (!button) return;
    event.preventDefault();
    if (!button.ariaBusy) press(button);
  });
}
