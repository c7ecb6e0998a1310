// Bound parameters: their names, their placeholders, their values.
//
// A parameter may print as a placeholder, as a literal (literal_binds), or as a mark that becomes text when
// the statement is executed: `__[POSTCOMPILE_x]`, for values of IN (expanding) and for literal_execute.
// Behaviour: sqlalchemy/sql/compiler.py, visit_bindparam … construct_params.
import { CompileError, InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { truncatedRepr } from "../util/repr-params.ts";
import { ElementMap, ElementSet } from "../sql/element-set.ts";
import type { BindParameter } from "../sql/elements/bind.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { OverrideBinds } from "../sql/elements/override-binds.ts";
import { isAnonymous } from "../sql/names.ts";
import * as operators from "../sql/operators.ts";
import type { BindProcessor } from "../sql/types/dialect-facts.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { BIND_TEMPLATES, compilationTemplate, type BindTemplate } from "./bind-template.ts";
import type { CompileOptions } from "./compiled.ts";
import type { CompilingDialect } from "./compiling-dialect.ts";
import { NameCompiler } from "./names.ts";
import type { RenderOptions } from "./render-options.ts";

/** Characters that a parameter's name may not have, and what stands for them. */
export interface BindnameEscapes {
  readonly pattern: RegExp;
  readonly replacements: ReadonlyMap<string, string>;
}

export function bindnameEscapes(replacements: ReadonlyMap<string, string>): BindnameEscapes {
  const set = [...replacements.keys()].map((c) => c.replace(/[\]\\^-]/, "\\$&")).join("");
  return { pattern: new RegExp(`[${set}]`, "g"), replacements };
}

export const DEFAULT_BINDNAME_ESCAPES = bindnameEscapes(
  new Map([
    ["%", "P"],
    ["(", "A"],
    [")", "Z"],
    [":", "C"],
    [".", "_"],
    ["[", "_"],
    ["]", "_"],
    [" ", "_"],
  ]),
);

interface BindparamStringOptions {
  readonly postCompile?: boolean;
  readonly expanding?: boolean;
  readonly bindparamType?: TypeEngine;
}

export abstract class BindCompiler extends NameCompiler {
  /** Both the key of a parameter and its name in the text lead to it. */
  readonly binds: Map<string, BindParameter> = new Map<string, BindParameter>();
  /** Parameter → name in the text, in the order of their first appearance. */
  readonly bindNames: ElementMap<BindParameter, string> = new ElementMap<BindParameter, string>();
  /** Names that had to be changed for the driver: name → name in the text. */
  readonly escapedBindNames: Map<string, string> = new Map<string, string>();
  readonly literalExecuteParams: ElementSet<BindParameter> = new ElementSet<BindParameter>();
  readonly postCompileParams: ElementSet<BindParameter> = new ElementSet<BindParameter>();
  readonly columnKeys: readonly string[] | null;
  readonly forExecutemany: boolean;
  readonly linting: number;
  positional: boolean;
  bindtemplate: BindTemplate;
  protected compilationBindtemplate: BindTemplate;
  protected renderPostcompile = false;
  hasOutParameters = false;
  /** Key of a parameter in the cache key → the parameters of this compilation that stand for it. */
  protected readonly cacheKeyBinds: Map<string, BindParameter[]> | undefined;

  constructor(dialect: CompilingDialect, statement: ClauseElement | null, options: CompileOptions = {}) {
    super(dialect, statement, options);
    this.columnKeys = options.columnKeys ?? null;
    this.forExecutemany = options.forExecutemany ?? false;
    this.linting = options.linting ?? 0;
    this.positional = dialect.positional;
    if (!Object.hasOwn(BIND_TEMPLATES, dialect.paramstyle)) throw host.error("KeyError", dialect.paramstyle);
    this.bindtemplate = BIND_TEMPLATES[dialect.paramstyle];
    this.compilationBindtemplate = compilationTemplate(dialect.paramstyle, dialect.positional);
    this.cacheKey = options.cacheKey ?? null;
    if (options.cacheKey) this.cacheKeyBinds = new Map(options.cacheKey.bindparams.map((b) => [b.key, [b]]));
  }

