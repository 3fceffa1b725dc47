// What a discussion does beyond plain HTML: answering in place, unfolding, a count near the limit.
// It only eases what links and forms already do; without it nothing is missing.

import { ageDates } from "./dates.js";
import { fragment } from "./fragment.js";

const COUNT_FROM = 0.9;

const root = document.querySelector(".ww");
const respond = document.getElementById("respond");
const form = respond?.querySelector("form");

function say(text) {
  root.querySelector("[data-say]").textContent = text;
}

// Answering in place

const home = document.createComment("form");

function words(id, name) {
  respond.querySelector("#respond-title").textContent = id ? respond.dataset.reply.replace("{name}", name) : respond.dataset.new;
  respond.querySelector(".ww-cancel").hidden = !id;
  respond.querySelector(".ww-quote")?.remove();
  form.elements.parent.value = id;
}

function answer(link) {
  if (!home.isConnected) respond.before(home);
  const article = link.closest("article");
  article.after(respond);
  respond.classList.add("is-moved");
  words(article.id.slice("comment-".length), article.querySelector(".ww-name").textContent);
  form.elements.text.focus();
}

function goHome() {
  const link = root.querySelector(`#comment-${form.elements.parent.value} .ww-reply`);
  if (home.isConnected) home.replaceWith(respond);
  respond.classList.remove("is-moved");
  words("", "");
  (link ?? form.elements.text).focus();
}

// A click that opens a new tab or window stays what it is.
function elsewhere(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}

function answering() {
  root.addEventListener("click", (event) => {
    const link = event.target.closest(".ww-reply, .ww-cancel");
    if (!link || elsewhere(event)) return;
    event.preventDefault();
    if (link.matches(".ww-cancel")) goHome();
    else answer(link);
  });
  respond.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && form.elements.parent.value) goHome();
  });
}

// Unfolding a conversation

async function unfold(link) {
  link.setAttribute("aria-busy", "true");
  try {
    const page = await fragment(link.href, "#comments");
    const item = page.querySelector(`li:has(> #comment-${link.dataset.root})`);
    const next = page.querySelector(".ww-pages [rel=next]");
    if (next) item.append(folded(next));
    show(link.closest("li"), item);
  } catch {
    location.assign(link.href);
  }
}

function folded(next) {
  const fold = document.createElement("p");
  fold.className = "ww-fold";
  fold.append(next);
  return fold;
}

function show(old, item) {
  const seen = new Set(Array.from(old.querySelectorAll("article"), (article) => article.id));
  const articles = Array.from(item.querySelectorAll("article"));
  const first = articles.find((article) => !seen.has(article.id)) ?? articles[0];
  if (old.contains(respond)) goHome();
  old.replaceWith(item);
  ageDates(item);
  first.tabIndex = -1;
  first.focus();
  say(root.dataset.shown);
}

function unfolding() {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-root]");
    if (!link || elsewhere(event)) return;
    event.preventDefault();
    unfold(link);
  });
}

// Writing

function counting() {
  const text = form.elements.text;
  const limit = Number(text.dataset.limit);
  const count = form.querySelector(".ww-count");
  let spoken;
  text.addEventListener("input", () => {
    const left = limit - [...text.value].length;
    count.hidden = left > limit * (1 - COUNT_FROM);
    count.classList.toggle("is-over", left < 0);
    count.textContent = (left < 0 ? respond.dataset.over : respond.dataset.left).replace("{num}", Math.abs(left));
    clearTimeout(spoken);
    if (!count.hidden) spoken = setTimeout(() => say(count.textContent), 1000);
  });
}

function sendingOnce() {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", () => setTimeout(() => { button.disabled = true; }));
  addEventListener("pageshow", () => { button.disabled = false; });
}

if (root) unfolding();
if (form) {
  answering();
  counting();
  sendingOnce();
}
