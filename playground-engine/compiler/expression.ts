// Expressions but those of operators: columns, labels, text, CASE, CAST, functions, windows, constants.
//
// Behaviour: sqlalchemy/sql/compiler.py, visit_grouping … visit_sequence.
import { CompileError, UnsupportedCompilationError } from "../errors/index.ts";
import { host } from "../util/host.ts";
import { ellipsesString } from "../util/text.ts";
import { BindParameter } from "../sql/elements/bind.ts";
import { BooleanClauseList, type ExpressionClauseList, type Grouping } from "../sql/elements/binary.ts";
import type { Case, Extract } from "../sql/elements/case.ts";
import type { Cast, TypeCoerce } from "../sql/elements/cast.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { ClauseList, Tuple } from "../sql/elements/clause-list.ts";
import type { CollationClause } from "../sql/elements/collation.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import type { ColumnClause } from "../sql/elements/column-clause.ts";
import { False_, True_ } from "../sql/elements/constants.ts";
import type { Label } from "../sql/elements/label.ts";
import type { LabelReference, TextualLabelReference } from "../sql/elements/label-reference.ts";
import {
  RANGE_CURRENT,
  RANGE_UNBOUNDED,
  type FrameRange,
  type FunctionFilter,
  type Over,
  type RangeBound,
  type WithinGroup,
} from "../sql/elements/over.ts";
import type { TextClause, TypeClause } from "../sql/elements/text.ts";
import type { FunctionElement, ScalarFunctionColumn } from "../sql/functions.ts";
import type { NextValue } from "../sql/known-functions.ts";
import type { Sequence } from "../sql/schema/defaults.ts";
import type { FromClause, NamedFromClause } from "../sql/selectable/from-clause.ts";
import type { LabelResolveDict } from "../sql/selectable/select-state.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { typeLate } from "../sql/types/type-late.ts";
import { isAnonymous } from "../sql/names.ts";
import * as op from "../sql/operators.ts";
import type { Operator } from "../sql/operators.ts";
import { visitMethodName, type Visitable } from "../sql/visitable.ts";
import { FUNCTIONS } from "./function-names.ts";
import { OPERATORS } from "./operator-text.ts";
import { PostCompileCompiler } from "./post-compile.ts";
import { NO_OPTIONS, type RenderOptions } from "./render-options.ts";
import type { StackEntry } from "./stack.ts";

const EXTRACT_MAP: ReadonlyMap<string, string> = new Map(
  [
    "month",
    "day",
    "year",
    "second",
    "hour",
    "doy",
    "minute",
    "quarter",
    "dow",
    "week",
    "epoch",
    "milliseconds",
    "microseconds",
    "timezone_hour",
    "timezone_minute",
  ].map((field) => [field, field] as const),
);

/** `:name` in text(), but not `::type`, `\:` or a time like 12:30. */
const BIND_PARAMS = /(?<![:\p{L}\p{N}_$\\]):([\p{L}\p{N}_$]+)(?![:\p{L}\p{N}_$])/gu;
const BIND_PARAMS_ESC = /\\(:[\p{L}\p{N}_$]*)(?![:\p{L}\p{N}_$])/gu;

const CANT_RESOLVE = "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc.";

type OperatorMethod = (element: ClauseElement, operator: Operator, options: RenderOptions) => string;
export type OperatorQualifier = "binary" | "unary_operator" | "unary_modifier" | "expression_clauselist";
const operatorMethods = new Map<string, string>();

export abstract class ExpressionCompiler extends PostCompileCompiler {
  readonly stack: StackEntry[] = [];
  /** The statement is a text() as it stands. */
  isplaintext = false;

  protected get extractMap(): ReadonlyMap<string, string> {
    return EXTRACT_MAP;
  }

  isSubquery(): boolean {
    return this.stack.length > 1;
  }

  get sqlCompiler(): this {
    return this;
  }

  // -- lists ----------------------------------------------------------------------------

  /** Texts of elements between separators; empty ones are left out. */
  protected generateDelimitedList(
    elements: Iterable<Visitable>,
    separator: string,
    options: RenderOptions,
  ): string {
    let text = "";
    for (const element of elements) {
      const s = element.acceptVisitor(this, options) as string;
      if (s) text += text ? separator + s : s;
    }
    return text;
  }

  protected generateDelimitedAndList(clauses: readonly ColumnElement[], options: RenderOptions): string {
    const kept = BooleanClauseList._processClausesForBoolean(
      op.and_,
      True_.instance,
      False_.instance,
      clauses,
    );
    return kept.length === 1
      ? this.process(kept[0]!, options)
      : this.generateDelimitedList(kept, " AND ", options);
  }

