// Shows the preview in place: the server's own page is asked for it, the same as without scripts.

import { ageDates } from "./dates.js";
import { fragment } from "./fragment.js";

export function previewInPlace(form) {
  const button = form.querySelector("[name=preview]");

  async function show() {
    button.setAttribute("aria-busy", "true");
    try {
      const fields = new FormData(form);
      fields.set("preview", "1");
      const found = await fragment(form.action, "#ww-preview", fields);
      document.getElementById("ww-preview")?.remove();
      form.before(found);
      ageDates(found);
      found.querySelector("h2").focus();
    } catch {
      sendInstead(); // the page that comes says why there is none
    }
    button.removeAttribute("aria-busy");
  }

  function sendInstead() {
    button.removeEventListener("click", instead);
    button.click();
  }

  function instead(event) {
    event.preventDefault();
    show();
  }

  button.addEventListener("click", instead);
}
