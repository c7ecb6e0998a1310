// A hook for process_revision_directives that changes operations one by one, by their class.
//
// An operation that a rewriter made is not handed to it again. Behaviour: alembic.autogenerate.rewriter.
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { Dispatcher, invoke, type Target } from "../dispatch.ts";
import {
  items,
  MigrateOperation,
  MigrationScript,
  OpContainer,
  replaceItems,
} from "../operations/ops/operation.ts";

export class Rewriter {
  dispatch = new Dispatcher();
  private chained: readonly Value[] = [];

  /** This rewriter, then another one. */
  chain(other: Value): Rewriter {
    const both = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as Rewriter, this);
    both.chained = [...this.chained, other];
    return both;
  }
  rewrites(operator: Target): <F extends Value>(fn: F) => F {
    return this.dispatch.dispatchFor(operator);
  }
  call(args: readonly Value[], kw: Kwargs = new Map()): null {
    const named = ["context", "revision", "directives"].map((n, i) => args[i] ?? kw.get(n) ?? null);
    this.processRevisionDirectives(named[0], named[1], named[2]);
    for (const next of this.chained) {
      if (next instanceof Rewriter) next.call(named);
      else invoke(next, named);
    }
    return null;
  }
  processRevisionDirectives(context: Value, revision: Value, directives: Value): void {
    replaceItems(
      directives,
      items(directives).flatMap((d) => this.traverse(context, revision, d as MigrateOperation)),
    );
  }

  private rewritten(context: Value, revision: Value, op: MigrateOperation): MigrateOperation[] {
    const fn = this.dispatch.find(op);
    if (fn === undefined || op.mutations?.has(this.dispatch)) return [op];
    const given = invoke(fn, [context, revision, op]);
    const all =
      given === null || given === undefined
        ? []
        : given instanceof MigrateOperation
          ? [given]
          : (items(given) as MigrateOperation[]);
    for (const made of all) made.mutations = new Set([...(made.mutations ?? []), this.dispatch]);
    return all;
  }
  private traverse(context: Value, revision: Value, op: MigrateOperation): MigrateOperation[] {
    const all = this.rewritten(context, revision, op);
    for (const made of all)
      if (made instanceof MigrationScript) {
        made.upgradeOps = this.each(context, revision, made.upgradeOpsList, "UpgradeOps");
        made.downgradeOps = this.each(context, revision, made.downgradeOpsList, "DowngradeOps");
      } else if (made instanceof OpContainer) this.processOps(context, revision, made);
    return all;
  }
  private processOps(context: Value, revision: Value, container: OpContainer): void {
    replaceItems(
      container.ops,
      container.list.flatMap((o) => this.traverse(context, revision, o)),
    );
  }
  private each(context: Value, revision: Value, list: Value, name: string): Value {
    return host.makeList(
      items(list).map((ops) => {
        const made = this.traverse(context, revision, ops as MigrateOperation);
        if (made.length !== 1)
          throw host.error("ValueError", `Can only return single object for ${name} traverse`);
        return made[0];
      }),
    );
  }
}
