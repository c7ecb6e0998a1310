// How parameters and rows are printed in messages and logs: long values and long lists are shortened in the middle.
//
// The engine's parameters are arrays (Python shows a tuple) and Maps (a dict); many sets of them are an array of those
// (a list). Behaviour: SQLAlchemy sql/util.py _repr_params, _repr_row, _long_statement.
import { host, type Kwargs, type Value } from "./host.ts";
import { reprString } from "./text.ts";

/** One set of parameters as the engine holds it. */
export type ParamSet = readonly Value[] | ReadonlyMap<string, Value>;
/** What goes to a driver: one set, or many. */
export type ExecuteParams = ParamSet | readonly ParamSet[];

export interface ReprParamsOptions {
  /** How many sets are shown of many. */
  readonly batches?: number;
  readonly maxParams?: number;
  readonly maxChars?: number;
  /** true: many sets; false: one; null: not known, printed as one plain value. */
  readonly ismulti?: boolean | null;
}

/** `repr(value)`, its middle left out where it is longer than maxChars. */
export function truncatedRepr(value: Value, maxChars = 300): string {
  return truncate(host.repr(value), maxChars);
}

function truncate(text: string, maxChars: number): string {
  // A string's length in UTF-16 units is never below its length in code points, which is what Python counts.
  if (text.length <= maxChars) return text;
  const chars = [...text];
  if (chars.length <= maxChars) return text;
  const half = maxChars >> 1;
  return `${chars.slice(0, half).join("")} ... (${chars.length - maxChars} characters truncated) ... ${chars.slice(-half).join("")}`;
}

/** Parameters as `[parameters: …]` and the log show them. */
export function reprParams(params: ExecuteParams, options: ReprParamsOptions = {}): string {
  const { batches = 10, maxParams = 100, maxChars = 300, ismulti = null } = options;
  if (ismulti === null) return truncatedRepr(paramsValue(params, isListOfSets(params)), maxChars);
  if (!ismulti && isListOfSets(params))
    return `[${params.map((p) => truncatedRepr(paramsValue(p, false), maxChars)).join(", ")}]`;
  if (!ismulti) return reprSet(params as ParamSet, maxParams, maxChars);
  const sets = params as readonly ParamSet[];
  const show = (some: readonly ParamSet[]) => some.map((p) => reprSet(p, maxParams, maxChars)).join(", ");
  if (sets.length <= batches) return `[${show(sets)}]`;
  const note = ` ... displaying ${batches} of ${sets.length} total bound parameter sets ... `;
  return `[${show(sets.slice(0, batches - 2))} ${note} ${show(sets.slice(-2))}]`;
}

function reprSet(params: ParamSet, maxParams: number, maxChars: number): string {
  const positional = Array.isArray(params);
  const items = positional
    ? (params as readonly Value[]).map((v) => truncatedRepr(v, maxChars))
    : [...(params as ReadonlyMap<string, Value>)].map(
        ([k, v]) => `${reprString(k)}: ${truncatedRepr(v, maxChars)}`,
      );
  const [open, close] = positional ? ["(", ")"] : ["{", "}"];
  if (items.length > maxParams) {
    const half = maxParams >> 1;
    return `${open}${items.slice(0, half).join(", ")} ... ${items.length - maxParams} parameters truncated ... ${items.slice(-half).join(", ")}${close}`;
  }
  return `${open}${items.join(", ")}${positional && items.length === 1 ? "," : ""}${close}`;
}

/** Parameters as the program gave them, before they were one statement's: a list of dicts, even if of one. */
function isListOfSets(params: ExecuteParams): params is readonly ReadonlyMap<string, Value>[] {
  return Array.isArray(params) && params.length > 0 && params.every((p) => p instanceof Map);
}

/** No sets of parameters at all, where a statement failed before it had any: a program sees an empty list. */
export const NO_SETS: readonly ParamSet[] = [];

/** The parameters as the program may see them: tuples and dicts, a list of them for many sets. */
export function paramsValue(params: ExecuteParams, many: boolean): Value {
  if (many || params === NO_SETS || isListOfSets(params))
    return host.makeList((params as readonly ParamSet[]).map((p) => paramsValue(p, false)));
  return Array.isArray(params) ? host.makeTuple(params) : host.makeDict(params as Kwargs);
}

/** One row as the debug log shows it. */
export function reprRow(row: Iterable<Value>, maxChars = 300): string {
  const items = [...row].map((v) => truncatedRepr(v, maxChars));
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}

/** A statement in an event's text: the middle left out beyond 500 characters. */
export function longStatement(sql: string): string {
  if (sql.length <= 500) return sql;
  return `${sql.slice(0, 250)} ... ${sql.length - 350} characters truncated ... ${sql.slice(-100)}`;
}
