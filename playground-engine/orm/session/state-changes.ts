// Declares which states an operation of a transaction may start in and which it ends in, and holds it to that.
// Behaviour: SQLAlchemy orm/state_changes.py.
import { TransactionalContext } from "../../engine/transactional-context.ts";
import { IllegalStateChangeError } from "../../errors/index.ts";
import { Constant } from "../flags.ts";

export const ANY = new Constant("_StateChangeStates", "ANY", 1);
export const NO_CHANGE = new Constant("_StateChangeStates", "NO_CHANGE", 2);
const CHANGE_IN_PROGRESS = new Constant("_StateChangeStates", "CHANGE_IN_PROGRESS", 3);

const fail = (message: string): never => {
  throw new IllegalStateChangeError(message, { code: "isce" });
};

export abstract class StateChange extends TransactionalContext {
  /** @internal */
  _state: Constant = NO_CHANGE;
  private nextState: Constant = ANY;
  private currentFn: string | null = null;

  protected raiseForPrerequisiteState(operation: string, state: Constant): never {
    return fail(`Can't run operation '${operation}()' when Session is in state ${state.repr()}`);
  }

  /** Runs `fn`, the operation `name`, from one of the prerequisite states to the state `movesTo`. */
  protected changing<T>(
    name: string,
    prerequisites: readonly Constant[] | typeof ANY,
    movesTo: Constant,
    fn: () => T,
  ): T {
    const current = this._state;
    if (Array.isArray(prerequisites) && !prerequisites.includes(current))
      this.raiseForPrerequisiteState(name, current);
    const { nextState: next, currentFn: existing } = this;
    const changes = movesTo !== NO_CHANGE;
    const expected = changes ? movesTo : current;
    if (next !== ANY && changes && next !== expected) {
      if (existing && (next === NO_CHANGE || next === CHANGE_IN_PROGRESS))
        fail(
          `Method '${name}()' can't be called here; method '${existing}()' is already in progress and this would cause an unexpected state change to ${movesTo.repr()}`,
        );
      fail(
        `Can't run operation '${name}()' here; will move to state ${movesTo.repr()} where we are expecting ${next.repr()}`,
      );
    }
    this.currentFn = name;
    this.nextState = CHANGE_IN_PROGRESS;
    try {
      const ret = fn();
      if (this._state === expected) return ret;
      if (this._state === current)
        fail(`Method '${name}()' failed to change state to ${movesTo.repr()} as expected`);
      if (existing)
        fail(
          `While method '${existing}()' was running, method '${name}()' caused an unexpected state change to ${this._state.repr()}`,
        );
      return fail(`Method '${name}()' caused an unexpected state change to ${this._state.repr()}`);
    } finally {
      this.nextState = next;
      this.currentFn = existing;
    }
  }

  /** @internal The operation counts as in progress until the function given back is called. */
  _holdIn(operation: string, state: Constant): () => void {
    const { _state, nextState, currentFn } = this;
    [this._state, this.nextState, this.currentFn] = [state, CHANGE_IN_PROGRESS, operation];
    return () => {
      [this._state, this.nextState, this.currentFn] = [_state, nextState, currentFn];
    };
  }

  /** Within an operation: `fn` moves to this state. */
  protected expectState<T>(expected: Constant, fn: () => T): T {
    this.nextState = expected;
    try {
      const ret = fn();
      if (this._state !== expected) fail(`Unexpected state change to ${this._state.repr()}`);
      return ret;
    } finally {
      this.nextState = CHANGE_IN_PROGRESS;
    }
  }
}
