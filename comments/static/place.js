// The part of the page that is ours, and what its scripts share. What a browser remembers stays in it.

export const root = document.querySelector(".ww");

export function say(text) {
  root.querySelector("[data-say]").textContent = text;
}

// A click that opens a new tab or window stays what it is.
export function elsewhere(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}

export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(`ww ${name}`));
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(`ww ${name}`, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing
  }
}
