// `expect(role, value)`: the object of a role that a value stands for, or the error that says what was expected.
//
// Here is the frame; what each role accepts beyond its own objects is in coercion-rules.ts, which registers itself so that
// elements can import this file. Behaviour: SQLAlchemy sql/coercions.py.
import { ArgumentError } from "../errors/index.ts";
import { host, type Kind, type Value } from "../util/host.ts";
import { ellipsesString, reprString } from "../util/text.ts";
import { late } from "./late.ts";
import { reprOf } from "./repr.ts";
import { ColumnsClauseRole, playsRole, type Role } from "./roles.ts";
import { traverse, Visitable, type Traversible } from "./visitable.ts";
import type { ColumnElement } from "./elements/column.ts";
import type { PropagateAttrs } from "./elements/clause.ts";
import type { Operator } from "./operators.ts";
import type { TypeEngine } from "./types/engine.ts";

interface Propagating {
  _propagateAttrs: PropagateAttrs | null;
}

export interface ExpectOptions {
  /** Takes over the plugin mark of what is resolved, unless it has one. */
  readonly applyPropagateAttrs?: Propagating | null;
  /** Name of the argument for error messages. */
  readonly argname?: string | undefined;
  readonly postInspect?: boolean;
  readonly disableInspection?: boolean;
  /** For bound parameters that are made of plain values. */
  readonly name?: string | null | undefined;
  readonly type?: TypeEngine | null | undefined;
  readonly literalExecute?: boolean;
  readonly isCrud?: boolean;
  /** What the value is combined with. */
  readonly expr?: ColumnElement;
  readonly operator?: Operator;
  readonly bindparamType?: TypeEngine | null;
  readonly asKey?: boolean;
  readonly explicitSubquery?: boolean;
  readonly allowSelect?: boolean;
  readonly flat?: boolean;
  readonly deannotate?: boolean;
  readonly legacy?: boolean;
  /** @internal what the caller gave, for rules that run after */
  readonly originalElement?: Value;
}

/** What one role makes of values that do not play it. */
export interface RoleRule {
  /** Only plain values are looked at: strings stay strings. */
  readonly literalOnly?: boolean;
  /** An object that plays the role is kept although it stands for another element. */
  readonly keepTarget?: boolean;
  /** A plain value of the program. */
  literal(element: Value, options: ExpectOptions): unknown;
  /** After an object of the role was found. */
  post?(resolved: never, options: ExpectOptions): unknown;
  /** An element that does not play the role. */
  implicit(element: Value, resolved: unknown, options: ExpectOptions): unknown;
}

export function defineRule(role: Role, rule: RoleRule): void {
  role.rule = rule;
}

interface Stand {
  clauseElement?(): unknown;
  readonly isClauseElement?: boolean;
}

/** The method `__clause_element__` of an object of the program; undefined where there is none. */
function theirClauseElement(v: object): Value | undefined {
  return host.kindOf(v) === "other" ? host.getAttribute(v, "__clause_element__") : undefined;
}

/** Whether a value is of ours or of the program and stands for an element. */
export function hasClauseElement(v: Value): boolean {
  if (typeof v !== "object" || v === null) return false;
  return typeof (v as Stand).clauseElement === "function" || theirClauseElement(v) !== undefined;
}

/** What a value stands for by one call; the value itself where it stands for nothing. */
export function standsFor(v: Value): unknown {
  if (typeof v !== "object" || v === null) return v;
  if (typeof (v as Stand).clauseElement === "function") return (v as Required<Stand>).clauseElement();
  const theirs = theirClauseElement(v);
  return theirs === undefined ? v : host.call(theirs, []);
}

/** Objects of statements and schemas that are taken as they are. */
function isElement(v: Value): boolean {
  return v instanceof Visitable;
}

/** Whether a value is a plain one: no element, nor anything that stands for one. */
export function isLiteral(v: Value): boolean {
  return !isElement(v) && !hasClauseElement(v);
}

export function expect<T>(role: Role<T>, element: Value, options: ExpectOptions = {}): T {
  const rule = role.rule as RoleRule | undefined;
  if (!rule) throw new Error(`no rule for role ${role.key}`);
  const original = element;
  let resolved: unknown;
  if (isElement(element)) resolved = element;
  else if (rule.literalOnly) resolved = rule.literal(element, options);
  else resolved = resolve(role as Role, rule, element, options);

  const target = options.applyPropagateAttrs;
  if (target && !target._propagateAttrs) {
    const attrs = (resolved as Propagating | null)?._propagateAttrs;
    if (attrs) target._propagateAttrs = attrs;
  }
  if (playsRole(resolved, role as Role))
    return (
      rule.post ? rule.post(resolved as never, { ...options, originalElement: original }) : resolved
    ) as T;
  return rule.implicit(original, resolved, options) as T;
}

