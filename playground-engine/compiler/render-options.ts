// What one visit method tells the visit methods below it.
//
// SQLAlchemy hands these on as **kw; here they are one object that is copied when something changes
// and shared otherwise. Rule for who writes a visit method: an option that the real method names as
// its own argument ends there (pass it on as undefined), every other option travels on.
// NO_OPTIONS has every field, so that copies of it keep one shape.
import { host, type Value } from "../util/host.ts";
import type { ElementMap } from "../sql/element-set.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import type { AddToResultMap } from "./result-map.ts";
import type { FromLinter } from "./from-linter.ts";
import type { IdentifierPreparer } from "./identifiers.ts";

/** FROM element → hint text of this dialect. */
export type Hints = ElementMap<FromClause, string>;

export interface RenderOptions {
  /** Print as a member of a FROM clause: tables with their name, subqueries with their alias. */
  asfrom?: boolean | undefined;
  /** Print only the name, for use inside a hint. */
  ashint?: boolean | undefined;
  /** The table is the target of INSERT, UPDATE or DELETE. */
  iscrud?: boolean | undefined;
  lateral?: boolean | undefined;
  subquery?: boolean | undefined;
  useSchema?: boolean | undefined;
  /** FROM element → hint text. */
  fromhints?: Hints | undefined;
  fromLinter?: FromLinter | undefined;
  lateralFromLinter?: FromLinter | undefined;
  enclosingLateral?: object | undefined;
  enclosingAlias?: object | undefined;
  ambiguousTableNameMap?: ReadonlyMap<string, string> | undefined;

  withinColumnsClause?: boolean | undefined;
  withinLabelClause?: boolean | undefined;
  /** The label that prints as its bare name (ORDER BY of a selected label). */
  renderLabelAsLabel?: object | undefined;
  /** false: columns print without their table's name. */
  includeTable?: boolean | undefined;
  addToResultMap?: AddToResultMap | undefined;
  /** Further keys under which the column that is being printed can be found in a row. */
  resultMapTargets?: readonly unknown[] | undefined;

  /** Values print as literals instead of bound parameters. */
  literalBinds?: boolean | undefined;
  /** Values are bound parameters now and become literals when the statement is executed. */
  literalExecute?: boolean | undefined;
  renderPostcompile?: boolean | undefined;
  skipBindExpression?: boolean | undefined;
  bindExpressionTemplate?: string | undefined;
  isUpsertSet?: boolean | undefined;
  /** Collects names of the parameters of one value of VALUES. */
  accumulateBindNames?: Set<string> | undefined;
  /** Collects names of all parameters of an INSERT, repeated ones repeatedly. */
  visitedBindparam?: string[] | undefined;

  eagerGrouping?: boolean | undefined;
  inOperatorExpression?: boolean | undefined;
  /** The operator whose operand is being printed. */
  binaryOp?: unknown;
  overrideOperator?: unknown;

  /** Position within a compound SELECT. */
  compoundIndex?: number | undefined;
  insertInto?: boolean | undefined;
  visitingCte?: object | undefined;
  /** Where add_cte() of the statement wants the CTE. */
  cteNesting?: boolean | undefined;

  /** The expression a type is printed for. */
  typeExpression?: object | undefined;
  identifierPreparer?: IdentifierPreparer | undefined;

  /** Flags of a dialect's own, by name. */
  dialectFlags?: ReadonlyMap<string, unknown> | undefined;
  /** compile_kwargs nobody here knows: they reach functions registered with @compiles. */
  extra?: ReadonlyMap<string, Value> | undefined;
}

export const NO_OPTIONS: Readonly<RenderOptions> = Object.freeze({
  asfrom: undefined,
  ashint: undefined,
  iscrud: undefined,
  lateral: undefined,
  subquery: undefined,
  useSchema: undefined,
  fromhints: undefined,
  fromLinter: undefined,
  lateralFromLinter: undefined,
  enclosingLateral: undefined,
  enclosingAlias: undefined,
  ambiguousTableNameMap: undefined,
  withinColumnsClause: undefined,
  withinLabelClause: undefined,
  renderLabelAsLabel: undefined,
  includeTable: undefined,
  addToResultMap: undefined,
  resultMapTargets: undefined,
  literalBinds: undefined,
  literalExecute: undefined,
  renderPostcompile: undefined,
  skipBindExpression: undefined,
  bindExpressionTemplate: undefined,
  isUpsertSet: undefined,
  accumulateBindNames: undefined,
  visitedBindparam: undefined,
  eagerGrouping: undefined,
  inOperatorExpression: undefined,
  binaryOp: undefined,
  overrideOperator: undefined,
  compoundIndex: undefined,
  insertInto: undefined,
  visitingCte: undefined,
  cteNesting: undefined,
  typeExpression: undefined,
  identifierPreparer: undefined,
  dialectFlags: undefined,
  extra: undefined,
} satisfies Record<keyof RenderOptions, undefined>);

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const OPTION_OF = new Map(Object.keys(NO_OPTIONS).map((k) => [snake(k), k as keyof RenderOptions]));
for (const name of ["in_operator_expression", "binary_op", "dialect_flags"]) {
  OPTION_OF.set(`_${name}`, OPTION_OF.get(name)!);
  OPTION_OF.delete(name);
}
OPTION_OF.delete("extra");

/** An option that the reader's code may hand on but not look into. */
export class OpaqueOption {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** One that is a function: the reader's code may call it (`kw["add_to_result_map"]`). */
class OpaqueFunction extends OpaqueOption {
  call(args: readonly Value[]): unknown {
    const plain = args.map((arg) => (host.kindOf(arg) === "tuple" ? [...(host.iterate(arg) ?? [])] : arg));
    return (this.value as (...args: readonly unknown[]) => unknown)(...plain);
  }
}

/** Options as keyword arguments, for a function of the reader's own (`@compiles`). Flags are values, all else is opaque. */
export function optionsToKwargs(options: RenderOptions): Map<string, Value> {
  const kwargs = new Map<string, Value>();
  for (const [name, key] of OPTION_OF) {
    const value = options[key];
    if (value !== undefined)
      kwargs.set(
        name,
        typeof value === "function"
          ? new OpaqueFunction(value)
          : typeof value === "object"
            ? new OpaqueOption(value)
            : value,
      );
  }
  for (const [name, value] of options.extra ?? []) kwargs.set(name, value);
  return kwargs;
}

/** The way back: `compiler.process(element, **kw)` and `compile(compile_kwargs={…})`. None counts as not given. */
export function optionsFromKwargs(kwargs: Iterable<readonly [string, Value]>): RenderOptions {
  const options: Record<string, unknown> = { ...NO_OPTIONS };
  const extra = new Map<string, Value>();
  for (const [name, given] of kwargs) {
    const key = OPTION_OF.get(name);
    if (key === undefined) extra.set(name, given);
    else options[key] = (given instanceof OpaqueOption ? given.value : given) ?? undefined;
  }
  if (extra.size) options["extra"] = extra;
  return options as RenderOptions;
}
