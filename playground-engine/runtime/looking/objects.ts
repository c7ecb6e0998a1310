// Objects of the program's sessions through a run, as moments: what is new or differs since the moment before.
//
// A moment is taken late: when the next line is about to change something, when a statement goes out, when a flush, commit,
// rollback or close has ended, and when the program ends. So a line that makes ten changes is one moment.
import { heldStates, lookAtObject, lookAtSessions, type ObjectLook } from "../../orm/session/look.ts";
import { watchSessions, type SessionWork, type Watcher } from "../../orm/watch.ts";
import type { InstanceState } from "../../orm/state/state.ts";
import { host } from "../../util/host.ts";
import type { SessionMoment, ShownObject } from "../protocol.ts";
import { identityText, plainMembers, plainText, plainValue } from "./plain.ts";

const MOST_OBJECTS = 200;
const MOST_MOMENTS = 300;
/** From so many moments on, a line is told of for its first turns only: a loop must not use up all that can be shown. */
const MANY = 60;
const TURNS = 8;

interface Pending {
  readonly why: SessionMoment["why"];
  readonly file: string | null;
  readonly line: number | null;
}

export class ObjectLooker implements Watcher {
  private readonly emit: (m: SessionMoment) => void;
  private readonly states = new Map<InstanceState, number>();
  private readonly last = new Map<number, string>();
  private lastSessions = "[]";
  private pending: Pending | null = null;
  /** Work of sessions that is under way. */
  private depth = 0;
  private count = 0;
  private lastId = 0;
  private left = false;
  private skipped = false;
  /** Objects of a program that has ended, to be told of as gone. */
  private ended_: readonly number[] = [];
  private readonly turns = new Map<string, number>();
  private done = false;
  /** Id of the last statement. */
  after = 0;

  /** @param before who looked at the program before this one in the same run: its objects are gone */
  constructor(emit: (m: SessionMoment) => void, before?: ObjectLooker) {
    this.emit = emit;
    if (!before) return;
    this.lastId = before.lastId;
    this.ended_ = [...before.ended_, ...before.last.keys()];
  }

  start(): void {
    // a console goes on with what it had
    for (const state of heldStates()) this.made(state);
    watchSessions(this);
  }

  /** The program ends, or a part of it. */
  end(): void {
    if (!this.done) this.take(this.pending ?? { why: "end", file: null, line: null });
    this.depth = 0;
  }

  stop(): void {
    this.done = true;
    watchSessions(undefined);
  }

  made(state: InstanceState): void {
    // not part of what an earlier line led to
    const p = this.pending;
    if (p && this.depth === 0 && p.line !== (host.where()?.line ?? null)) this.take(p);
    if (this.states.size < MOST_OBJECTS) this.states.set(state, ++this.lastId);
    else this.left = true;
  }

  changing(): void {
    if (this.depth > 0) return;
    const at = host.where();
    const p = this.pending;
    if (p && p.why === "line" && p.line === (at?.line ?? null) && p.file === (at?.file ?? null)) return;
    if (p) this.take(p);
    this.pending = { why: "line", file: at?.file ?? null, line: at?.line ?? null };
  }

  begins(_work: SessionWork): void {
    if (this.pending && this.depth === 0) this.take(this.pending);
    this.depth++;
  }

  ended(work: SessionWork): void {
    if (this.depth > 0) this.depth--;
    const at = host.where();
    this.take({ why: work, file: at?.file ?? null, line: at?.line ?? null });
  }

  /** A statement is about to go out. */
  statement(id: number): void {
    if (this.pending && this.depth === 0) this.take(this.pending);
    this.after = id;
  }

  /** A statement has been executed: what it loads is seen at the next moment. */
  executed(file: string | null, line: number | null): void {
    if (this.depth === 0) this.pending ??= { why: "statement", file, line };
  }

  /** Whether a loop came here often enough. */
  private isOneTurnMore(p: Pending): boolean {
    if (p.why === "end" || p.why === "close") return false;
    const key = `${p.why} ${p.line} ${p.file}`;
    const turn = (this.turns.get(key) ?? 0) + 1;
    this.turns.set(key, turn);
    if (this.count < MANY || turn <= TURNS) return false;
    this.skipped = true;
    return true;
  }

  private take(p: Pending): void {
    this.pending = null;
    if (this.done || this.isOneTurnMore(p)) return;
    const objects: ShownObject[] = [];
    const gone: number[] = [...this.ended_];
    for (const [state, id] of this.states) {
      const look = lookAtObject(state);
      if (!look) {
        this.states.delete(state);
        if (this.last.delete(id)) gone.push(id);
        continue;
      }
      const shown = shownObject(id, look);
      const text = JSON.stringify(shown);
      if (this.last.get(id) === text) continue;
      this.last.set(id, text);
      objects.push(shown);
    }
    const sessions = lookAtSessions();
    const sessionsText = JSON.stringify(sessions);
    if (objects.length === 0 && gone.length === this.ended_.length && sessionsText === this.lastSessions)
      return;
    this.lastSessions = sessionsText;
    this.ended_ = [];
    const lastOne = ++this.count === MOST_MOMENTS;
    const cut = lastOne ? "moments" : this.left ? "objects" : this.skipped ? "turns" : undefined;
    this.emit({ after: this.after, ...p, sessions, objects, gone, ...(cut ? { cut } : {}) });
    if (lastOne) this.stop();
  }
}

function shownObject(id: number, look: ObjectLook): ShownObject {
  const changes: { name: string; old: string; new: string }[] = [];
  for (const [name, old] of look.before) {
    const now = look.loaded.get(name);
    const before = plainMembers(old);
    const after = plainMembers(now);
    if (before && after) {
      const went = before.filter((x) => !after.includes(x));
      const came = after.filter((x) => !before.includes(x));
      if (went.length || came.length) changes.push({ name, old: members(went), new: members(came) });
    } else {
      const [a, b] = [plainText(old), plainText(now)];
      if (a !== b || (old === undefined) !== (now === undefined)) changes.push({ name, old: a, new: b });
    }
  }
  for (const [name, { addedItems, deletedItems }] of look.pending)
    if (addedItems.size || deletedItems.size)
      changes.push({ name, old: members([...deletedItems]), new: members([...addedItems]) });
  return {
    id,
    class: look.className,
    key: look.key === null ? null : identityText(look.key.pk),
    session: look.session,
    state: look.state,
    marked: look.markedDeleted,
    expired: look.expired,
    unloaded: look.unloaded,
    values: [...look.loaded].map(([name, v]) => ({ name, value: plainValue(v) })),
    changes,
  };
}

function members(items: readonly unknown[]): string {
  return items.map((v) => plainText(v)).join(", ");
}
