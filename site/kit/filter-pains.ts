// The filter of the list of pain points. A pasted message is first held against the pages' patterns; else every word must occur.
import { errorIn, pagesFor } from "../workbench/errors/find-page.ts";

export function filterPains(): void {
  const form = document.querySelector<HTMLFormElement>(".mk-filter");
  if (!form) return;
  form.hidden = false;
  const items = [...document.querySelectorAll<HTMLElement>(".mk-painlist li")];
  const sections = [...document.querySelectorAll<HTMLElement>(".mk-painlist section")];
  const field = form.elements as unknown as {
    q: HTMLInputElement;
    group: HTMLSelectElement;
    silent: HTMLInputElement;
  };
  const asked = new URLSearchParams(location.search);
  field.group.value = asked.get("group") ?? "";
  field.q.value = asked.get("q") ?? "";

  const pages = items.map((item, i) => ({
    id: String(i),
    title: item.textContent,
    class: item.dataset.class ?? "",
    match: item.dataset.match ?? "",
  }));
  const show = (): void => {
    const q = field.q.value.replace(/\s+/g, " ").trim();
    const exact = q.length > 12 ? pagesFor(errorIn(q), pages).map((p) => items[Number(p.id)]!) : [];
    const words = q.toLowerCase().split(" ").filter(Boolean);
    let n = 0;
    for (const item of items) {
      const section = item.closest<HTMLElement>("section")!;
      const found =
        words.length === 0 ||
        (exact.length > 0 ? exact.includes(item) : words.every((w) => item.dataset.text!.includes(w)));
      const yes =
        found &&
        (field.group.value === "" || section.dataset.group === field.group.value) &&
        (!field.silent.checked || item.dataset.silent !== undefined);
      item.hidden = !yes;
      if (yes) n++;
    }
    for (const s of sections) s.hidden = !s.querySelector("li:not([hidden])");
    form.querySelector(".mk-count")!.textContent =
      n === items.length
        ? `${n} pages`
        : n === 0
          ? "Nothing here. Try fewer words, or the search above."
          : `${n} of ${items.length}`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (e) => e.preventDefault());
  show();
}