function resolve(role: Role, rule: RoleRule, given: Value, options: ExpectOptions): unknown {
  // SQLAlchemy caches what a lambda makes by its code; what it makes is the same
  const element = role.allowsLambda && host.kindOf(given) === "function" ? late.lambdaResult(given) : given;
  if (isElement(element)) return element;
  if (rule.keepTarget && playsRole(element, role) && hasClauseElement(element)) return element;
  let at = element;
  for (let next = standsFor(at); next !== at; next = standsFor(at)) at = next;
  if (at !== element || hasClauseElement(at)) return at;
  if (role.usesInspection && !options.disableInspection) {
    const insp = late.inspect(at);
    if (insp) {
      if (options.postInspect) void insp._postInspect;
      if (!insp.clauseElement) raiseExpected(role, element, options.argname);
      else return insp.clauseElement();
    }
  }
  return rule.literal(at, options);
}

const MANY: ReadonlySet<Kind> = new Set<Kind>(["list", "tuple"]);

/** What stands in a columns clause, each coerced; a function there may give many at once: `select(lambda: (User, Address))`. */
export function expectColumns(given: readonly Value[], options: ExpectOptions = {}): ColumnElement[] {
  return given.flatMap((entity) => {
    const made = host.kindOf(entity) === "function" ? late.lambdaResult(entity) : entity;
    const many = made !== entity && MANY.has(host.kindOf(made)) ? host.iterate(made) : undefined;
    return [...(many ?? [made])].map((e) => expect(ColumnsClauseRole, e, options));
  });
}

/** `expect` for a key of VALUES or SET. */
export function expectAsKey(role: Role, element: Value): string {
  return expect(role, element, { asKey: true }) as string;
}

/** For constraints and indexes: [expression or name, first column in it, name if it is one, column or name]. */
export function* expectColExpressionCollection(
  role: Role<ColumnElement | string>,
  expressions: Iterable<Value>,
): Generator<
  readonly [
    expr: ColumnElement | string,
    column: ColumnElement | null,
    strname: string | null,
    add: ColumnElement | string | null,
  ]
> {
  for (const expr of expressions) {
    const resolved = expect(role, expr);
    if (typeof resolved === "string") {
      yield [resolved, null, resolved, resolved];
      continue;
    }
    const columns: ColumnElement[] = [];
    traverse(resolved as unknown as Traversible, {}, { column: (c: ColumnElement) => columns.push(c) });
    const column = columns[0] ?? null;
    yield [resolved, column, null, column];
  }
}

/** A lone list where items were meant one by one. Throws ArgumentError; a set or mapping is taken for the items. */
export function expressionCollectionWasAList(
  attrname: string,
  fnname: string,
  args: readonly Value[],
): Iterable<Value> | Value {
  if (args.length !== 1 || isElement(args[0])) return args;
  const kind = host.kindOf(args[0]);
  if (kind === "list")
    throw new ArgumentError(
      `The "${attrname}" argument to ${fnname}(), when referring to a sequence of items, is now passed as a series of positional elements, rather than as a list. `,
    );
  return kind === "set" || kind === "dict" ? args[0] : args;
}

export interface Expected {
  readonly advice?: string | null | undefined;
  readonly code?: string | null;
  readonly cause?: unknown;
}

/** Throw "… expected, got …". */
export function raiseExpected(
  role: Role,
  element: Value,
  argname?: string,
  resolved: unknown = null,
  extra: Expected = {},
): never {
  const got =
    resolved !== null && resolved !== undefined && resolved !== element
      ? `${reprOf(resolved)} object resolved from ${reprOf(element)} object`
      : reprOf(element);
  let message = argname
    ? `${role.roleName} expected for argument ${reprOf(argname)}; got ${got}.`
    : `${role.roleName} expected, got ${got}.`;
  if (extra.advice) message += ` ${extra.advice}`;
  const error = new ArgumentError(message, { code: extra.code ?? null });
  throw extra.cause === undefined ? error : host.withCause(error, extra.cause);
}

/** Throw "Textual SQL expression … should be explicitly declared as text(…)". */
export function noTextCoercion(element: string, argname?: string, extra?: string): never {
  const shown = reprString(ellipsesString(element));
  throw new ArgumentError(
    `${extra ? `${extra} ` : ""}Textual SQL expression ${shown} ${argname ? `for argument ${argname}` : ""}should be explicitly declared as text(${shown})`,
  );
}
