// <mapped-predict>: the reader commits to an answer, and then sees the right one with its explanation.
class MappedPredict extends HTMLElement {
  connectedCallback(): void {
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

  private judge(given: string): void {
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
