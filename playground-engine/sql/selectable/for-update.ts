// FOR UPDATE and its options. Behaviour: SQLAlchemy sql/selectable.py (ForUpdateArg).
import { host, type Value } from "../../util/host.ts";
import { expect, isLiteral } from "../coercions.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { ClauseElement } from "../elements/clause.ts";
import type { ColumnElement } from "../elements/column.ts";

export interface ForUpdateOptions {
  readonly nowait?: boolean;
  readonly read?: boolean;
  /** An entity, table or column, or a sequence of them. */
  readonly of?: Value;
  readonly skipLocked?: boolean;
  readonly keyShare?: boolean;
}

export class ForUpdateArg extends ClauseElement {
  static override readonly visitName: string = "for_update_arg";
  static override readonly pyModule: string = "sqlalchemy.sql.selectable";
  static override readonly traverse: TraverseSpec = [
    ["of", "clauses"],
    ["nowait", "boolean"],
    ["read", "boolean"],
    ["skipLocked", "boolean"],
    ["keyShare", "boolean"],
  ];
  nowait: boolean;
  read: boolean;
  of: readonly ColumnElement[] | null;
  skipLocked: boolean;
  keyShare: boolean;

  constructor(options: ForUpdateOptions = {}) {
    super();
    this.nowait = options.nowait ?? false;
    this.read = options.read ?? false;
    this.skipLocked = options.skipLocked ?? false;
    this.keyShare = options.keyShare ?? false;
    const of = options.of ?? null;
    const items =
      of === null ? null : isLiteral(of) && typeof of !== "string" ? (host.iterate(of) ?? [of]) : [of];
    this.of = items && [...items].map((e) => expect(roles.ColumnsClauseRole, e));
  }

  /** What `with_for_update=` of get() and refresh() takes. */
  static _fromArgument(given: Value): ForUpdateArg | null {
    if (given instanceof ForUpdateArg) return given;
    if (given === null || given === undefined || given === false) return null;
    if (given === true) return new ForUpdateArg();
    const kw = new Map(host.entries(given) ?? []) as Map<string, Value>;
    const flag = (name: string): boolean => host.isTrue(kw.get(name) ?? false);
    return new ForUpdateArg({
      nowait: flag("nowait"),
      read: flag("read"),
      of: kw.get("of") ?? null,
      skipLocked: flag("skip_locked"),
      keyShare: flag("key_share"),
    });
  }

  equals(other: unknown): boolean {
    return (
      other instanceof ForUpdateArg &&
      other.nowait === this.nowait &&
      other.read === this.read &&
      other.skipLocked === this.skipLocked &&
      other.keyShare === this.keyShare &&
      other.of === this.of
    );
  }
}
