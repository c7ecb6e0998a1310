// <mapped-predict>: the reader commits to an answer, and then sees the right one with its explanation.
//
// What the example below it showed would tell the answer: it is held back until the reader has answered, has opened the answer or
// presses Run.

/** The example that the question is about: the next one before another question or heading. */
function exampleAfter(question: Element): Element | undefined {
  for (let e = question.nextElementSibling; e; e = e.nextElementSibling) {
    if (e.matches("mapped-predict, .sl-heading-wrapper, h2, h3")) return undefined;
    const example = e.matches("mapped-example") ? e : e.querySelector("mapped-example");
    if (example) return example;
  }
  return undefined;
}

class MappedPredict extends HTMLElement {
  private held: { readonly example: Element; readonly note: Element } | undefined;

  connectedCallback(): void {
    this.hold();
    this.querySelector("details")!.addEventListener("toggle", () => this.release());
    const form = this.querySelector<HTMLFormElement>("form")!;
    form.hidden = false;
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      const given = form.querySelector<HTMLInputElement>("input")?.value.trim();
      if (given) this.judge(given);
    });
    form.addEventListener("click", (e) => {
      const choice = (e.target as Element).closest<HTMLElement>("[data-choice]");
      if (!choice) return;
      for (const c of form.querySelectorAll("[data-choice]"))
        c.setAttribute("aria-pressed", String(c === choice));
      this.judge(choice.dataset.choice!);
    });
  }

  private hold(): void {
    const example = exampleAfter(this);
    if (!example || this.held) return;
    const note = document.createElement("p");
    note.className = "mk-held-note";
    note.textContent = "What it shows appears when you have answered, or run it.";
    example.classList.add("mk-held");
    example.after(note);
    this.held = { example, note };
    example.addEventListener("click", (e) => {
      if ((e.target as Element).closest("[data-action]")) this.release();
    });
  }

  private release(): void {
    this.held?.example.classList.remove("mk-held");
    this.held?.note.remove();
    this.held = undefined;
  }

  private judge(given: string): void {
    this.release();
    const answer = this.dataset.answer!;
    const right = given.toLowerCase() === answer.toLowerCase();
    this.dataset.verdict = right ? "right" : "wrong";
    this.querySelector(".mk-verdict")!.textContent = right
      ? "Yes."
      : `Not quite: it is ${answer}. Run it and see.`;
    this.querySelector("details")!.open = true;
  }
}

customElements.define("mapped-predict", MappedPredict);
