// What a discussion does beyond plain HTML: answering in place, a count near the limit, and what the
// other modules do; it puts them together.
// It only eases what links and forms already do; without it nothing is missing.

import { keepDrafts } from "./drafts.js";
import { elsewhere, root, say } from "./place.js";
import { readingOn } from "./reading.js";
import { findingUseful } from "./useful.js";
import { hintAtLinks } from "./hints.js";
import { previewInPlace } from "./preview.js";

const COUNT_FROM = 0.9;

const respond = document.getElementById("respond");
const form = respond?.querySelector("form");

// Answering in place

const home = document.createComment("form");

function words(id, name) {
  respond.querySelector("#respond-title").textContent = id ? respond.dataset.reply.replace("{name}", name) : respond.dataset.new;
  respond.querySelector(".ww-cancel").hidden = !id;
  respond.querySelector(".ww-quote")?.remove();
  form.elements.parent.value = id;
  form.dispatchEvent(new Event("ww:parent"));
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

if (root?.dataset.key) {
  findingUseful();
  readingOn();
}
if (form) {
  answering();
  counting();
  sendingOnce();
  keepDrafts(respond, form, say);
  hintAtLinks(respond, form, say);
  previewInPlace(form);
}
const posted = root?.querySelector("[data-posted] p");
if (posted) say(posted.textContent);
