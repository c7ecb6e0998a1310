// The trace of a run turned into events for the page, and whoever looks on told of it.
//
// A statement's rows come in one by one; its result is told once, when the next thing happens.
import { setTraceSink, type StatementEvent } from "../engine/trace.ts";
import type { Looker } from "./looking/index.ts";
import type { RunHooks } from "./program.ts";
import { shownEvent, shownResult } from "./shown.ts";

export class Listening {
  private readonly hooks: RunHooks;
  private readonly looker: Looker | undefined;
  /** Its result is not told yet. */
  private open: StatementEvent | undefined;
  /** The looker has been told of its execution. */
  private executed: StatementEvent | undefined;

  /** Listen from now on. */
  constructor(hooks: RunHooks) {
    this.hooks = hooks;
    this.looker = hooks.looker?.(hooks.event);
    setTraceSink({
      event: (e) => {
        hooks.trace?.event(e);
        if (e.kind === "statement") this.looker?.statement(e);
        else this.looker?.transaction(e);
        this.tellResult();
        hooks.event(shownEvent(e));
      },
      update: (e) => {
        hooks.trace?.update?.(e);
        if (this.open !== e) this.tellResult();
        this.open = e;
        if (this.executed === e) return;
        this.executed = e;
        this.looker?.executed(e);
      },
    });
  }

  private tellResult(): void {
    const e = this.open;
    this.open = undefined;
    if (e) this.hooks.event({ kind: "result", result: shownResult(e) });
  }

  /** A cell, or the program, has ended. */
  end(): void {
    this.looker?.end();
    this.tellResult();
  }

  /** Nobody listens any more. */
  stop(): void {
    this.end();
    this.looker?.stop();
    setTraceSink(undefined);
  }
}
