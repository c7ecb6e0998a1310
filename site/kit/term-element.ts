// The definition of a glossary term under the pointer or the focus. One box for the page; Escape closes it.
const box = document.createElement("div");
box.className = "mk-definition";
box.id = "mk-definition";
box.setAttribute("role", "tooltip");
box.hidden = true;

function show(link: HTMLElement): void {
  if (!box.isConnected) document.body.append(box);
  box.textContent = link.dataset.definition ?? "";
  box.hidden = false;
  link.setAttribute("aria-describedby", box.id);
  const at = link.getBoundingClientRect();
  const width = Math.min(320, document.documentElement.clientWidth - 16);
  box.style.maxWidth = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
  const above = at.top - box.offsetHeight - 4;
  box.style.top = `${above > 70 ? above : at.bottom + 4}px`;
}

function hide(): void {
  box.hidden = true;
  document.querySelector(`.mk-term[aria-describedby=${box.id}]`)?.removeAttribute("aria-describedby");
}

/** Within the term or its box, so that a pointer may move onto the text. */
const termOf = (e: Event): HTMLElement | null =>
  e.target instanceof Element ? e.target.closest<HTMLElement>(".mk-term") : null;

document.addEventListener("pointerover", (e) => {
  const term = termOf(e);
  if (term) show(term);
  else if (
    !(e.target instanceof Node && box.contains(e.target)) &&
    !document.activeElement?.matches(".mk-term")
  )
    hide();
});
document.addEventListener("focusin", (e) => {
  const term = termOf(e);
  if (term) show(term);
  else hide();
});
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") hide();
});
document.addEventListener("scroll", hide, { passive: true });
