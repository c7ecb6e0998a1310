// inspect(): from anything a program has to what the library knows about it.
//
// A mapped class gives its mapper, an object its state; the library's own elements, mappers and states are their own
// inspection. Rooms above register what else there is (aliases, hybrids, engines).
// Behaviour: SQLAlchemy inspection.py, orm/base.py, orm/mapper.py (_inspect_mc).
import { NoInspectionAvailable } from "../errors/index.ts";
import { late as sqlLate, type Inspected } from "../sql/late.ts";
import { host, type Value } from "../util/host.ts";
import { mapperOfClass, stateOrUndefined } from "./state/access.ts";

/** Flags that tell apart what inspect() gives. All false on what does not say so. */
export interface InspectionAttr {
  readonly isSelectable?: boolean;
  readonly isAliasedClass?: boolean;
  readonly isInstance?: boolean;
  readonly isMapper?: boolean;
  readonly isBundle?: boolean;
  readonly isProperty?: boolean;
  readonly isAttribute?: boolean;
  readonly isClauseElement?: boolean;
  readonly _isInternalProxy?: boolean;
  readonly extensionType?: unknown;
}

type Inspector = (subject: Value) => unknown;
const inspectors: Inspector[] = [];

/** Adds a way to inspect: gives undefined for what it does not know. */
export function registerInspector(fn: Inspector): void {
  inspectors.push(fn);
}

const OWN = [
  "isMapper",
  "isInstance",
  "isAliasedClass",
  "isClauseElement",
  "isSelectable",
  "isProperty",
  "isAttribute",
  "isBundle",
] as const;

/** What the library knows about the subject. Throws NoInspectionAvailable, unless told not to: then it is undefined. */
export function inspect(subject: Value, options: { raiseerr?: boolean } = {}): unknown {
  const found = sqlLate.inspect(subject);
  if (found === undefined && (options.raiseerr ?? true))
    throw new NoInspectionAvailable(
      `No inspection system is available for object of type ${host.str(host.typeOf(subject))}`,
    );
  return found;
}

function look(subject: Value): unknown {
  if (subject === null || (typeof subject !== "object" && typeof subject !== "function")) return undefined;
  for (const fn of inspectors) {
    const found = fn(subject);
    if (found != null) return found;
  }
  if (typeof subject === "object") {
    const flags = subject as InspectionAttr;
    if (OWN.some((name) => flags[name] === true)) return subject;
  }
  return mapperOfClass(subject) ?? stateOrUndefined(subject);
}

// Other rooms answer for what is theirs (engines, connections): each asks the one before it.
const before = sqlLate.inspect;
sqlLate.inspect = (value) => (look(value) as Inspected | undefined) ?? before(value);
