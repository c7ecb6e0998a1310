// MATCH (columns) AGAINST (text) with its modes. Behaviour: SQLAlchemy dialects/mysql/expression.py.
import { ArgumentError } from "../../errors/index.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import { expect } from "../../sql/coercions.ts";
import { BinaryExpression, BooleanClauseList } from "../../sql/elements/binary.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { commaOp, matchOp } from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";

export class match extends BinaryExpression {
  static readonly pyName: string = "match";
  static override readonly pyModule: string = "sqlalchemy.dialects.mysql.expression";
  static override readonly visitName: string = "mysql_match";
  static override readonly inheritCache: boolean = true;

  constructor(cols: readonly Value[], kw: Kwargs = new Map()) {
    if (!cols.length) throw new ArgumentError("columns are required");
    const {
      against,
      in_boolean_mode: boolean,
      in_natural_language_mode: natural,
      with_query_expansion: expansion,
      ...unknown
    } = Object.fromEntries(kw) as Record<string, Value>;
    if (against === undefined || against === null) throw new ArgumentError("against is required");
    const columns = BooleanClauseList._constructRaw(commaOp, cols as readonly ColumnElement[]);
    columns.group = false;
    const modifiers = new Map<string, Value>([
      ["mysql_boolean_mode", boolean ?? false],
      ["mysql_natural_language", natural ?? false],
      ["mysql_query_expansion", expansion ?? false],
    ]);
    const names = Object.keys(unknown);
    if (names.length) throw new ArgumentError(`unknown arguments: ${names.join(", ")}`);
    super(columns, expect<ColumnElement>(roles.ExpressionElementRole, against), matchOp, { modifiers });
  }

  private withMode(name: string): this {
    const made = this._clone() as this;
    made.modifiers = new Map([...this.modifiers, [name, true]]);
    return made;
  }

  inBooleanMode(): this {
    return this.withMode("mysql_boolean_mode");
  }
  inNaturalLanguageMode(): this {
    return this.withMode("mysql_natural_language");
  }
  withQueryExpansion(): this {
    return this.withMode("mysql_query_expansion");
  }
}
