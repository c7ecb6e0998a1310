// <mapped-exercise>: its static part shows the task, the code, the hints and the solution; this script gives the hints one by
// one, asks before it shows the solution, and brings the editor and the checks when they are wanted.
import { onProgress, progress } from "../../kit/progress.ts";
import { client } from "../example/page-engine.ts";
import type { LiveExercise } from "./live.tsx";

class MappedExercise extends HTMLElement {
  private live: Promise<LiveExercise> | undefined;

  connectedCallback(): void {
    this.dataset.ready = "";
    // code that is wider than its frame is scrolled with the keyboard too
    const reach = (): void => {
      for (const pre of this.querySelectorAll<HTMLElement>("pre"))
        if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
    };
    reach();
    this.addEventListener("toggle", reach, { capture: true });
    const warm = (): void => client().warm();
    this.addEventListener("pointerenter", warm, { once: true });
    this.addEventListener("focusin", warm, { once: true });
    this.addEventListener("click", (e) => {
      const target = e.target as Element;
      if (target.closest("[data-action=check]")) void this.mount().then((l) => l.check());
      else if (
        target.closest(".mw-code figure pre") &&
        !target.closest(".copy") &&
        String(getSelection()) === ""
      )
        void this.mount().then((l) => l.edit());
      else if (target.closest("[data-action=edit]")) void this.mount().then((l) => l.edit());
      else if (target.closest("[data-action=reveal]")) this.reveal();
    });
    this.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        void this.mount().then((l) => l.check());
      } else if (e.key === "Enter" && (e.target as Element).matches(".mw-code figure pre")) {
        e.preventDefault();
        void this.mount().then((l) => l.edit());
      }
    });
    this.hintsOneByOne();
    const solution = this.querySelector<HTMLElement>(".mx-revealed");
    if (solution) {
      solution.hidden = true;
      this.querySelector<HTMLElement>(".mx-confirm")!.hidden = false;
    }
    this.showDone();
    onProgress(() => this.showDone());
    try {
      if (sessionStorage.getItem(`mapped:exercise:${this.dataset.id}`) !== null) void this.mount();
    } catch {
      // storage refused: there is nothing kept
    }
  }

  private hintsOneByOne(): void {
    const hints = [...this.querySelectorAll<HTMLDetailsElement>(".mx-hint")];
    hints.forEach((hint, i) => {
      if (i > 0) hint.hidden = true;
      hint.addEventListener("toggle", () => {
        const next = hints[i + 1];
        if (hint.open && next) next.hidden = false;
      });
    });
  }

  private reveal(): void {
    this.querySelector<HTMLElement>(".mx-confirm")!.hidden = true;
    this.querySelector<HTMLElement>(".mx-revealed")!.hidden = false;
  }

  private showDone(): void {
    const done = progress().done[`exercise:${this.dataset.id}`] !== undefined;
    this.toggleAttribute("data-done", done);
    this.querySelector(".mx-done")!.textContent = done ? "Done" : "";
  }

  private mount(): Promise<LiveExercise> {
    this.live ??= import("./live.tsx").then((m) => m.mountExercise(this));
    return this.live;
  }
}

customElements.define("mapped-exercise", MappedExercise);
