// SQL of SQLite, where it differs. Behaviour: SQLAlchemy dialects/sqlite/base.py (SQLiteCompiler).
import { CompileError } from "../../errors/index.ts";
import { host } from "../../util/host.ts";
import type { Hints, RenderOptions } from "../../compiler/render-options.ts";
import { SQLCompiler } from "../../compiler/sql-compiler.ts";

import type { BinaryExpression } from "../../sql/elements/binary.ts";
import type { Extract } from "../../sql/elements/case.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { BindParameter } from "../../sql/elements/bind.ts";
import type { DMLStatement, Update } from "../../sql/dml.ts";
import type { FunctionElement } from "../../sql/functions.ts";
import type { Operator } from "../../sql/operators.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { GenerativeSelect } from "../../sql/selectable/select-base.ts";
import type { TypeEngine } from "../../sql/types/engine.ts";
import { JSON } from "../../sql/types/json.ts";
import { assignments, inferredTarget } from "../on-conflict.ts";
import type { OnConflictDoNothing, OnConflictDoUpdate } from "./dml.ts";

const STRFTIME = new Map([
  ["month", "%m"],
  ["day", "%d"],
  ["year", "%Y"],
  ["second", "%S"],
  ["hour", "%H"],
  ["doy", "%j"],
  ["minute", "%M"],
  ["epoch", "%s"],
  ["dow", "%w"],
  ["week", "%W"],
]);

export class SQLiteCompiler extends SQLCompiler {
  protected override get extractMap(): ReadonlyMap<string, string> {
    return new Map([...super.extractMap, ...STRFTIME]);
  }

  override visitTruedivBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `${this.process(binary.left, options)} / (${this.process(binary.right, options)} + 0.0)`;
  }

  visitNowFunc(): string {
    return "CURRENT_TIMESTAMP";
  }

  visitLocaltimestampFunc(): string {
    return "DATETIME(CURRENT_TIMESTAMP, 'localtime')";
  }

  override visitTrue(): string {
    return "1";
  }

  override visitFalse(): string {
    return "0";
  }

  visitCharLengthFunc(fn: FunctionElement): string {
    return `length${this.functionArgspec(fn)}`;
  }

  visitAggregateStringsFunc(fn: FunctionElement): string {
    return `group_concat${this.functionArgspec(fn)}`;
  }

  override visitExtract(extract: Extract, options: RenderOptions): string {
    const format = this.extractMap.get(extract.field);
    if (format === undefined)
      throw host.withCause(
        new CompileError(`${extract.field} is not a valid extract argument.`),
        host.error("KeyError", extract.field),
      );
    return `CAST(STRFTIME('${format}', ${this.process(extract.expr, options)}) AS INTEGER)`;
  }

  override returningClause(
    statement: DMLStatement,
    columns: readonly ColumnElement[],
    populateResultMap: boolean,
    options: RenderOptions = {},
  ): string {
    return super.returningClause(statement, columns, populateResultMap, { ...options, includeTable: false });
  }

  override limitClause(select: GenerativeSelect, options: RenderOptions): string {
    const number = (n: number): string => this.process(new BindParameter(null, n, { unique: true }), options);
    const limit = select._limitClause ? `\n LIMIT ${this.process(select._limitClause, options)}` : "";
    if (!select._offsetClause) return `${limit} OFFSET ${number(0)}`;
    return `${limit || `\n LIMIT ${number(-1)}`} OFFSET ${this.process(select._offsetClause, options)}`;
  }

  override forUpdateClause(): string {
    return "";
  }

  override updateFromClause(
    _update: Update,
    _fromTable: FromClause,
    extraFroms: readonly FromClause[],
    fromhints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `FROM ${extraFroms.map((f) => this.process(f, { ...options, asfrom: true, fromhints })).join(", ")}`;
  }

  visitIsDistinctFromBinary(binary: BinaryExpression): string {
    return `${this.process(binary.left)} IS NOT ${this.process(binary.right)}`;
  }

  visitIsNotDistinctFromBinary(binary: BinaryExpression): string {
    return `${this.process(binary.left)} IS ${this.process(binary.right)}`;
  }

  visitJsonGetitemOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    const text = `JSON_EXTRACT(${this.process(binary.left, options)}, ${this.process(binary.right, options)})`;
    return binary.type.typeAffinity === JSON ? `JSON_QUOTE(${text})` : text;
  }

  visitJsonPathGetitemOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitJsonGetitemOpBinary(binary, operator, options);
  }

  override visitEmptySetOpExpr(types: readonly TypeEngine[]): string {
    return this.visitEmptySetExpr(types);
  }

  override visitEmptySetExpr(types: readonly TypeEngine[]): string {
    const ones = (types.length ? types : [null]).map(() => "1").join(", ");
    return `SELECT ${ones} FROM (SELECT ${ones}) WHERE 1!=1`;
  }

  override visitRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.generateGenericBinary(binary, " REGEXP ", options);
  }

  override visitNotRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.generateGenericBinary(binary, " NOT REGEXP ", options);
  }

  /** SQLite has no exclusive or: (a | b) - (a & b). */
  visitBitwiseXorOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    const inner = { ...options, eagerGrouping: true };
    return `(${this.generateGenericBinary(binary, " | ", inner)} - ${this.generateGenericBinary(binary, " & ", inner)})`;
  }

  visitOnConflictDoNothing(clause: OnConflictDoNothing, options: RenderOptions): string {
    const target = inferredTarget(this, clause, options, { literalExecute: true });
    return target ? `ON CONFLICT ${target} DO NOTHING` : "ON CONFLICT DO NOTHING";
  }

  visitOnConflictDoUpdate(clause: OnConflictDoUpdate, options: RenderOptions): string {
    const target = inferredTarget(this, clause, options, { literalExecute: true });
    let action = assignments(this, clause.updateValuesToSet, options);
    if (clause.updateWhereclause)
      action += ` WHERE ${this.process(clause.updateWhereclause, { ...options, includeTable: true, useSchema: false })}`;
    return `ON CONFLICT ${target} DO UPDATE SET ${action}`;
  }
}
