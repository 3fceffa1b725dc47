// Reading on: a folded conversation unfolds in place; what is new since the last visit is marked, and
// a button or the key n leads from one to the next; now and then it is asked, while somebody looks,
// how many comments there are. Nothing moves before it is asked for, and what was seen is kept in
// this browser alone.

import { ageDates } from "./dates.js";
import { fragment } from "./fragment.js";
import { elsewhere, keep, kept, root, say } from "./place.js";
import { showUseful } from "./useful.js";

const PAUSE = 30 * 60000; // ends a visit
const SOONEST = 30000, LATEST = 300000, SLOWER = 1.5;

const { key, spoken, countUrl } = root?.dataset ?? {};
const bar = root?.querySelector(".ww-bar");
const [offer, button, tick] = bar?.querySelectorAll("a, button, input") ?? [];

// What is new

let before, last;

function visit() {
  const seen = kept(`seen ${key}`), at = Date.now();
  before = !seen ? spoken : at - seen.at > PAUSE ? seen.newest : seen.before;
  keep(`seen ${key}`, { before, newest: spoken, at });
}

// As minutes in UTC, which can be compared as they are written.
function isNew(article) {
  return (article.dataset.since ?? article.querySelector(".ww-when time")?.dateTime) > before;
}

function mark(article) {
  const word = document.createElement("span");
  word.className = "ww-mark is-new";
  word.textContent = root.dataset.new;
  article.querySelector(".ww-when")?.before(word, " ");
}

export function arrived(within, sure = isNew) {
  ageDates(within);
  showUseful(within);
  for (const article of within.querySelectorAll("article")) {
    if (sure(article) && !article.querySelector(".is-new, .ww-own")) mark(article); // what he wrote is not news to him
  }
  const count = root.querySelectorAll(".is-new").length;
  button.querySelector("b").textContent = `(${count})`;
  button.hidden = tick.parentElement.hidden = !count;
  bar.hidden &&= button.hidden;
}

export function goTo(article) {
  for (let fold = article; (fold = fold.parentElement.closest("details"));) fold.open = true;
  article.tabIndex = -1;
  article.focus();
}

function next() {
  const all = [...root.querySelectorAll("article:has(.is-new)")];
  last = all[all.indexOf(last) + 1] ?? all[0];
  if (last) goTo(last);
}

function pressed(event) {
  if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || !tick.checked) return;
  if (!event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) next();
}

// Unfolding

// The form stays under the comment that it answers.
export function instead(old, item) {
  const respond = old.querySelector("#respond");
  const above = respond?.previousElementSibling.id;
  old.replaceWith(item);
  if (respond) (item.querySelector(`#${above}`) ?? item.querySelector("article")).after(respond);
}

async function unfold(link) {
  link.ariaBusy = "true";
  try {
    const page = await fragment(link.href, "#comments");
    const item = page.querySelector(`li:has(> #comment-${link.dataset.root})`);
    const more = page.querySelector(".ww-pages [rel=next]");
    if (more) (item.querySelector("details") ?? item).append(folded(more));
    show(link.closest(".ww-thread > li"), item);
  } catch {
    location.assign(link.href);
  }
}

function folded(more) {
  const fold = document.createElement("p");
  fold.className = "ww-fold";
  fold.append(more);
  return fold;
}

function show(old, item) {
  const articles = [...item.querySelectorAll("article")];
  const first = articles.find(({ id }) => !old.querySelector(`#${id}`)) ?? articles[0];
  instead(old, item);
  arrived(item);
  goTo(first);
  say(root.dataset.shown);
}

// Looking out for more

let told, wait, timer;

function plan(after) {
  wait = Math.min(after, LATEST);
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(ask, wait);
}

async function ask() {
  let after = wait * SLOWER;
  try {
    const answer = await fetch(countUrl);
    if (answer.ok && offered((await answer.json()).count)) after = SOONEST;
  } catch {
    // not to be reached just now
  }
  plan(after);
}

function offered(count) {
  if (count <= told) return false;
  told = count;
  offer.textContent = offer.dataset.words.replace("{num}", count - root.dataset.count);
  offer.hidden = bar.hidden = false;
  say(offer.textContent);
  return true;
}

async function load() {
  try {
    const { merge } = await import("./merge.js");
    goTo(merge(await fragment(location.pathname + location.search, "#comments")));
    offer.hidden = true;
  } catch {
    location.assign(offer.href); // what is new stands on another page
  }
}

export function readingOn() {
  visit();
  arrived(root);
  told = Number(root.dataset.count);
  tick.checked = kept("key n") !== false;
  tick.addEventListener("change", () => keep("key n", tick.checked));
  button.addEventListener("click", next);
  addEventListener("keydown", pressed);
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-root], .ww-bar > a");
    if (!link || elsewhere(event)) return;
    event.preventDefault();
    if (link === offer) load();
    else unfold(link);
  });
  document.addEventListener("visibilitychange", () => plan(SOONEST));
  plan(SOONEST);
}
