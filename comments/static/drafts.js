// Keeps what is being written in this browser until it is posted: the text, never a name or an address,
// and nothing is sent. Who is signed in may sit at a shared machine: his drafts end with the window.

const PREFIX = "ww-draft ";
const DAYS = 30;
const PAUSE = 400;

function storeFor(respond) {
  try {
    return "staff" in respond.dataset ? sessionStorage : localStorage;
  } catch {
    return null; // a browser that keeps nothing
  }
}

function read(store, name) {
  try {
    return JSON.parse(store.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

function each(store, visit) {
  for (const name of Object.keys(store).filter((name) => name.startsWith(PREFIX))) visit(name, read(store, name));
}

function forget(store, when) {
  each(store, (name, draft) => { if (when(name, draft)) store.removeItem(name); });
}

export function keepDrafts(respond, form, say) {
  const store = storeFor(respond);
  if (!store) return;
  const text = form.elements.text;
  const note = form.querySelector(".ww-draft");
  const start = `${PREFIX}${respond.dataset.draft} `;
  let name = start + form.elements.parent.value;
  let timer;

  forget(store, (_, draft) => !(Date.now() - draft.at < DAYS * 86400e3));
  // what was sent has come in: the page that shows it says so
  if (document.querySelector("[data-posted]")) forget(store, (kept, draft) => draft.sent && kept.startsWith(start));

  function save(sent) {
    clearTimeout(timer);
    timer = null;
    try {
      if (text.value.trim()) store.setItem(name, JSON.stringify({ text: text.value, at: Date.now(), sent }));
      else store.removeItem(name);
    } catch { /* full, or forbidden: the text is still in the form */ }
  }

  function restore() {
    const kept = read(store, name).text;
    note.hidden = !kept || Boolean(text.value);
    if (note.hidden) return;
    text.value = kept;
    text.dispatchEvent(new Event("input"));
    say(note.firstElementChild.textContent);
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(false), PAUSE);
  });
  addEventListener("pagehide", () => { if (timer) save(false); });
  form.addEventListener("submit", (event) => save(!event.submitter?.name));
  form.addEventListener("ww:parent", () => {
    if (text.value.trim()) store.removeItem(name);
    name = start + form.elements.parent.value;
    if (text.value.trim()) save(false);
    else restore();
  });
  note.querySelector("button").addEventListener("click", () => {
    text.value = "";
    save(false);
    note.hidden = true;
    text.dispatchEvent(new Event("input"));
    text.focus();
  });
  restore();
}
