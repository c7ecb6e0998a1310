// EXCLUDE constraints, ORDER BY inside aggregates, array_agg(), text search functions.
// Behaviour: SQLAlchemy dialects/postgresql/ext.py.
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { expect, expectColExpressionCollection } from "../../sql/coercions.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import { ClauseList } from "../../sql/elements/clause-list.ts";
import { ColumnElement, isColumnElement } from "../../sql/elements/column.ts";
import { registerFunction } from "../../sql/function-registry.ts";
import type { FunctionOptions } from "../../sql/functions.ts";
import { ArrayAgg, GenericFunction } from "../../sql/known-functions.ts";
import { defaults } from "../../sql/mixin.ts";
import type { Against } from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import {
  ColumnCollectionConstraint,
  nameArgument,
  type ConstraintOptions,
} from "../../sql/schema/constraint.ts";
import { copyExpression } from "../../sql/schema/copy.ts";
import type { Table } from "../../sql/schema/table.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { TraverseSpec } from "../../sql/traverse-spec.ts";
import { signature, TEXT, type TypeArgument, type TypeEngine } from "../../sql/types/index.ts";
import { inModule, optionsOf } from "../python-view.ts";
import { ARRAY } from "./array.ts";
import { REGCONFIG, TSQUERY, TSVECTOR } from "./types.ts";

/** `target ORDER BY …` as the argument of an aggregate. */
export class AggregateOrderBy extends ColumnElement {
  static readonly pyName: string = "aggregate_order_by";
  static override readonly visitName: string = "aggregate_order_by";
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.ext";
  static override readonly traverse: TraverseSpec = [
    ["target", "clause"],
    ["type", "type"],
    ["orderBy", "clause"],
  ];
  target: ColumnElement;
  orderBy: ClauseElement;

  constructor(target: Value, orderBy: readonly Value[]) {
    super();
    this.target = expect(roles.ExpressionElementRole, target);
    this.type = this.target.type;
    if (orderBy.length === 0) throw host.error("TypeError", "at least one ORDER BY element is required");
    this.orderBy =
      orderBy.length === 1
        ? expect(roles.ExpressionElementRole, orderBy[0])
        : new ClauseList(orderBy, { literalAsTextRole: roles.ExpressionElementRole });
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  override get _fromObjects(): readonly FromClause[] {
    return [...this.target._fromObjects, ...this.orderBy._fromObjects];
  }
}
defaults(AggregateOrderBy, { stringifyDialect: "postgresql" });

export function aggregateOrderBy(target: Value, orderBy: readonly Value[]): AggregateOrderBy {
  return new AggregateOrderBy(target, orderBy);
}

// -- EXCLUDE ------------------------------------------------------------------------------------------

export interface ExcludeOptions extends ConstraintOptions {
  readonly using?: string;
  readonly where?: Value;
  /** Operator classes by column key: a mapping of the host. */
  readonly ops?: Value;
}
type Excluded = readonly [expression: ColumnElement | string, name: string | null, operator: string];

/** EXCLUDE USING gist (column WITH operator, …); elements are pairs of column or expression and operator. */
export class ExcludeConstraint extends ColumnCollectionConstraint {
  static override readonly visitName: string = "exclude_constraint";
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.ext";
  static override readonly signature = signature("*elements, **kw");
  readonly operators = new Map<string, string>();
  readonly using: string;
  readonly where: ClauseElement | null;
  readonly ops: Value;
  /** @internal */
  _renderExprs: readonly Excluded[];

  constructor(elements: readonly Value[], given: ExcludeOptions | Kwargs = {}) {
    const options = optionsOf<ExcludeOptions>(given);
    const pairs = elements.map((e) => [...(host.iterate(e) ?? [])]);
    super({
      name: options.name,
      deferrable: options.deferrable ?? null,
      initially: options.initially ?? null,
      info: options.info,
    });
    this.using = options.using ?? "gist";
    this.where = options.where == null ? null : expect(roles.StatementOptionRole, options.where);
    this.ops = options.ops ?? null;
    const columns: Value[] = [];
    const rendered: Excluded[] = [];
    let at = 0;
    for (const [expression, column, strname, add] of expectColExpressionCollection(
      roles.DDLConstraintColumnRole,
      pairs.map(([e]) => e),
    )) {
      const operator = pairs[at++]?.[1] as string;
      if (add !== null) columns.push(add);
      const name = column === null ? strname : (column.name as string);
      if (name !== null) this.operators.set(name, operator);
      rendered.push([expression, name, operator]);
    }
    this._renderExprs = rendered;
    this._initColumns(columns);
  }

