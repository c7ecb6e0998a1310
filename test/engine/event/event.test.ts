// Listeners on classes and instances, and what listen()'s options mean.
import { beforeEach, describe, expect, it } from "vitest";
import {
  EventFamily,
  baseListen,
  contains,
  forgetProgramListeners,
  listen,
  listenInternal,
  remove,
  type Dispatch,
} from "../../../playground-engine/event/index.ts";
import { plainOutput } from "../../../playground-engine/util/plain-host.ts";

const specs = {
  beforeRun: { args: ["conn", "statement"] },
  afterRun: { args: ["conn"], kw: true },
  changed: { args: ["a", "b"], legacy: [{ since: "0.9", args: ["b"] }] },
};
const RunEvents = new EventFamily("RunEvents", specs, {
  options: ["retval"],
  listen(key, options) {
    const inner = key.listener;
    baseListen(options.retval ? key : key.withListener((...args) => (inner(...args), args[1])), options);
  },
});

class Runner {
  static readonly dispatch = RunEvents.classDispatch;
  dispatch: Dispatch<typeof specs> = RunEvents.forInstance(this);
  toString(): string {
    return "a runner";
  }
}
class FastRunner extends Runner {}

describe("listeners", () => {
  let log: unknown[] = [];
  beforeEach(() => {
    log = [];
    forgetProgramListeners();
  });
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void log.push([name, ...args]);

  it("runs those of the class first, whenever they came", () => {
    const r = new FastRunner();
    listen(r, "before_run", note("instance"));
    listen(Runner, "before_run", note("base"));
    listen(FastRunner, "before_run", note("class"));
    listen(Runner, "before_run", note("first"), { insert: true });
    r.dispatch.beforeRun.emit(1, 2);
    expect(log.map((e) => (e as unknown[])[0])).toEqual(["first", "base", "class", "instance"]);
    expect(new Runner().dispatch.beforeRun.size).toBe(2);
  });

  it("tells at once whether anybody listens", () => {
    const r = new Runner();
    expect(r.dispatch.beforeRun.active).toBe(false);
    const fn = note("x");
    listen(Runner, "before_run", fn);
    expect(r.dispatch.beforeRun.active).toBe(true);
    expect(contains(Runner, "before_run", fn)).toBe(true);
    remove(Runner, "before_run", fn);
    expect(r.dispatch.beforeRun.active).toBe(false);
    expect(() => remove(Runner, "before_run", fn)).toThrow(
      /^No listeners found for event .* \/ 'before_run' \/ .* $/s,
    );
  });

  it("uses results only where retval asks for them", () => {
    const r = new Runner();
    listen(r, "before_run", () => "ignored");
    listen(r, "before_run", () => "changed", { retval: true });
    expect([...r.dispatch.beforeRun].map((fn) => fn("c", "s"))).toEqual(["s", "changed"]);
  });

  it("passes by name, once, and in old signatures", () => {
    const r = new Runner();
    listen(r, "after_run", (kw: unknown) => void log.push(kw), { named: true });
    listen(r, "after_run", note("once"), { once: true });
    r.dispatch.afterRun.emit("c", new Map([["extra", 1]]));
    r.dispatch.afterRun.emit("c", new Map());
    expect(log).toEqual([
      new Map<string, unknown>([
        ["conn", "c"],
        ["extra", 1],
      ]),
      ["once", "c", new Map([["extra", 1]])],
      new Map([["conn", "c"]]),
    ]);
    const warnings: string[] = [];
    plainOutput.warn = (category, message) => void warnings.push(`${category}: ${message}`);
    const seen: unknown[] = [];
    listen(r, "changed", (b: unknown) => void seen.push(b));
    r.dispatch.changed.emit(1, 2);
    expect(seen).toEqual([2]);
    expect(warnings).toEqual([
      'SADeprecationWarning: The argument signature for the "RunEvents.changed" event listener has changed as of version 0.9, and conversion for the old argument signature will be removed in a future release.  The new signature is "def changed(a, b)"',
    ]);
  });

  it("joins an object's listeners with those of what it stands for", () => {
    const engine = new Runner();
    const local = new Runner();
    const joined = RunEvents.join(local.dispatch, engine.dispatch);
    const connection = { dispatch: joined };
    listen(engine, "before_run", note("engine"));
    listen(connection, "before_run", note("connection"));
    joined.beforeRun.emit(1, 2);
    expect(log).toEqual([
      ["connection", 1, 2],
      ["engine", 1, 2],
    ]);
    expect(local.dispatch.beforeRun.active).toBe(false);
  });

  it("copies propagating listeners, and removes them everywhere", () => {
    const a = new Runner();
    const b = new Runner();
    const fn = note("p");
    listen(a, "before_run", fn, { propagate: true });
    listen(a, "before_run", note("q"));
    RunEvents.update(b.dispatch, a.dispatch);
    b.dispatch.beforeRun.emit(1, 2);
    expect(log).toEqual([["p", 1, 2]]);
    remove(a, "before_run", fn);
    expect(b.dispatch.beforeRun.active).toBe(false);
  });

  it("refuses what it does not know", () => {
    expect(() => listen(new Runner(), "nonsense", note("x"))).toThrow(
      "No such event 'nonsense' for target 'a runner'",
    );
    expect(() => listen(new Runner(), "before_run", note("x"), { raw: true })).toThrow(
      "RunEvents._listen() got an unexpected keyword argument 'raw'",
    );
  });

  it("notices a listener that changes its own collection", () => {
    const r = new Runner();
    listenInternal(r, "before_run", () => listen(r, "before_run", note("late")));
    expect(() => r.dispatch.beforeRun.emit(1, 2)).toThrow("deque mutated during iteration");
  });
});
