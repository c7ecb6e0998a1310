// Parameters as a program gives them, made into what the engine works with: sets of named values for statements,
// sets of any kind for a driver's own SQL. Behaviour: SQLAlchemy engine/_py_util.py.
import { ArgumentError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import type { ParamSet } from "../util/repr-params.ts";

export type NamedParams = ReadonlyMap<string, Value>;

const NONE: readonly never[] = [];

/** The parameters of execute(): none, a mapping, or a sequence of mappings. Throws ArgumentError. */
export function distillParams(params: Value): readonly NamedParams[] {
  if (params === null || params === undefined) return NONE;
  const one = namedOf(params);
  if (one) return [one];
  const sets = sequenceOf(params);
  if (!sets) throw new ArgumentError("mapping or list expected for parameters");
  // Only the first is looked at: what is wrong with the others shows when they are used.
  if (sets.length && !namedOf(sets[0]))
    throw new ArgumentError("List argument must consist only of dictionaries");
  return sets.map((set) => namedOf(set) ?? NO_NAMES);
}

const NO_NAMES: NamedParams = new Map();

/** The parameters of exec_driver_sql(): none, a tuple or mapping, or a list of those. Throws ArgumentError. */
export function distillRawParams(params: Value): readonly ParamSet[] {
  if (params === null || params === undefined) return NONE;
  const one = namedOf(params);
  if (one) return [one];
  // An array is the engine's own: a set of values, or several where its first element is a set.
  if (Array.isArray(params)) {
    const array = params as readonly Value[];
    return Array.isArray(array[0]) || array[0] instanceof Map ? (array as readonly ParamSet[]) : [array];
  }
  const kind = host.kindOf(params);
  const items = sequenceOf(params);
  if (kind === "tuple" && items) return [items];
  if (kind !== "list" || !items) throw new ArgumentError("mapping or sequence expected for parameters");
  return items.map((set, i) => {
    const named = namedOf(set);
    if (named) return named;
    if (i === 0 && host.kindOf(set) !== "tuple")
      throw new ArgumentError("List argument must consist only of tuples or dictionaries");
    return sequenceOf(set) ?? [];
  });
}

/** What a listener gave back as parameters. */
export function fromListener(v: Value, many: boolean): ParamSet | readonly ParamSet[] {
  if (many) return (sequenceOf(v) ?? []).map((set) => fromListener(set, false) as ParamSet);
  return namedOf(v) ?? sequenceOf(v) ?? [];
}

export function namedOf(v: Value): NamedParams | undefined {
  if (v instanceof Map) return v as NamedParams;
  if (Array.isArray(v)) return undefined;
  const entries = host.entries(v);
  return entries && new Map(entries as Iterable<[string, Value]>);
}

function sequenceOf(v: Value): readonly Value[] | undefined {
  if (Array.isArray(v)) return v as readonly Value[];
  const kind = host.kindOf(v);
  return kind === "list" || kind === "tuple" || kind === "sequence"
    ? [...(host.iterate(v) ?? [])]
    : undefined;
}