  override get createDropStringifyDialect(): string {
    return "postgresql";
  }

  override _setParent(parent: unknown, options?: object): void {
    super._setParent(parent, options);
    this._renderExprs = this._renderExprs.map(([e, name, operator]) => [
      typeof e === "string" ? ((parent as Table).c.get(e) as ColumnElement) : e,
      name,
      operator,
    ]);
  }

  override _copy({ targetTable = null }: { targetTable?: Table | null } = {}): ExcludeConstraint {
    const elements = this._renderExprs.map(([e, , operator]) => [
      typeof e === "string" ? e : copyExpression(e, this.parent as Table, targetTable),
      operator,
    ]);
    return this._schemaItemCopy(
      new ExcludeConstraint(elements, {
        name: nameArgument(this),
        deferrable: this.deferrable,
        initially: this.initially,
        where: this.where,
        using: this.using,
      }),
    );
  }

  protected override _copyOf(): ColumnCollectionConstraint {
    return this._copy();
  }
}

// -- functions ------------------------------------------------------------------------------------------

/** array_agg() that gives this dialect's ARRAY. */
export function arrayAgg(args: readonly Value[], kwargs: Kwargs = new Map()): ArrayAgg {
  return new ArrayAgg(args, {
    type: (kwargs.get("type_") ?? null) as TypeArgument,
    defaultArrayType: (item) => new ARRAY(item, false, 1),
  });
}

/** Functions of text search: the first of several arguments is the configuration. */
export abstract class RegconfigFunction extends GenericFunction {
  constructor(args: readonly Value[], options: FunctionOptions = {}) {
    const name = new.target.functionName;
    const regconfig = new.target.takesConfiguration(args);
    const parsed = args.map((a, i) =>
      expect<ColumnElement>(roles.ExpressionElementRole, a, {
        name,
        type: i === 0 && regconfig ? new REGCONFIG() : null,
      }),
    );
    super(parsed, options);
  }

  static takesConfiguration(args: readonly Value[]): boolean {
    return args.length > 1;
  }
}

function textSearch(name: string, type: () => TypeEngine): typeof RegconfigFunction {
  const made = class extends RegconfigFunction {
    static override readonly inheritCache: boolean = true;
    static readonly pyName: string = name;
    static override readonly functionName: string = name;
    static override readonly returnType = type;
  };
  registerFunction(
    name,
    (args, kwargs) => new made(args, { type: (kwargs.get("type_") ?? null) as TypeArgument }),
  );
  return made;
}

const tsquery = (): TypeEngine => new TSQUERY();
export const ToTsvector: typeof RegconfigFunction = textSearch("to_tsvector", () => new TSVECTOR());
export const ToTsquery: typeof RegconfigFunction = textSearch("to_tsquery", tsquery);
export const PlaintoTsquery: typeof RegconfigFunction = textSearch("plainto_tsquery", tsquery);
export const PhrasetoTsquery: typeof RegconfigFunction = textSearch("phraseto_tsquery", tsquery);
export const WebsearchToTsquery: typeof RegconfigFunction = textSearch("websearch_to_tsquery", tsquery);

export class TsHeadline extends RegconfigFunction {
  static readonly pyName: string = "ts_headline";
  static override readonly functionName: string = "ts_headline";
  static override readonly returnType = (): TypeEngine => new TEXT();

  /** ts_headline(document, query) has none; whether there is one shows in the second argument. */
  static override takesConfiguration(args: readonly Value[]): boolean {
    if (args.length < 2) return false;
    const second = args[1];
    return !(isColumnElement(second) && second.type.typeAffinity === TSQUERY);
  }
}
registerFunction(
  "ts_headline",
  (args, kwargs) => new TsHeadline(args, { type: (kwargs.get("type_") ?? null) as TypeArgument }),
);
inModule("sqlalchemy.dialects.postgresql.ext", [
  ToTsvector,
  ToTsquery,
  PlaintoTsquery,
  PhrasetoTsquery,
  WebsearchToTsquery,
  TsHeadline,
]);
