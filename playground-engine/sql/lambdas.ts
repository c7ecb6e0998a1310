// Statements and criteria given as functions: lambda_stmt(), `with_loader_criteria(A, lambda cls: …)`.
//
// SQLAlchemy calls such a function once and keeps what it gave by the function's code; values of its free variables become
// bound parameters by the variables' names. Here it is called each time, with the same parameters, and what it gave is
// kept by its own cache key. Behaviour: SQLAlchemy sql/lambdas.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Kind, type Value } from "../util/host.ts";
import { expect } from "./coercions.ts";
import type { ClauseElement } from "./elements/clause.ts";
import { BindParameter } from "./elements/bind.ts";
import * as roles from "./roles.ts";

const LITERALS: ReadonlySet<Kind> = new Set<Kind>([
  "bool",
  "int",
  "float",
  "str",
  "bytes",
  "decimal",
  "date",
  "datetime",
  "time",
  "timedelta",
  "uuid",
  "enum",
]);
const LISTS: ReadonlySet<Kind> = new Set<Kind>(["list", "tuple", "set", "frozenset"]);

function literal(v: Value): boolean {
  return LITERALS.has(host.kindOf(v));
}

/** A free variable as the function is to see it: undefined where it stays as it is. */
function tracked(fn: Value, name: string, value: Value, fromCall = false): Value | undefined {
  const expanding = LISTS.has(host.kindOf(value));
  const items = expanding ? [...(host.iterate(value) ?? [])] : [value];
  if (items.length === 0 || !items.every(literal)) return undefined;
  if (fromCall)
    throw new InvalidRequestError(
      `Can't invoke Python callable ${name}() inside of lambda expression argument at ${host.repr(host.getAttribute(fn, "__code__"))}; lambda SQL constructs should not invoke functions from closure variables to produce literal values since the lambda SQL system normally extracts bound values without actually invoking the lambda or any functions within it.  Call the function outside of the lambda and assign to a local variable that is used in the lambda as a closure variable, or set track_bound_values=False if the return value of this function is used in some other way other than a SQL bound value.`,
    );
  const made = new BindParameter(name, value, { unique: true, expanding });
  made._adaptsType = true;
  return made;
}

/** Calls a function whose free variables are bound parameters. */
export function callTracked(fn: Value, args: readonly Value[]): Value {
  const restore = host.trackVariables?.(fn, (name, value, fromCall) => tracked(fn, name, value, fromCall));
  try {
    return host.call(fn, args);
  } finally {
    restore?.();
  }
}

export interface LambdaOptions {
  readonly enableTracking?: boolean;
  readonly trackClosureVariables?: boolean;
  readonly trackBoundValues?: boolean;
}

interface Executed {
  _executeOnConnection(connection: unknown, params: unknown, options: unknown): Value;
}

/** A statement made by functions: the first gives it, each further one changes what is there. */
export class StatementLambdaElement {
  static readonly pyModule: string = "sqlalchemy.sql.lambdas";
  readonly fn: Value;
  private readonly parent: StatementLambdaElement | null;
  private readonly tracks: boolean;
  private made: ClauseElement | undefined;

  constructor(fn: Value, parent: StatementLambdaElement | null = null, options: LambdaOptions = {}) {
    this.fn = fn;
    this.parent = parent;
    this.tracks =
      (options.enableTracking ?? true) &&
      (options.trackClosureVariables ?? true) &&
      (options.trackBoundValues ?? true);
  }

  get _resolved(): ClauseElement {
    if (!this.made) {
      const args = this.parent ? [this.parent._resolved] : [];
      const given = this.tracks ? callTracked(this.fn, args) : host.call(this.fn, args);
      this.made = expect(roles.StatementRole, given);
    }
    return this.made;
  }

  clauseElement(): ClauseElement {
    return this._resolved;
  }

  addCriteria(
    other: Value,
    enableTracking = true,
    _trackOn: Value = null,
    trackClosureVariables = true,
    trackBoundValues = true,
  ): LinkedLambdaElement {
    return new LinkedLambdaElement(other, this, { enableTracking, trackClosureVariables, trackBoundValues });
  }

  /** From here on functions are called each time, which they are anyhow. */
  spoil(): this {
    return this;
  }

  _executeOnConnection(connection: unknown, params: unknown, options: unknown): Value {
    return (this._resolved as unknown as Executed)._executeOnConnection(connection, params, options);
  }

  toString(): string {
    return this._resolved.toString();
  }
}

export class LinkedLambdaElement extends StatementLambdaElement {}

/** `lambda_stmt(lambda: select(…))` */
export function lambdaStmt(
  lmb: Value,
  enableTracking = true,
  trackClosureVariables = true,
  _trackOn: Value = null,
  globalTrackBoundValues = true,
  trackBoundValues = true,
  _lambdaCache: Value = null,
): StatementLambdaElement {
  return new StatementLambdaElement(lmb, null, {
    enableTracking,
    trackClosureVariables,
    trackBoundValues: trackBoundValues && globalTrackBoundValues,
  });
}