  visitGrouping(grouping: Grouping, options: RenderOptions): string {
    return `(${this.process(grouping.element, options.asfrom ? { ...options, asfrom: undefined } : options)})`;
  }

  visitClauselist(list: ClauseList, options: RenderOptions): string {
    return this.generateDelimitedList(
      list.clauses,
      list.operator ? OPERATORS.get(list.operator)! : " ",
      options,
    );
  }

  visitTuple(tuple: Tuple, options: RenderOptions): string {
    return `(${this.generateDelimitedList(tuple.clauses, ", ", options)})`;
  }

  visitExpressionClauselist(list: ExpressionClauseList, options: RenderOptions): string {
    const method = this.operatorMethod(list.operator, "expression_clauselist");
    if (method) return method.call(this, list, list.operator, options);
    return this.generateDelimitedList(list.clauses, this.operatorText(list.operator), {
      ...options,
      inOperatorExpression: true,
    });
  }

  // -- operators, as far as this file needs them ------------------------------------------

  /** The visit method of an operator's own, if this compiler has one: visit_<operator>_<qualifier>. */
  protected operatorMethod(operator: Operator, qualifier: OperatorQualifier): OperatorMethod | undefined {
    const key = `${operator.name}_${qualifier}`;
    let name = operatorMethods.get(key);
    if (name === undefined) operatorMethods.set(key, (name = visitMethodName(key)));
    return (this as unknown as Record<string, OperatorMethod | undefined>)[name];
  }

  protected operatorText(operator: Operator): string {
    const text = OPERATORS.get(operator);
    if (text === undefined) throw new UnsupportedCompilationError(this, operator);
    return text;
  }

  // -- names ----------------------------------------------------------------------------

  /** ORDER BY of a label object: its name where the label is selected, else the expression. */
  visitLabelReference(reference: LabelReference, options: RenderOptions): string {
    if (this.stack.length && this.dialect.supportsSimpleOrderByLabel) {
      const dict = this.#labelResolveDict();
      if (!dict) throw new CompileError(CANT_RESOLVE);
      const [, onlyFroms, onlyCols] = dict;
      const names = options.withinColumnsClause ? onlyFroms : onlyCols;
      const label = reference.element._orderByLabelElement;
      const target = label && names.get((label as Label).name);
      if (label && target && label.sharesLineage(target)) options = { ...options, renderLabelAsLabel: label };
    }
    return this.process(reference.element, options);
  }

  /** ORDER BY of a string: the name of a label or a column. */
  visitTextualLabelReference(reference: TextualLabelReference, options: RenderOptions): string {
    if (!this.stack.length) return this.process(reference._textClause);
    const [withCols, onlyFroms] = this.#labelResolveDict() ?? [];
    const column = (options.withinColumnsClause ? onlyFroms : withCols)?.get(reference.element);
    if (!column) {
      const text = host.repr(ellipsesString(reference.element));
      throw new CompileError(
        `${CANT_RESOLVE} Textual SQL expression ${text} should be explicitly declared as text(${text})`,
      );
    }
    return this.process(column, { ...options, renderLabelAsLabel: column });
  }

