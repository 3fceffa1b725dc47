// Puts what has come since into the page, each where it belongs; what was there stays as it is,
// folded or not. Loaded by whoever asks for the new comments.

import { root } from "./place.js";
import { arrived, instead } from "./reading.js";

const ITEMS = ".ww-thread:not(.ww-mine) > li";

// The first comment that is new here, if one is.
export function merge(page) {
  const known = new Set(Array.from(root.querySelectorAll("article"), ({ id }) => id));
  const isUnknown = ({ id }) => !known.has(id);
  let above;
  for (const item of page.querySelectorAll(ITEMS)) {
    const articles = [...item.querySelectorAll("article")];
    const old = document.getElementById(articles[0].id)?.closest("li");
    const here = old && !articles.some(isUnknown);
    if (!here) put(item, old, above);
    if (!here) arrived(item, isUnknown);
    above = here ? old : item;
  }
  const title = "#comments-title";
  root.querySelector(title).textContent = page.querySelector(title).textContent;
  root.dataset.count = page.dataset.count;
  return [...root.querySelectorAll(`${ITEMS} article`)].find(isUnknown);
}

function put(item, old, above) {
  if (old) instead(old, item);
  else if (above) above.after(item);
  else root.querySelector(ITEMS).before(item);
}