  /** Two parameters may not meet in one comparison, nor one in the columns clause: they become literals. */
  get ansiBindRules(): boolean {
    return false;
  }

  protected get bindnameEscapes(): BindnameEscapes {
    return DEFAULT_BINDNAME_ESCAPES;
  }

  visitBindparam(bindparam: BindParameter, options: RenderOptions): string {
    if (options.isUpsertSet) this.noteUpsertParameter(bindparam);
    if (!options.skipBindExpression) {
      const impl = bindparam.type.dialectImpl(this.dialect);
      if (impl.hasBindExpression) return this.#withBindExpression(bindparam, impl, options);
    }
    if (options.literalBinds) {
      const text = this.renderLiteralBindparam(bindparam, options);
      return bindparam.expanding ? `(${text})` : text;
    }
    const literalExecute =
      options.literalExecute ||
      bindparam.literalExecute ||
      (options.withinColumnsClause && this.ansiBindRules) ||
      false;
    const postCompile = literalExecute || bindparam.expanding;
    const name = this.truncateBindparam(bindparam);
    const existing = this.binds.get(name);
    if (existing && existing !== bindparam) checkConflict(existing, bindparam, name);
    this.binds.set(name, bindparam);
    this.binds.set(bindparam.key, bindparam);
    this.#relateToCacheKey(bindparam);
    if (bindparam.isoutparam) this.hasOutParameters = true;
    if (postCompile) {
      if (options.renderPostcompile) this.renderPostcompile = true;
      (literalExecute ? this.literalExecuteParams : this.postCompileParams).add(bindparam);
    }
    const text = this.bindparamString(name, options, {
      postCompile,
      expanding: bindparam.expanding,
      bindparamType: bindparam.type,
    });
    return bindparam.expanding ? `(${text})` : text;
  }

  /** An upsert's SET clause got a parameter whose value comes with each row. */
  protected noteUpsertParameter(_bindparam: BindParameter): void {}

