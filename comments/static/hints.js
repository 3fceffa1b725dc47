// Says while writing what the row will say: only what helps, and only once it holds.

const LINK = /https?:\/\/|\bwww\./gi;

export function hintAtLinks(respond, form, say) {
  const limit = Number(respond.dataset.links);
  const hint = form.querySelector(".ww-links");
  if (!limit) return;
  const look = () => {
    const many = (form.elements.text.value.match(LINK) ?? []).length >= limit;
    if (many === !hint.hidden) return;
    hint.hidden = !many;
    hint.textContent = respond.dataset.linksWait;
    if (many) say(hint.textContent);
  };
  form.elements.text.addEventListener("input", look);
  look();
}
