// What str(statement) is compiled with: everything has some text, whether or not a database would take it.
//
// A construct of one dialect prints by that dialect's compiler. Behaviour: sqlalchemy/sql/compiler.py, StrSQLCompiler.
import { selectIterables } from "../sql/base.ts";
import type { Delete, DMLStatement, Update } from "../sql/dml.ts";
import type { BinaryExpression } from "../sql/elements/binary.ts";
import type { TryCast } from "../sql/elements/cast.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import type { ColumnClause } from "../sql/elements/column-clause.ts";
import type { Sequence } from "../sql/schema/defaults.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import type { Select } from "../sql/selectable/select.ts";
import { late } from "../sql/late.ts";
import type { Operator } from "../sql/operators.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import type { Visitable } from "../sql/visitable.ts";
import type { CompilingDialect } from "./compiling-dialect.ts";
import { NO_OPTIONS, type Hints, type RenderOptions } from "./render-options.ts";
import { SQLCompiler } from "./sql-compiler.ts";

export class StrSQLCompiler extends SQLCompiler {
  static override readonly pyModule: string = "sqlalchemy.sql.compiler";
  protected override fallbackColumnName(_column: ColumnClause): string {
    return "<name unknown>";
  }

  override getSelectPrecolumns(select: Select, _options: RenderOptions): string {
    return select._distinct ? "DISTINCT " : "";
  }

  override visitUnsupportedCompilation(element: Visitable, options: RenderOptions): string {
    const name = (element as ClauseElement).stringifyDialect;
    if (name !== undefined && name !== "default") {
      const dialect = late.dialectNamed(name) as unknown as CompilingDialect;
      const compiler = dialect.statementCompiler(null, { supportingAgainst: this });
      if (!(compiler instanceof StrSQLCompiler)) return compiler.process(element, options);
    }
    return super.visitUnsupportedCompilation(element, options);
  }

  visitGetitemBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `${this.process(binary.left, options)}[${this.process(binary.right, options)}]`;
  }

  visitJsonGetitemOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitGetitemBinary(binary, operator, options);
  }

  visitJsonPathGetitemOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitGetitemBinary(binary, operator, options);
  }

  override visitSequence(sequence: Sequence, _options: RenderOptions): string {
    return `<next sequence value: ${this.preparer.formatSequence(sequence)}>`;
  }

  override returningClause(
    _statement: DMLStatement,
    columns: readonly ColumnElement[],
    _populateResultMap: boolean,
  ): string {
    return `RETURNING ${selectIterables(columns)
      .map((c) => this.labelSelectColumn(null, c, true, false, NO_OPTIONS, {}))
      .join(", ")}`;
  }

  override updateFromClause(
    _update: Update,
    _from: FromClause,
    extraFroms: readonly FromClause[],
    hints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `FROM ${this.#fromList(extraFroms, hints, options)}`;
  }

  override deleteExtraFromClause(
    _delete: Delete,
    _from: FromClause,
    extraFroms: readonly FromClause[],
    hints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `, ${this.#fromList(extraFroms, hints, options)}`;
  }

  #fromList(froms: readonly FromClause[], fromhints: Hints | undefined, options: RenderOptions): string {
    return froms.map((f) => this.process(f, { ...options, asfrom: true, fromhints })).join(", ");
  }

  override visitEmptySetExpr(_types: readonly TypeEngine[]): string {
    return "SELECT 1 WHERE 1!=1";
  }

  override getFromHintText(_table: FromClause, text: string): string {
    return `[${text}]`;
  }

  override visitRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.generateGenericBinary(binary, " <regexp> ", options);
  }

  override visitNotRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.generateGenericBinary(binary, " <not regexp> ", options);
  }

  override visitRegexpReplaceOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return `<regexp replace>(${this.process(binary.left, options)}, ${this.process(binary.right, options)})`;
  }

  visitTryCast(cast: TryCast, options: RenderOptions): string {
    return `TRY_CAST(${this.process(cast.clause, options)} AS ${this.process(cast.typeclause, options)})`;
  }
}