  /** The type wraps its parameters in an expression. Of an expanding one each value is wrapped, not the list. */
  #withBindExpression(bindparam: BindParameter, impl: TypeEngine, options: RenderOptions): string {
    const expression = impl.bindExpression(bindparam)!;
    const wrapped = this.process(expression, {
      ...options,
      isUpsertSet: undefined,
      skipBindExpression: true,
      literalBinds: options.literalBinds && !bindparam.expanding,
    });
    if (!bindparam.expanding) return wrapped;
    const m = /^([^]*)\(__\[POSTCOMPILE_(\S+?)\]\)([^]*)$/.exec(wrapped);
    if (!m) throw new CompileError("unexpected format for expanding parameter");
    const template = `(__[POSTCOMPILE_${m[2]}~~${m[1]}~~REPL~~${m[3]}~~])`;
    return options.literalBinds
      ? `(${this.renderLiteralBindparam(bindparam, { ...options, bindExpressionTemplate: template })})`
      : template;
  }

  #relateToCacheKey(bindparam: BindParameter): void {
    const related = this.cacheKeyBinds;
    if (!related) return;
    for (const clone of bindparam._clonedSet) related.get((clone as BindParameter).key)?.push(bindparam);
  }

  truncateBindparam(bindparam: BindParameter): string {
    const known = this.bindNames.get(bindparam);
    if (known !== undefined) return known;
    const key = bindparam.key;
    if (typeof key !== "string") throw noName(key);
    const name = isAnonymous(key) ? this.truncatedIdentifier("bindparam", key) : key;
    this.bindNames.set(bindparam, name);
    return name;
  }

  bindparamString(name: string, options: RenderOptions, how: BindparamStringOptions = {}): string {
    options.accumulateBindNames?.add(name);
    options.visitedBindparam?.push(name);
    const { pattern, replacements } = this.bindnameEscapes;
    if (name.search(pattern) !== -1) {
      const escaped = name.replace(pattern, (c) => replacements.get(c)!);
      this.escapedBindNames.set(name, escaped);
      name = escaped;
    }
    const { bindparamType } = how;
    if (how.postCompile) {
      const mark = `__[POSTCOMPILE_${name}]`;
      // an expanding one prints its values one by one, each with its cast
      if (how.expanding || !bindparamType) return mark;
      const impl = bindparamType.unwrappedDialectImpl(this.dialect);
      return impl.renderLiteralCast ? this.renderBindCast(bindparamType, impl, mark) : mark;
    }
    const text = this.state === "compiling" ? this.compilationBindtemplate(name) : this.bindtemplate(name);
    if (bindparamType && this.dialect.bindTypingRenderCasts) {
      const impl = bindparamType.unwrappedDialectImpl(this.dialect);
      if (impl.renderBindCast) return this.renderBindCast(bindparamType, impl, text);
    }
    return text;
  }

  renderBindCast(_type: TypeEngine, _dbapiType: TypeEngine, _text: string): string {
    throw host.error("NotImplementedError", "");
  }

  /** A parameter's value as text; `value` where it is not the parameter's own. */
  renderLiteralBindparam(bindparam: BindParameter, options: RenderOptions, value?: Value): string {
    if (value === undefined) {
      if (bindparam.value === null && !bindparam.callable) {
        const op = options.binaryOp;
        if (op && op !== operators.is_ && op !== operators.isNot) {
          host.warn(
            "SAWarning",
            `Bound parameter '${bindparam.key}' rendering literal NULL in a SQL expression; ` +
              "comparisons to NULL should not use operators outside of 'is' or 'is not' (this warning may be suppressed after 10 occurrences)",
          );
        }
        return "NULL";
      }
      value = bindparam.effectiveValue;
    }
    return bindparam.expanding
      ? this.renderLiteralExpanding(bindparam, value, options.bindExpressionTemplate)
      : this.renderLiteralValue(value, bindparam.type);
  }

  /** The values of an IN as literals. */
  protected abstract renderLiteralExpanding(
    bindparam: BindParameter,
    values: Value,
    template: string | undefined,
  ): string;

  /** A value as text of SQL, by its type's literal processor. */
  renderLiteralValue(value: Value, type: TypeEngine): string {
    if (value === null && !type.shouldEvaluateNone) return "NULL";
    const processor = type.cachedLiteralProcessor(this.dialect);
    if (!processor) {
      throw new CompileError(
        `No literal value renderer is available for literal value "${truncatedRepr(value)}" with datatype ${type}`,
      );
    }
    try {
      return processor(value);
    } catch (e) {
      throw host.withCause(
        new CompileError(
          `Could not render literal value "${truncatedRepr(value)}" with datatype ${type}; see parent stack trace for more detail.`,
        ),
        e,
      );
    }
  }

  /** Values that a cache hit brings along: printed as if they had been in the statement. */
  visitOverrideBinds(override: OverrideBinds, options: RenderOptions): string {
    const text = this.process(override.element, options);
    for (const [key, value] of override.translate) {
      const old = this.binds.get(key);
      if (!old) continue;
      const changed = old._withValue(value, true, false);
      const name = this.bindNames.get(old)!;
      this.binds.set(key, changed);
      this.binds.set(name, changed);
      this.bindNames.set(changed, name);
      this.bindNames.delete(old);
      if (this.postCompileParams.has(old)) this.postCompileParams.add(changed);
      if (this.literalExecuteParams.has(old)) this.literalExecuteParams.add(changed);
      for (const clone of old._clonedSet)
        this.cacheKeyBinds?.get((clone as BindParameter).key)?.push(changed);
    }
    return text;
  }

  /**
   * Parameters by name: given ones, else those of `extractedParameters` (the cache key's of a statement that found this
   * one in the cache; they match by position), else the statement's own.
   * @throws InvalidRequestError cd3x where a required parameter has no value
   */
  override constructParams(
    params?: ReadonlyMap<string, Value> | null,
    extractedParameters?: readonly BindParameter[] | null,
    escapeNames = true,
    groupNumber?: number | null,
    check = true,
    _noPostcompile = false,
  ): Map<string, Value> {
    const extracted = extractedParameters?.length ? this.#resolveExtracted(extractedParameters) : undefined;
    const result = new Map<string, Value>();
    const escaped = escapeNames && this.escapedBindNames.size ? this.escapedBindNames : undefined;
    for (const [bindparam, name] of this.bindNames) {
      const target = escaped?.get(name) ?? name;
      const given = params && (params.has(bindparam.key) ? params.get(bindparam.key) : params.get(name));
      if (given !== undefined && params) {
        result.set(target, given);
        continue;
      }
      if (check && bindparam.required) throw missing(bindparam, groupNumber);
      const source = extracted?.get(bindparam) ?? bindparam;
      result.set(target, bindparam.callable ? source.effectiveValue : source.value);
    }
    return result;
  }

  #resolveExtracted(extracted: readonly BindParameter[]): Map<BindParameter, BindParameter> {
    if (!this.cacheKey)
      throw new CompileError(
        "This compiled object has no original cache key; can't pass extracted_parameters to construct_params",
      );
    const result = new Map<BindParameter, BindParameter>();
    this.cacheKey.bindparams.forEach((original, i) => {
      const now = extracted[i];
      if (now) for (const bind of this.cacheKeyBinds!.get(original.key)!) result.set(bind, now);
    });
    return result;
  }

  override get params(): Map<string, Value> {
    return this.constructParams(undefined, undefined, true, undefined, false);
  }

  /** Name in the text → what turns a value into the driver's; a list, one an element, for tuples. */
  get bindProcessors(): ReadonlyMap<string, BindProcessor | readonly (BindProcessor | null)[]> {
    return (this.#processors ??= this.#makeProcessors());
  }
  #processors: Map<string, BindProcessor | readonly (BindProcessor | null)[]> | undefined;

  #makeProcessors(): Map<string, BindProcessor | readonly (BindProcessor | null)[]> {
    const result = new Map<string, BindProcessor | readonly (BindProcessor | null)[]>();
    for (const [bindparam, name] of this.bindNames) {
      if (this.literalExecuteParams.has(bindparam)) continue;
      const processor = bindparam.type.isTupleType
        ? tupleTypes(bindparam.type).map((t) => t.cachedBindProcessor(this.dialect))
        : bindparam.type.cachedBindProcessor(this.dialect);
      if (processor) result.set(name, processor);
    }
    return result;
  }
}

