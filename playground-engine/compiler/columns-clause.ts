// The columns clause of SELECT and RETURNING: when a column gets a label, and what the result will know it by.
//
// Behaviour: sqlalchemy/sql/compiler.py, _label_select_column and _add_to_result_map.
import { CompileError } from "../errors/index.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import { ColumnClause } from "../sql/elements/column-clause.ts";
import { Label } from "../sql/elements/label.ts";
import { NamedColumn } from "../sql/elements/named-column.ts";
import { TextClause } from "../sql/elements/text.ts";
import { UnaryExpression } from "../sql/elements/unary.ts";
import type { Select } from "../sql/selectable/select.ts";
import * as op from "../sql/operators.ts";
import { CteCompiler } from "./cte.ts";
import { CompileLabel } from "./expression.ts";
import type { RenderOptions } from "./render-options.ts";
import type { AddToResultMap, ResultColumnsEntry } from "./result-map.ts";

/** How a label by a column's name, or by table and name, is quoted where the column or its table has its quoting decided. */
const quoteOf = (column: ColumnElement, name: string): boolean | null =>
  column instanceof ColumnClause ? column._quoteFor(name) : null;

export interface LabelOptions {
  /** The label it must have. */
  readonly name?: string | null | undefined;
  /** Its name in `.c` of a subquery made of the statement. */
  readonly proxyName?: string | null | undefined;
  /** The label it gets where it needs one. */
  readonly fallbackLabelName?: string | null | undefined;
  /** The same column stands further left. */
  readonly columnIsRepeated?: boolean;
  readonly needColumnExpressions?: boolean;
  readonly includeTable?: boolean;
}

export abstract class ColumnsCompiler extends CteCompiler {
  /** The result's columns are those printed, in order: match by position. */
  orderedColumns = true;
  /** The columns were given to text() by position. */
  textualOrderedColumns = false;
  /** A column has no name of its own (text() in a columns clause). */
  adHocTextual = false;
  looseColumnNameMatching = false;

  readonly addToResultMap: AddToResultMap = (keyname, name, objects, type) => {
    if (keyname === null || keyname === "*") {
      this.orderedColumns = false;
      this.adHocTextual = true;
    }
    if (type.isTupleType) {
      throw new CompileError(
        "Most backends don't support SELECTing from a tuple() object.  If this is an ORM query, consider using the Bundle object.",
      );
    }
    this.resultColumns.push({ keyname, name, objects, type } satisfies ResultColumnsEntry);
  };

  /** Run fn with a result map of its own, which is thrown away. */
  protected nestedResult<T>(fn: () => T): T {
    const before = { resultColumns: this.resultColumns, orderedColumns: this.orderedColumns };
    const entry = this.stack.at(-1);
    this.resultColumns = [];
    this.orderedColumns = false;
    if (entry) entry.needResultMapForNested = true;
    try {
      return fn();
    } finally {
      if (entry) entry.needResultMapForNested = false;
      Object.assign(this, before);
    }
  }

  protected labelReturningColumn(
    _statement: ClauseElement,
    column: ColumnElement,
    populateResultMap: boolean,
    options: RenderOptions,
    label: LabelOptions,
  ): string {
    return this.labelSelectColumn(null, column, populateResultMap, false, options, label);
  }

  /** One member of a columns clause. */
  protected labelSelectColumn(
    _select: Select | null,
    column: ColumnElement,
    populateResultMap: boolean,
    asfrom: boolean,
    options: RenderOptions,
    label: LabelOptions,
  ): string {
    const impl = column.type.dialectImpl(this.dialect);
    const expression =
      impl.hasColumnExpression && (label.needColumnExpressions || populateResultMap)
        ? impl.columnExpression(column)!
        : column;
    const add = populateResultMap
      ? this.#adder(column, expression, label.columnIsRepeated ?? false)
      : undefined;
    const includeTable = label.includeTable ?? true;
    if (
      options.withinColumnsClause !== true ||
      options.addToResultMap !== add ||
      options.includeTable !== includeTable
    ) {
      options = { ...options, withinColumnsClause: true, addToResultMap: add, includeTable };
    }
    const { name, proxyName = null } = label;
    if (column instanceof Label) {
      if (expression === column) return this.process(column, options);
      return this.visitLabel(new CompileLabel(expression, column.name, [column.element]), options);
    }
    if (name)
      return this.visitLabel(
        new CompileLabel(expression, name, [proxyName, column._tqLabel], quoteOf(column, name)),
        options,
      );
    if (expression === column && !this.#wantsLabel(column, asfrom)) return this.process(column, options);
    const fallback = label.fallbackLabelName || column._anonNameLabel;
    return this.visitLabel(
      new CompileLabel(expression, fallback, [proxyName], quoteOf(column, fallback)),
      options,
    );
  }

  #adder(column: ColumnElement, expression: ColumnElement, repeated: boolean): AddToResultMap {
    // of a column that stands further left only the name finds this one
    if (repeated)
      return (keyname, name, _objects, type) => this.addToResultMap(keyname, name, [keyname], type);
    if (expression !== column)
      return (keyname, name, objects, type) => this.addToResultMap(keyname, name, [column, ...objects], type);
    return this.addToResultMap;
  }

  /** Whether a column without a required name gets `AS` all the same. */
  #wantsLabel(column: ColumnElement, asfrom: boolean): boolean {
    if (column instanceof ColumnClause) return asfrom && !column.isLiteral && column.table !== null;
    if (column instanceof TextClause) return false;
    if (column instanceof UnaryExpression) {
      const constantTest = column.operator === op.isFalse || column.operator === op.isTrue;
      return (constantTest && !this.dialect.supportsNativeBoolean) || column._wrapsUnnamedColumn() || asfrom;
    }
    return !(column instanceof NamedColumn) && column._nonAnonLabel === null;
  }
}
