// Constraints and indexes seen as what they say: how a model's and a database's are told apart or found equal.
//
// A signature's `key` is its name and what it is over; `unnamed` leaves the name out. Behaviour: alembic.ddl._autogen.
import {
  CheckConstraint,
  type Column,
  type Constraint,
  ForeignKeyConstraint,
  Index,
} from "../../sql/schema/index.ts";
import { ColumnClause, UnaryExpression } from "../../sql/index.ts";
import { host, type Value } from "../../util/host.ts";
import { foreignKeySpec, type ForeignKeySpec } from "../operations/ops/constraints.ts";
import type { DefaultImpl } from "./impl.ts";

type Status = "equal" | "different" | "skip";

export class ComparisonResult {
  readonly status: Status;
  readonly message: string;
  constructor(status: Status, message: string) {
    this.status = status;
    this.message = message;
  }
  static Equal(): ComparisonResult {
    return new ComparisonResult("equal", "The two constraints are equal");
  }
  static Different(reason: string | readonly string[]): ComparisonResult {
    return new ComparisonResult("different", typeof reason === "string" ? reason : reason.join(", "));
  }
  static Skip(reason: string | readonly string[]): ComparisonResult {
    return new ComparisonResult("skip", typeof reason === "string" ? reason : reason.join(", "));
  }
  get isEqual(): boolean {
    return this.status === "equal";
  }
  get isDifferent(): boolean {
    return this.status === "different";
  }
  get isSkip(): boolean {
    return this.status === "skip";
  }
}

export type Compared = Constraint | Index;
type Kind = "index" | "unique" | "foreignkey" | "check";

/** A tuple as Python prints it: what logs show of a signature. */
const shown = (items: readonly Value[]): string => host.repr(host.makeTuple(items));

interface Names {
  formatConstraint(constraint: Compared, alembicQuote?: boolean): string | null;
}
/** The name that the database knows it by, naming conventions applied; null where it has none. */
export function finalName(constraint: Compared, impl: DefaultImpl): string | null {
  const named = constraint as { readonly name: string | null; readonly _isNoneName?: boolean };
  if (named.name === null && named._isNoneName !== true) return null;
  return (
    impl.dialect as unknown as { readonly identifierPreparer: Names }
  ).identifierPreparer.formatConstraint(constraint, false);
}

function isExpression(e: unknown): boolean {
  let at = e;
  while (at instanceof UnaryExpression) at = at.element;
  return !(at instanceof ColumnClause) || at.isLiteral;
}
export function isExpressionIndex(index: Index): boolean {
  return index.expressions.some(isExpression);
}

export abstract class Signature {
  abstract readonly kind: Kind;
  readonly impl: DefaultImpl;
  readonly const: Compared;
  readonly name: string | null;
  /** @internal what it says, as text that is equal where the real tuples are */
  abstract readonly unnamed: string;
  constructor(impl: DefaultImpl, constraint: Compared) {
    this.impl = impl;
    this.const = constraint;
    this.name = constraint.name;
  }
  get isNamed(): boolean {
    return finalName(this.const, this.impl) !== null;
  }
  get key(): string {
    return `${String(this.name)}\0${this.unnamed}`;
  }
  get unnamedNoOptions(): string {
    return this.unnamed;
  }
  get columns(): readonly Column[] {
    return [...(this.const as unknown as { readonly columns: Iterable<Column> }).columns];
  }
  /** A tuple of names. */
  get columnNames(): Value {
    return host.makeTuple(this.columns.map((c) => c.name));
  }
  abstract compareToReflected(other: Signature): ComparisonResult;
}

class UniqueSignature extends Signature {
  readonly kind = "unique";
  get unnamed(): string {
    return shown(this.columns.map((c) => c.name).sort((a, b) => (a < b ? -1 : 1)));
  }
  override compareToReflected(other: Signature): ComparisonResult {
    return this.impl.compareUniqueConstraint(this.const as Constraint, other.const as Constraint);
  }
}

export class IndexSignature extends Signature {
  readonly kind = "index";
  override get isNamed(): boolean {
    return true;
  }
  get index(): Index {
    return this.const as Index;
  }
  get isUnique(): boolean {
    return host.isTrue(this.index.unique);
  }
  get hasExpressions(): boolean {
    return isExpressionIndex(this.index);
  }
  get unnamed(): string {
    return shown([
      this.isUnique,
      ...this.index.expressions.map((e) =>
        typeof e === "string" ? e : ((e as unknown as { readonly name?: string | null }).name ?? null),
      ),
    ]);
  }
  override compareToReflected(other: Signature): ComparisonResult {
    return this.impl.compareIndexes(this.index, other.const as Index);
  }
}

export class ForeignKeySignature extends Signature {
  readonly kind = "foreignkey";
  readonly spec: ForeignKeySpec;
  constructor(impl: DefaultImpl, constraint: ForeignKeyConstraint) {
    super(impl, constraint);
    this.spec = foreignKeySpec(constraint);
  }
  override get unnamedNoOptions(): string {
    const s = this.spec;
    return shown([
      s.sourceSchema,
      s.sourceTable,
      host.makeTuple(s.sourceColumns),
      s.targetSchema,
      s.targetTable,
      host.makeTuple(s.targetColumns),
    ]);
  }
  get unnamed(): string {
    const fk = this.const as ForeignKeyConstraint;
    const rule = (r: string | null): string | null =>
      r === null || r === "" || r.toLowerCase() === "no action" ? null : r.toLowerCase();
    const when =
      fk.initially?.toLowerCase() === "deferred"
        ? "initially_deferrable"
        : fk.deferrable
          ? "deferrable"
          : "not deferrable";
    return `${this.unnamedNoOptions}${shown([rule(fk.onupdate), rule(fk.ondelete), when])}`;
  }
  override compareToReflected(): ComparisonResult {
    throw host.error("NotImplementedError", "");
  }
}

class CheckSignature extends Signature {
  readonly kind = "check";
  get unnamed(): string {
    return String(this.name);
  }
  override compareToReflected(other: Signature): ComparisonResult {
    return this.impl.compareCheckConstraint(this.const as Constraint, other.const as Constraint);
  }
}

export function signatureOf(impl: DefaultImpl, constraint: Compared): Signature {
  if (constraint instanceof Index) return new IndexSignature(impl, constraint);
  if (constraint instanceof ForeignKeyConstraint) return new ForeignKeySignature(impl, constraint);
  if (constraint instanceof CheckConstraint) return new CheckSignature(impl, constraint);
  return new UniqueSignature(impl, constraint);
}

/** Signatures as a set: equal ones once, in the order they came. */
export function signatures(impl: DefaultImpl, of: Iterable<Compared>): Signature[] {
  const out = new Map<string, Signature>();
  for (const c of of) {
    const s = signatureOf(impl, c);
    const key = `${s.kind}\0${s.key}`;
    if (!out.has(key)) out.set(key, s);
  }
  return [...out.values()];
}
