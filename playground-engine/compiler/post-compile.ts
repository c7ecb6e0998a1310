// From named placeholders to the driver's style, and from marks to text at execution.
//
// Positional styles are compiled as pyformat; here one pass puts them in order. `__[POSTCOMPILE_x]` becomes
// one placeholder a value (expanding) or a literal (literal_execute) when the values are known, so one
// compiled statement serves lists of any length. Behaviour: sqlalchemy/sql/compiler.py,
// _process_positional, _process_numeric, _process_parameters_for_postcompile.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import type { BindParameter } from "../sql/elements/bind.ts";
import * as operators from "../sql/operators.ts";
import type { BindProcessor } from "../sql/types/dialect-facts.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { PYFORMAT, POSITIONAL, POST_COMPILE, type BindTemplate } from "./bind-template.ts";
import { BindCompiler, tupleTypes } from "./binds.ts";
import type { InsertManyValues } from "./insert-many-values.ts";

/** A statement whose marks have become text, with what it then takes. */
export class ExpandedState {
  readonly statement: string;
  readonly parameters: Map<string, Value>;
  /** Processors of the parameters that came by expansion. */
  readonly processors: ReadonlyMap<string, BindProcessor>;
  readonly positiontup: readonly string[] | null;
  /** Name of an expanding parameter → names of what it became. */
  readonly parameterExpansion: ReadonlyMap<string, readonly string[]>;

  constructor(
    statement: string,
    parameters: Map<string, Value>,
    processors: ReadonlyMap<string, BindProcessor>,
    positiontup: readonly string[] | null,
    parameterExpansion: ReadonlyMap<string, readonly string[]>,
  ) {
    this.statement = statement;
    this.parameters = parameters;
    this.processors = processors;
    this.positiontup = positiontup;
    this.parameterExpansion = parameterExpansion;
  }

  get positionalParameters(): Value[] {
    if (!this.positiontup) throw new InvalidRequestError("statement does not use a positional paramstyle");
    return this.positiontup.map((key) => this.parameters.get(key) ?? null);
  }

  get additionalParameters(): Map<string, Value> {
    return this.parameters;
  }
}

type Update = readonly (readonly [name: string, value: Value])[];

export abstract class PostCompileCompiler extends BindCompiler {
  /** Names of the parameters in the order of their placeholders; null for named styles. */
  positiontup: string[] | null = null;
  /** State of an INSERT that the engine may rewrite for many rows. */
  insertmanyvalues: InsertManyValues | null = null;
  /** Names of the parameters inside VALUES: numeric styles number them last. */
  protected valuesBindparam: string[] | null = null;
  #expanded: ExpandedState | null = null;
  #preExpanded: { readonly string: string; readonly positiontup: string[] | null } | null = null;
  #nextNumericPosition = 1;

  protected get numericBinds(): boolean {
    return this.positional && this.dialect.paramstyle.startsWith("numeric");
  }

  get numericBindsIdentifierChar(): string {
    return this.dialect.paramstyle === "numeric_dollar" ? "$" : ":";
  }

  override compile(): this {
    super.compile();
    if (this.state !== "string applied") return this;
    if (this.numericBinds) this.#processNumeric();
    else if (this.positional) this.#processPositional();
    if (this.renderPostcompile) {
      const before = { string: this.string, positiontup: this.positiontup };
      const state = this.processParametersForPostcompile(
        this.constructParams(null, null, false, null, true, true),
      );
      this.#preExpanded = before;
      this.#expanded = state;
      this.string = state.statement;
      this.positiontup = this.positional ? [...(state.positiontup ?? [])] : null;
    }
    return this;
  }

