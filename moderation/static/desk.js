// Keys of the desk: each presses a button that is there anyway. Never while typing, never with
// Ctrl, Alt or Meta, and they can be switched off; nothing is decided by moving about.

const OFF = "ww-keys-off";
const NEXT = "ww-next-card";

const desk = document.querySelector(".ww-desk");
const dialog = document.getElementById("keys");
const cards = Array.from(desk.querySelectorAll(".ww-card"));
const bulk = document.getElementById("bulk");
let current = 0;

function mark(index) {
  current = Math.max(0, Math.min(index, cards.length - 1));
  cards.forEach((card, at) => card.classList.toggle("is-current", at === current));
}

function go(index) {
  mark(index);
  cards[current]?.focus();
}

function begin() {
  const wanted = sessionStorage.getItem(NEXT) ?? location.hash.slice(1);
  sessionStorage.removeItem(NEXT);
  const at = cards.findIndex((card) => card.id === wanted);
  if (at >= 0) go(at);
  else if (desk.querySelector(".ww-undo")) go(0);
  else mark(0);
}

// Choosing several

const boxes = Array.from(desk.querySelectorAll(".ww-pick input"));
const chosen = () => boxes.filter((box) => box.checked);

function showChosen() {
  for (const box of boxes) box.closest(".ww-card").classList.toggle("is-chosen", box.checked);
  bulk.querySelector("[data-count]").textContent = desk.dataset.chosen.replace("{num}", chosen().length);
}

function choosing() {
  const all = bulk.querySelector("[data-all]");
  all.hidden = false;
  all.addEventListener("click", () => {
    const every = chosen().length < boxes.length;
    for (const box of boxes) box.checked = every;
    showChosen();
  });
  desk.addEventListener("change", showChosen);
  showChosen();
}

// Keys

const typing = (target) => target.closest("textarea, select, [contenteditable], input:not([type=checkbox])");
const isOff = () => localStorage.getItem(OFF) === "1";

function press(key) {
  if (key === "z") return desk.querySelector('.ww-undo [data-key="z"]')?.click();
  const place = chosen().length ? bulk : cards[current];
  return place?.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
}

const MOVES = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  x: () => cards[current]?.querySelector(".ww-pick input")?.click(),
  "/": () => document.getElementById("ww-q")?.focus(),
  "?": () => dialog.showModal(),
};

function keys(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
  if (dialog.open || (isOff() && event.key !== "?")) return;
  if (event.key.length > 1) return;
  if (MOVES[event.key]) event.preventDefault();
  (MOVES[event.key] ?? (() => press(event.key)))();
}

function switching() {
  const button = dialog.querySelector("[data-switch]");
  const show = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
  button.addEventListener("click", () => {
    localStorage.setItem(OFF, isOff() ? "0" : "1");
    show();
  });
  show();
}

function helping() {
  for (const button of desk.querySelectorAll("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
}

function remembering() {
  desk.addEventListener("submit", (event) => {
    const card = event.target.closest(".ww-card");
    const next = cards[cards.indexOf(card) + 1] ?? cards[0];
    if (card && next !== card) sessionStorage.setItem(NEXT, next.id);
  });
  desk.addEventListener("focusin", (event) => {
    const at = cards.indexOf(event.target.closest(".ww-card"));
    if (at >= 0) mark(at);
  });
}

if (bulk) choosing();
switching();
helping();
remembering();
begin();
document.addEventListener("keydown", keys);
