// Lists of expressions between a separator: GROUP BY's columns, arguments of functions, tuples.
// Behaviour: SQLAlchemy sql/elements.py (ClauseList, Tuple).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import * as operators from "../operators.ts";
import type { Against, Operator } from "../operators.ts";
import { reprOf } from "../repr.ts";
import * as roles from "../roles.ts";
import type { Role } from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import { BindParameter } from "./bind.ts";
import { ClauseElement } from "./clause.ts";
import { ColumnElement } from "./column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

export interface ClauseListOptions {
  readonly operator?: Operator;
  readonly group?: boolean;
  readonly groupContents?: boolean;
  /** How members are understood. @internal */
  readonly literalAsTextRole?: Role<ColumnElement>;
}

const SPEC: TraverseSpec = [
  ["clauses", "clauses"],
  ["operator", "operator"],
];

export class ClauseList extends ClauseElement {
  static override readonly visitName: string = "clauselist";
  static override readonly traverse: TraverseSpec = SPEC;
  static {
    roles.playsRoles(
      this,
      roles.InElementRole,
      roles.OrderByRole,
      roles.ColumnsClauseRole,
      roles.DMLColumnRole,
    );
  }

  clauses: ColumnElement[];
  operator: Operator;
  group: boolean;
  groupContents: boolean;
  private readonly memberRole: Role<ColumnElement>;

  constructor(clauses: Iterable<Value>, options: ClauseListOptions = {}) {
    super();
    this.operator = options.operator ?? operators.commaOp;
    this.group = options.group ?? true;
    this.groupContents = options.groupContents ?? true;
    this.memberRole = options.literalAsTextRole ?? roles.WhereHavingRole;
    this.clauses = [];
    for (const c of clauses) this.clauses.push(this.member(c, true));
  }

  private member(clause: Value, propagate: boolean): ColumnElement {
    const made = expect(this.memberRole, clause, propagate ? { applyPropagateAttrs: this } : {});
    return this.groupContents ? (made.selfGroup(this.operator) as ColumnElement) : made;
  }

  /** A list of expressions that are ready. @internal */
  static _constructRaw(operator: Operator, clauses: readonly ColumnElement[] = []): ClauseList {
    const made = new ClauseList([], { operator });
    made.clauses = [...clauses];
    return made;
  }

  get _isImplicitlyBoolean(): boolean {
    return operators.isBoolean(this.operator);
  }

  [Symbol.iterator](): IterableIterator<ColumnElement> {
    return this.clauses.values();
  }

  get length(): number {
    return this.clauses.length;
  }

  get _selectIterable(): Iterable<ColumnElement> {
    return this.clauses.flatMap((c) => [...c._selectIterable]);
  }

  append(clause: Value): void {
    this.clauses.push(this.member(clause, false));
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.clauses.flatMap((c) => [...c._fromObjects]);
  }

  override selfGroup(against: Against = null): ClauseElement {
    return this.group && operators.isPrecedent(this.operator, against)
      ? new late.Grouping(this as unknown as ColumnElement)
      : this;
  }
}
defaults(ClauseList, { _isClauseList: true });
late.ClauseList = ClauseList;

/** A tuple type, as far as tuples know it. */
interface TupleTypeLike extends TypeEngine {
  readonly types: readonly TypeEngine[];
}

/** `tuple_(a, b)`: a row value. */
export class Tuple extends ColumnElement {
  static override readonly visitName: string = "tuple";
  static override readonly traverse: TraverseSpec = [...SPEC];
  static {
    roles.playsRoles(this, roles.InElementRole);
  }

  clauses: ColumnElement[];
  readonly operator: Operator = operators.commaOp;
  readonly group = true;
  readonly groupContents = true;

  constructor(clauses: readonly Value[], options: { readonly types?: readonly TypeEngine[] | null } = {}) {
    super();
    const types = options.types ?? null;
    if (types !== null && types.length !== clauses.length)
      throw new ArgumentError(
        `Wrong number of elements for ${types.length}-tuple: ${reprOf(host.makeTuple(clauses))} `,
      );
    const made = clauses.map((c, i) => {
      const type = types?.[i];
      return expect(roles.ExpressionElementRole, c, type && !type.isNullType ? { type } : {});
    });
    this.type = late.tupleType(made.map((c) => c.type));
    this.clauses = made.map(
      (c) =>
        expect(roles.WhereHavingRole, c, { applyPropagateAttrs: this }).selfGroup(
          this.operator,
        ) as ColumnElement,
    );
  }

  [Symbol.iterator](): IterableIterator<ColumnElement> {
    return this.clauses.values();
  }

  get length(): number {
    return this.clauses.length;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.clauses.flatMap((c) => [...c._fromObjects]);
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    const own = this.type as TupleTypeLike;
    if (expanding)
      return new BindParameter(null, obj, {
        comparedToOperator: operator,
        unique: true,
        expanding: true,
        type,
        comparedToType: own,
      });
    const items = [...(host.iterate(obj) ?? [])].slice(0, own.types.length);
    return new Tuple(
      items.map(
        (o, i) =>
          new BindParameter(null, o, {
            comparedToOperator: operator,
            comparedToType: own.types[i] ?? null,
            unique: true,
            type,
          }),
      ),
    );
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }
}
defaults(Tuple, { _isClauseList: true });