  #processPositional(): void {
    const placeholder = this.dialect.paramstyle === "format" ? "%s" : "?";
    const positions: string[] = [];
    const inOrder = (text: string, into: string[]): string =>
      text.replace(POSITIONAL, (mark: string, name: string | undefined, postCompile: string | undefined) => {
        into.push((name ?? postCompile)!);
        return name === undefined ? mark : placeholder;
      });
    this.string = inOrder(this.string, positions);
    if (this.escapedBindNames.size) {
      const original = new Map([...this.escapedBindNames].map(([name, escaped]) => [escaped, name]));
      this.positiontup = positions.map((name) => original.get(name) ?? name);
    } else {
      this.positiontup = positions;
    }
    const many = this.insertmanyvalues;
    if (many) {
      many.singleValuesExpr = inOrder(many.singleValuesExpr, []);
      many.insertCrudParams = many.insertCrudParams.map((p) => ({ ...p, value: inOrder(p.value!, []) }));
    }
  }

  #processNumeric(): void {
    const char = this.numericBindsIdentifierChar;
    const inValues = this.insertmanyvalues ? this.valuesBindparam : null;
    const names = [...this.bindNames.values()];
    const order = inValues ? [...names.filter((n) => !inValues.includes(n)), ...names] : names;
    const position = new Map<string, string | null>();
    let next = 1;
    for (const name of order) {
      if (position.has(name)) continue;
      const bind = this.binds.get(name)!;
      position.set(
        name,
        this.postCompileParams.has(bind) || this.literalExecuteParams.has(bind) ? null : `${char}${next++}`,
      );
    }
    this.#nextNumericPosition = next;
    this.positiontup = [...position.keys()];
    const byText = new Map([...position].map(([name, at]) => [this.escapedBindNames.get(name) ?? name, at]));
    const number = (text: string): string =>
      text.replace(PYFORMAT, (mark, name: string) => byText.get(name) ?? mark);
    this.string = number(this.string);
    const many = this.insertmanyvalues;
    if (many) {
      many.singleValuesExpr = number(many.singleValuesExpr);
      many.insertCrudParams = many.insertCrudParams.map((p) => ({ ...p, value: "%s" }));
    }
  }

  /** The statement and its parameters with all marks made text. */
  constructExpandedState(params?: ReadonlyMap<string, Value> | null, escapeNames = true): ExpandedState {
    return this.processParametersForPostcompile(
      this.constructParams(params, null, escapeNames, null, true, true),
    );
  }

  override constructParams(
    params?: ReadonlyMap<string, Value> | null,
    extractedParameters?: readonly BindParameter[] | null,
    escapeNames = true,
    groupNumber?: number | null,
    check = true,
    noPostcompile = false,
  ): Map<string, Value> {
    if (this.#expanded && !noPostcompile) {
      if (!params?.size) return new Map(this.#expanded.parameters);
      throw new InvalidRequestError(
        "can't construct new parameters when render_postcompile is used; the statement is hard-linked to the original parameters.  " +
          "Use construct_expanded_state to generate a new statement and parameters.",
      );
    }
    return super.constructParams(params, extractedParameters, escapeNames, groupNumber, check, noPostcompile);
  }

  /** `parameters` by their names in the text; it is changed: lists are replaced by their values. */
  processParametersForPostcompile(parameters: Map<string, Value>): ExpandedState {
    const statement = this.#preExpanded?.string ?? this.string;
    const before = this.#preExpanded ? this.#preExpanded.positiontup : this.positiontup;
    const positions: string[] | null = this.positional ? [] : null;
    const numericPositions: string[] | null = this.numericBinds ? [] : null;
    const processors = this.bindProcessors;
    const newProcessors = new Map<string, BindProcessor>();
    const expansion = new Map<string, string[]>();
    const replacements = new Map<string, string>();
    const updates = new Map<string, Update>();

    for (const name of before ?? new Set(this.bindNames.values())) {
      const escaped = this.escapedBindNames.get(name) ?? name;
      const parameter = this.binds.get(name)!;
      if (this.literalExecuteParams.has(parameter)) {
        if (!replacements.has(escaped)) {
          const value = take(parameters, escaped);
          replacements.set(escaped, this.renderLiteralBindparam(parameter, {}, value));
        }
      } else if (this.postCompileParams.has(parameter)) {
        let update = updates.get(escaped);
        if (!update) {
          const given = take(parameters, parameters.has(escaped) ? escaped : name);
          const values = [...(host.iterate(given) ?? [])];
          let text: string;
          [update, text] = this.#expand(escaped, parameter, values);
          updates.set(escaped, update);
          replacements.set(escaped, text);
          this.#addProcessors(newProcessors, processors.get(name), escaped, update, values);
        }
        for (const [key, value] of update) parameters.set(key, value);
        const names = numericPositions ?? positions;
        for (const [key] of update) names?.push(key);
        expansion.set(
          name,
          update.map(([key]) => key),
        );
      } else {
        positions?.push(name);
      }
    }

    let text = statement.replace(POST_COMPILE, (_mark, key: string, around: string | undefined) => {
      const expr = replacements.get(key)!;
      if (!around) return expr;
      const [, left, , right] = around.split("~~");
      return expr
        .split(", ")
        .map((e) => `${left}${e}${right}`)
        .join(", ");
    });
    if (numericPositions) {
      const at = new Map(
        numericPositions.map((key, i) => [
          key,
          `${this.numericBindsIdentifierChar}${this.#nextNumericPosition + i}`,
        ]),
      );
      text = text.replace(PYFORMAT, (mark, key: string) => at.get(key) ?? mark);
      for (const name of numericPositions) positions!.push(name);
    }
    return new ExpandedState(text, parameters, newProcessors, positions, expansion);
  }

  #addProcessors(
    into: Map<string, BindProcessor>,
    processor: BindProcessor | readonly (BindProcessor | null)[] | undefined,
    name: string,
    update: Update,
    values: readonly Value[],
  ): void {
    if (!processor) return;
    if (typeof processor === "function") {
      for (const [key] of update) into.set(key, processor);
      return;
    }
    values.forEach((tuple, i) => {
      [...(host.iterate(tuple) ?? [])].forEach((_, j) => {
        const one = processor[j];
        if (one) into.set(`${name}_${i + 1}_${j + 1}`, one);
      });
    });
  }

  /** The placeholders of an expanding parameter, and the parameters they stand for. */
  #expand(name: string, parameter: BindParameter, values: readonly Value[]): [Update, string] {
    if (parameter.literalExecute) return [[], this.#literals(parameter, values, undefined)];
    const impl = parameter.type.unwrappedDialectImpl(this.dialect);
    if (values.length === 0) return [[], this.#emptySet(parameter, impl)];
    const placeholder = this.#placeholder(parameter.type, impl);
    if (this.#holdsTuples(impl, values)) {
      const update: (readonly [string, Value])[] = [];
      const rows = values.map((tuple, i) => {
        const row = [...(host.iterate(tuple) ?? [])].map((value, j) => {
          const key = `${name}_${i + 1}_${j + 1}`;
          update.push([key, value]);
          return placeholder(key);
        });
        return `(${row.join(", ")})`;
      });
      return [update, `${this.dialect.tupleInValues ? "VALUES " : ""}${rows.join(", ")}`];
    }
    const update = values.map((value, i) => [`${name}_${i + 1}`, value] as const);
    return [update, update.map(([key]) => placeholder(key)).join(", ")];
  }

  #placeholder(type: TypeEngine, impl: TypeEngine): BindTemplate {
    const template = this.numericBinds ? this.compilationBindtemplate : this.bindtemplate;
    if (!this.dialect.bindTypingRenderCasts || !impl.renderBindCast) return template;
    return (name) => this.renderBindCast(type, impl, template(name));
  }

  #holdsTuples(impl: TypeEngine, values: readonly Value[]): boolean {
    return impl.isTupleType || (impl.isNullType && isSequence(values[0]));
  }

  #emptySet(parameter: BindParameter, impl: TypeEngine): string {
    return this.visitEmptySetOpExpr(
      impl.isTupleType ? tupleTypes(parameter.type) : [parameter.type],
      parameter.expandOp,
    );
  }

  protected override renderLiteralExpanding(
    bindparam: BindParameter,
    values: Value,
    template: string | undefined,
  ): string {
    return this.#literals(bindparam, [...(host.iterate(values) ?? [])], template);
  }

  #literals(parameter: BindParameter, values: readonly Value[], template: string | undefined): string {
    const impl = parameter.type.unwrappedDialectImpl(this.dialect);
    const values_ = this.dialect.tupleInValues ? "VALUES " : "";
    if (values.length === 0) return (impl.isTupleType ? values_ : "") + this.#emptySet(parameter, impl);
    if (this.#holdsTuples(impl, values)) {
      if (impl.hasBindExpression)
        throw host.error(
          "NotImplementedError",
          "bind_expression() on TupleType not supported with literal_binds",
        );
      const types = tupleTypes(parameter.type);
      const rows = values.map((tuple) => {
        const row = [...(host.iterate(tuple) ?? [])].slice(0, types.length);
        return `(${row.map((value, i) => this.renderLiteralValue(value, types[i]!)).join(", ")})`;
      });
      return values_ + rows.join(", ");
    }
    let [left, right] = ["", ""];
    if (template) {
      const around = new RegExp(POST_COMPILE.source).exec(template)?.[2];
      [, left = "", , right = ""] = around?.split("~~") ?? [];
    }
    return values
      .map((value) => `${left}${this.renderLiteralValue(value, parameter.type)}${right}`)
      .join(", ");
  }

  /** What an empty IN list prints inside its parentheses. */
  visitEmptySetOpExpr(types: readonly TypeEngine[], expandOp: unknown): string {
    const nulls = types.length > 1 ? `(${types.map(() => "NULL").join(", ")})` : "NULL";
    if (expandOp === operators.notInOp) return `${nulls}) OR (1 = 1`;
    if (expandOp === operators.inOp) return `${nulls}) AND (1 != 1`;
    return this.visitEmptySetExpr(types);
  }

  /** A SELECT of as many columns that gives no row. */
  visitEmptySetExpr(_types: readonly TypeEngine[]): string {
    throw host.error(
      "NotImplementedError",
      `Dialect '${this.dialect.name}' does not support empty set expression.`,
    );
  }
}

function take(parameters: Map<string, Value>, name: string): Value {
  const value = parameters.get(name);
  parameters.delete(name);
  return value ?? null;
}

function isSequence(value: Value): boolean {
  const kind = host.kindOf(value);
  return kind === "list" || kind === "tuple" || kind === "sequence";
}