  #labelResolveDict(): LabelResolveDict | undefined {
    return (this.stack.at(-1)?.compileState as { readonly _labelResolveDict?: LabelResolveDict } | undefined)
      ?._labelResolveDict;
  }

  /** `AS name` within a columns clause; the bare name where ORDER BY refers to it; else the expression. */
  visitLabel(label: Label | CompileLabel, options: RenderOptions): string {
    const withAs = options.withinColumnsClause && !options.withinLabelClause;
    const nameOnly = options.renderLabelAsLabel === label;
    const inner = {
      ...options,
      addToResultMap: undefined,
      resultMapTargets: undefined,
      renderLabelAsLabel: undefined,
      withinLabelClause: undefined,
    };
    if (!withAs && !nameOnly) return this.process(label.element, { ...inner, withinColumnsClause: false });
    const name =
      label instanceof CompileLabel || isAnonymous(label.name)
        ? this.truncatedIdentifier("colident", label.name)
        : label.name;
    const text = this.preparer.formatLabel(label, name);
    if (!withAs) return text;
    options.addToResultMap?.(
      name,
      label.name,
      [label, name, ...label._altNames, ...(options.resultMapTargets ?? [])],
      label.type,
    );
    return `${this.process(label.element, { ...inner, withinColumnsClause: true, withinLabelClause: true })} AS ${text}`;
  }

  protected fallbackColumnName(_column: ColumnClause): string {
    throw new CompileError("Cannot compile Column object until its 'name' is assigned.");
  }

  visitColumn(column: ColumnClause, options: RenderOptions): string {
    const original = column.name;
    let name = original ?? this.fallbackColumnName(column);
    if (!column.isLiteral && (column._truncatable || isAnonymous(name)))
      name = this.truncatedIdentifier("colident", name);
    const add = options.addToResultMap;
    if (add) {
      const targets: unknown[] = [column, name, column.key];
      if (options.resultMapTargets) targets.push(...options.resultMapTargets);
      if (column._tqLabel) targets.push(column._tqLabel);
      add(name, original, targets, column.type);
    }
    const preparer = this.preparer;
    const text = column.isLiteral ? this.escapeLiteralColumn(name) : preparer.quote(name, column.quote);
    const table = column.table;
    if (!table?.namedWithColumn || options.includeTable === false) return text;
    return `${this.#tablePrefix(table as NamedFromClause, options)}.${text}`;
  }

  #tablePrefix(table: NamedFromClause, options: RenderOptions): string {
    const preparer = this.preparer;
    const schema = preparer.schemaForObject(table);
    let name = table.name;
    if (schema)
      return `${preparer.quoteSchema(schema, (table as { readonly quoteSchema?: boolean | null }).quoteSchema)}.${preparer.quote(name, table.quote)}`;
    const other = options.ambiguousTableNameMap?.get(name);
    if (other !== undefined) name = other;
    if (isAnonymous(name)) name = this.truncatedIdentifier("alias", name);
    return preparer.quote(name, table.quote);
  }

  visitTableValuedColumn(column: ColumnClause, options: RenderOptions): string {
    return this.visitColumn(column, options);
  }

  visitScalarFunctionColumn(column: ScalarFunctionColumn, options: RenderOptions): string {
    return `(${this.visitFunction(column.fn, options)}).${this.visitColumn(column as unknown as ColumnClause, options)}`;
  }

  visitCollation(collation: CollationClause, _options: RenderOptions): string {
    return this.preparer.formatCollation(collation.collation);
  }

  visitFromclause(fromclause: FromClause & { readonly name: string }, _options: RenderOptions): string {
    return fromclause.name;
  }

  visitIndex(index: { readonly name: string }, _options: RenderOptions): string {
    return index.name;
  }

  // -- text -----------------------------------------------------------------------------

  postProcessText(text: string): string {
    return this.preparer.doublePercents ? text.replaceAll("%", "%%") : text;
  }

  escapeLiteralColumn(text: string): string {
    return this.preparer.doublePercents ? text.replaceAll("%", "%%") : text;
  }

  visitTextclause(text: TextClause, options: RenderOptions): string {
    if (!this.stack.length) this.isplaintext = true;
    // within a columns clause: a column without a name
    options.addToResultMap?.(null, null, [text], typeLate.nullType);
    const inner = { ...options, addToResultMap: undefined };
    return this.postProcessText(text.text)
      .replace(BIND_PARAMS, (_, name: string) => {
        const bind = text._bindparams.get(name);
        return bind ? this.process(bind, inner) : this.bindparamString(name, inner);
      })
      .replace(BIND_PARAMS_ESC, (_, unescaped: string) => unescaped);
  }

  visitNull(_null: unknown, _options?: RenderOptions): string {
    return "NULL";
  }

  visitTrue(_true: unknown, _options?: RenderOptions): string {
    return this.dialect.supportsNativeBoolean ? "true" : "1";
  }

  visitFalse(_false: unknown, _options?: RenderOptions): string {
    return this.dialect.supportsNativeBoolean ? "false" : "0";
  }

  // -- CASE, CAST, EXTRACT ----------------------------------------------------------------

  visitCase(clause: Case, options: RenderOptions): string {
    let text = "CASE ";
    if (clause.value) text += `${this.process(clause.value, options)} `;
    for (const [condition, result] of clause.whens) {
      text += `WHEN ${this.process(condition, options)} THEN ${this.process(result, options)} `;
    }
    if (clause.else_) text += `ELSE ${this.process(clause.else_, options)} `;
    return `${text}END`;
  }

  visitTypeclause(clause: TypeClause, options: RenderOptions): string {
    return this.dialect.typeCompilerInstance.process(clause.type, {
      ...options,
      typeExpression: clause,
      identifierPreparer: this.preparer,
    });
  }

  visitTypeCoerce(coerce: TypeCoerce, options: RenderOptions): string {
    return this.process(coerce.typedExpression, options);
  }

  visitCast(cast: Cast, options: RenderOptions): string {
    const type = this.process(cast.typeclause, options);
    const [, bare = type, collation = ""] = /^(.*)( COLLATE .*)/.exec(type) ?? [];
    return `CAST(${this.process(cast.clause, options)} AS ${bare})${collation}`;
  }

  visitExtract(extract: Extract, options: RenderOptions): string {
    return `EXTRACT(${this.extractMap.get(extract.field) ?? extract.field} FROM ${this.process(extract.expr, options)})`;
  }

  // -- functions and windows ----------------------------------------------------------------

  visitFunction(func: FunctionElement, options: RenderOptions): string {
    options.addToResultMap?.(func.name, func.name, [func.name], func.type);
    const inner = options.addToResultMap ? { ...options, addToResultMap: undefined } : options;
    const own = (
      this as unknown as Record<string, ((f: FunctionElement, o: RenderOptions) => string) | undefined>
    )[visitMethodName(`${func.name.toLowerCase()}_func`)];
    let text: string;
    if (own) {
      text = own.call(this, func, inner);
    } else {
      const fixed = FUNCTIONS.get(func._deannotate().constructor);
      const quoted = (name: string): string =>
        func.quote != null || this.preparer.requiresQuotesIllegalChars(name)
          ? this.preparer.quote(name, func.quote)
          : name;
      const name = fixed ?? quoted(func.name);
      const args = fixed === undefined || func._hasArgs ? this.functionArgspec(func, inner) : "";
      text = [...func.packagenames.map(quoted), name].join(".") + args;
    }
    return func._withOrdinality ? `${text} WITH ORDINALITY` : text;
  }

  /** A function's arguments in their parentheses. */
  functionArgspec(func: FunctionElement, options: RenderOptions = NO_OPTIONS): string {
    return this.process(func.clauseExpr, options);
  }

  visitNextValueFunc(next: NextValue, options: RenderOptions): string {
    return this.visitSequence(next.sequence as Sequence, options);
  }

  visitSequence(_sequence: Sequence, _options: RenderOptions): string {
    throw host.error(
      "NotImplementedError",
      `Dialect '${this.dialect.name}' does not support sequence increments.`,
    );
  }

  visitWithingroup(within: WithinGroup, options: RenderOptions): string {
    return `${this.process(within.element, options)} WITHIN GROUP (ORDER BY ${this.process(within.orderBy, options)})`;
  }

  visitFuncfilter(filter: FunctionFilter, options: RenderOptions): string {
    return `${this.process(filter.func, options)} FILTER (WHERE ${this.process(filter.criterion!, options)})`;
  }

  visitOver(over: Over, options: RenderOptions): string {
    const text = this.process(over.element, options);
    const parts: string[] = [];
    if (over.partitionBy?.length) parts.push(`PARTITION BY ${this.process(over.partitionBy, options)}`);
    if (over.orderBy?.length) parts.push(`ORDER BY ${this.process(over.orderBy, options)}`);
    const [unit, frame] = over.range_
      ? ["RANGE", over.range_]
      : over.rows
        ? ["ROWS", over.rows]
        : over.groups
          ? ["GROUPS", over.groups]
          : [];
    if (frame) parts.push(`${unit} BETWEEN ${this.formatFrameClause(frame, options)}`);
    return `${text} OVER (${parts.join(" ")})`;
  }

  protected formatFrameClause(frame: FrameRange, options: RenderOptions): string {
    return `${this.#frameBound(frame[0], "PRECEDING", options)} AND ${this.#frameBound(frame[1], "FOLLOWING", options)}`;
  }

  #frameBound(bound: RangeBound, unbounded: string, options: RenderOptions): string {
    if (bound === RANGE_UNBOUNDED) return `UNBOUNDED ${unbounded}`;
    if (bound === RANGE_CURRENT) return "CURRENT ROW";
    const size = this.process(new BindParameter(null, Math.abs(bound), { unique: true }), options);
    return `${size} ${bound < 0 ? "PRECEDING" : "FOLLOWING"}`;
  }
}

/**
 * A label that the compiler gives a column of its own accord. Its name may be shortened.
 * It prints as a Label does, but is no element of the statement.
 */
export class CompileLabel {
  readonly visitName: string = "label";
  readonly element: ColumnElement;
  readonly name: string;
  readonly quote: boolean | null;
  readonly _altNames: readonly unknown[];

  constructor(
    element: ColumnElement,
    name: string,
    altNames: readonly unknown[] = [],
    quote: boolean | null = null,
  ) {
    this.element = element;
    this.name = name;
    this.quote = quote;
    this._altNames = [element, ...altNames];
  }

  get type(): TypeEngine {
    return this.element.type;
  }
}
