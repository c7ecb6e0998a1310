// Marks what is done in lists: elements with data-progress="exercise:ID", and a tally of them. A lesson is done when it was marked
// so, or when all of its exercises (data-exercises) are passed.
import { onProgress, progress } from "./progress.ts";

export function showProgress(): void {
  const show = (): void => {
    const { done } = progress();
    const items = [...document.querySelectorAll<HTMLElement>("[data-progress]")];
    for (const item of items) {
      const exercises = item.dataset.exercises?.split(" ") ?? [];
      const yes =
        done[item.dataset.progress!] !== undefined ||
        (exercises.length > 0 && exercises.every((e) => done[e] !== undefined));
      item.toggleAttribute("data-done", yes);
      const box = item.querySelector<HTMLInputElement>("input[type=checkbox]");
      if (box) box.checked = yes;
    }
    for (const tally of document.querySelectorAll<HTMLElement>(".mk-tally")) {
      const within = [...(tally.closest("[data-tally]") ?? document).querySelectorAll("[data-progress]")];
      const n = within.filter((i) => i.hasAttribute("data-done")).length;
      tally.textContent = n === 0 ? "" : `${n} of ${within.length} done in this browser.`;
    }
  };
  show();
  onProgress(show);
}