/** Types of a tuple's members. */
export function tupleTypes(type: TypeEngine): readonly TypeEngine[] {
  return (type as TypeEngine & { readonly types?: readonly TypeEngine[] }).types ?? [type];
}

function missing(bindparam: BindParameter, group: number | null | undefined): InvalidRequestError {
  const name = host.repr(bindparam.key);
  return new InvalidRequestError(
    `A value is required for bind parameter ${name}${group ? `, in parameter group ${group}` : ""}`,
    { code: "cd3x" },
  );
}

function checkConflict(existing: BindParameter, bindparam: BindParameter, name: string): void {
  if (
    (existing.unique || bindparam.unique) &&
    !existing.proxySet.intersects(bindparam.proxySet) &&
    !existing._clonedSet.intersects(bindparam._clonedSet)
  ) {
    throw new CompileError(`Bind parameter '${name}' conflicts with unique bind parameter of the same name`);
  }
  if (existing.expanding !== bindparam.expanding) {
    throw new CompileError(
      `Can't reuse bound parameter name '${name}' in both 'expanding' (e.g. within an IN expression) and non-expanding contexts.  ` +
        "If this parameter is to receive a list/array value, set 'expanding=True' on it for expressions that aren't IN, otherwise use " +
        "a different parameter name.",
    );
  }
  if (existing._isCrud && bindparam._isCrud) {
    throw new CompileError(
      "Encountered unsupported case when compiling an INSERT or UPDATE statement.  If this is a multi-table UPDATE statement, " +
        "please provide string-named arguments to the values() method with distinct names; support for multi-table UPDATE " +
        "statements that target multiple tables for UPDATE is very limited",
    );
  }
  if (existing._isCrud || bindparam._isCrud) {
    const key = bindparam.key;
    throw new CompileError(
      `bindparam() name '${key}' is reserved for automatic usage in the VALUES or SET clause of this insert/update statement.   ` +
        `Please use a name other than column name when using bindparam() with insert() or update() (for example, 'b_${key}').`,
    );
  }
}

function noName(key: Value): unknown {
  return host.error(
    "TypeError",
    host.isHashable(key)
      ? `expected string or bytes-like object, got '${host.typeName(key)}'`
      : `unhashable type: '${host.typeName(key)}'`,
  );
}
