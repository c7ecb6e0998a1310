// Filters the items of a list by the fields of the form above it: each field is held against the item's data of that name.

export function filterList(): void {
  const form = document.querySelector<HTMLFormElement>(".mk-filter");
  if (!form) return;
  form.hidden = false;
  const items = [...document.querySelectorAll<HTMLElement>(".mk-filtered > li")];
  const fields = [...form.elements].filter(
    (e): e is HTMLInputElement | HTMLSelectElement =>
      e instanceof HTMLInputElement || e instanceof HTMLSelectElement,
  );
  const asked = new URLSearchParams(location.search);
  for (const f of fields) if (f.type !== "checkbox" && asked.has(f.name)) f.value = asked.get(f.name)!;
  const fits = (item: HTMLElement): boolean =>
    fields.every((f) => {
      if (f instanceof HTMLInputElement && f.type === "checkbox")
        return !f.checked || item.dataset[f.name] !== undefined;
      if (f.name === "q")
        return f.value
          .toLowerCase()
          .split(/\s+/)
          .every((w) => item.dataset.text!.includes(w));
      return f.value === "" || item.dataset[f.name] === f.value;
    });
  const show = (): void => {
    let n = 0;
    for (const item of items) {
      item.hidden = !fits(item);
      if (!item.hidden) n++;
    }
    form.querySelector(".mk-count")!.textContent = `${n} of ${items.length}`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (e) => e.preventDefault());
  show();
}
