// The page's side of progress: "continue where you were", marks set by hand, and progress as a file.
import { forgetProgress, markDone, parseProgress, progress, takeIn } from "./progress.ts";

/** Fill and show the line that leads back to the last page. */
export function showContinue(): void {
  const line = document.querySelector<HTMLElement>(".mk-continue");
  const { last } = progress();
  if (!line || !last) return;
  const link = line.querySelector("a")!;
  link.href = import.meta.env.BASE_URL.replace(/\/?$/, "/") + last.path;
  link.textContent = last.title;
  line.hidden = false;
}

/** Checkboxes of a list mark what is done; those of exercises show it, and are set by passing. */
export function marksByHand(): void {
  document.addEventListener("change", (e) => {
    const box = e.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    const key = box.closest<HTMLElement>("[data-progress]")?.dataset.progress;
    if (key) markDone(key, box.checked);
  });
}

export function progressButtons(): void {
  const told = document.querySelector<HTMLElement>(".mk-progress-told")!;
  const tell = (text: string): void => void (told.textContent = text);
  const of = (action: string): HTMLElement =>
    document.querySelector<HTMLElement>(`[data-progress-action=${action}]`)!;
  const count = (): string => {
    const n = Object.keys(progress().done).length;
    return n === 0 ? "Nothing is done yet." : `${n} ${n === 1 ? "thing is" : "things are"} done.`;
  };
  tell(count());
  of("export").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(
      new Blob([JSON.stringify(progress(), null, 1)], { type: "application/json" }),
    );
    link.download = "mapped-progress.json";
    link.click();
    URL.revokeObjectURL(link.href);
    tell("Saved as mapped-progress.json.");
  });
  of("import").addEventListener("change", (e) => {
    const input = e.target as HTMLInputElement;
    void input.files?.[0]?.text().then((text) => {
      try {
        takeIn(parseProgress(text));
        tell(`Read. ${count()}`);
      } catch (error) {
        tell((error as Error).message);
      }
      input.value = "";
    });
  });
  let before: string | null = null;
  of("forget").addEventListener("click", (e) => {
    const button = e.currentTarget as HTMLElement;
    if (before === null) {
      before = JSON.stringify(progress());
      forgetProgress();
      button.textContent = "Undo";
      tell("Forgotten.");
    } else {
      takeIn(parseProgress(before));
      before = null;
      button.textContent = "Forget it";
      tell(count());
    }
  });
}
