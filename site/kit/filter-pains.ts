// The filter of the list of pain points. A pasted message is first held against the pages' patterns; else every word must occur.

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

  const knows = (item: HTMLElement, message: string): boolean => {
    const { match, class: type } = item.dataset;
    if (!match) return false;
    try {
      return (
        new RegExp(match, "i").test(message) &&
        (!/^[\w.]+(Error|Found|Greenlet)\b/.test(message) || message.includes(type!))
      );
    } catch {
      return false;
    }
  };
  const show = (): void => {
    const q = field.q.value.replace(/\s+/g, " ").trim();
    const exact = q.length > 12 ? items.filter((i) => knows(i, q)) : [];
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
