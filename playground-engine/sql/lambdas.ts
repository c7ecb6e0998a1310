// Statements and criteria given as functions: lambda_stmt(), `with_loader_criteria(A, lambda cls: …)`.
//
// SQLAlchemy calls such a function once and keeps what it gave by the function's code; values of its free variables become
// bound parameters by the variables' names. Here it is called each time, with the same parameters, and what it gave is
// kept by its own cache key. Behaviour: SQLAlchemy sql/lambdas.py.
import { ArgumentError, InvalidRequestError } from "../errors/index.ts";
import { host, type Kind, type Value } from "../util/host.ts";
import { expect } from "./coercions.ts";
import type { ClauseElement } from "./elements/clause.ts";
import { BindParameter } from "./elements/bind.ts";
import { late } from "./late.ts";
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

/** The parameter that a function sees in place of a variable; where a condition asks, it is as true as the variable's value. */
export class TrackedParameter extends BindParameter {
  static override readonly inheritCache = true;
  asked = false;

  override bool(): boolean {
    this.asked = true;
    return host.isTrue(this.value);
  }
}

const codeOf = (fn: Value): string => host.repr(host.getAttribute(fn, "__code__"));

/** A free variable as the function is to see it: undefined where it stays as it is. */
function tracked(fn: Value, name: string, value: Value, fromCall: boolean): TrackedParameter | undefined {
  const expanding = LISTS.has(host.kindOf(value));
  const items = expanding ? [...(host.iterate(value) ?? [])] : [value];
  if (items.length === 0 || !items.every(literal)) return undefined;
  if (fromCall)
    throw new InvalidRequestError(
      `Can't invoke Python callable ${name}() inside of lambda expression argument at ${codeOf(fn)}; lambda SQL constructs should not invoke functions from closure variables to produce literal values since the lambda SQL system normally extracts bound values without actually invoking the lambda or any functions within it.  Call the function outside of the lambda and assign to a local variable that is used in the lambda as a closure variable, or set track_bound_values=False if the return value of this function is used in some other way other than a SQL bound value.`,
    );
  const made = new TrackedParameter(name, value, { unique: true, expanding });
  made._adaptsType = true;
  return made;
}

/** Calls a function whose free variables are bound parameters. Throws InvalidRequestError for one that only decided what is made. */
export function callTracked(fn: Value, args: readonly Value[], trackOn: Value = null): Value {
  const free: TrackedParameter[] = [];
  const restore = host.trackVariables?.(fn, (name, value, from) => {
    const made = tracked(fn, name, value, from === "call");
    if (made && from === "free") free.push(made);
    return made;
  });
  try {
    const made = host.call(fn, args);
    const deciding = trackOn === null ? free.find((p) => p.asked) : undefined;
    if (deciding)
      throw new InvalidRequestError(
        `Closure variable named '${deciding._origKey}' inside of lambda callable ${codeOf(fn)} does not refer to a cacheable SQL element, and also does not appear to be serving as a SQL literal bound value based on the default SQL expression returned by the function.   This variable needs to remain outside the scope of a SQL-generating lambda so that a proper cache key may be generated from the lambda's state.  Evaluate this variable outside of the lambda, set track_on=[<elements>] to explicitly select closure elements to track, or set track_closure_variables=False to exclude closure variables from being part of the cache key.`,
      );
    return made;
  } finally {
    restore?.();
  }
}

export interface LambdaOptions {
  readonly enableTracking?: boolean;
  readonly trackClosureVariables?: boolean;
  readonly trackBoundValues?: boolean;
  readonly trackOn?: Value;
}

/** `where(lambda: …)`: the function's result; a class or a built-in one is no lambda. Throws ArgumentError for a method that was meant to be called. */
late.lambdaResult = (fn) => {
  const shown = host.repr(fn);
  if (shown.startsWith("<bound method"))
    throw new ArgumentError(`Method ${shown} may not be passed as a SQL expression`);
  return /^<(?:built-in|class) /.test(shown) ? fn : callTracked(fn, []);
};

interface Executed {
  _executeOnConnection(connection: unknown, params: unknown, options: unknown): Value;
}

/** A statement made by functions: the first gives it, each further one changes what is there. */
export class StatementLambdaElement {
  static readonly pyModule: string = "sqlalchemy.sql.lambdas";
  readonly fn: Value;
  private readonly parent: StatementLambdaElement | null;
  private readonly tracks: boolean;
  private readonly trackOn: Value;
  private made: ClauseElement | undefined;

  constructor(fn: Value, parent: StatementLambdaElement | null = null, options: LambdaOptions = {}) {
    this.fn = fn;
    this.parent = parent;
    if (!host.isCallable(fn)) throw host.noAttribute(fn, "__code__");
    this.trackOn = options.trackOn ?? null;
    this.tracks =
      (options.enableTracking ?? true) &&
      (options.trackClosureVariables ?? true) &&
      (options.trackBoundValues ?? true);
  }

  get _resolved(): ClauseElement {
    if (!this.made) {
      const args = this.parent ? [this.parent._resolved] : [];
      const given = this.tracks ? callTracked(this.fn, args, this.trackOn) : host.call(this.fn, args);
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
    trackOn: Value = null,
    trackClosureVariables = true,
    trackBoundValues = true,
  ): LinkedLambdaElement {
    return new LinkedLambdaElement(other, this, {
      enableTracking,
      trackClosureVariables,
      trackBoundValues,
      trackOn,
    });
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

  repr(): string {
    return `${host.typeName(this)}(${codeOf(this.fn)})`;
  }
}

export class LinkedLambdaElement extends StatementLambdaElement {}

/** `lambda_stmt(lambda: select(…))` */
export function lambdaStmt(
  lmb: Value,
  enableTracking = true,
  trackClosureVariables = true,
  trackOn: Value = null,
  globalTrackBoundValues = true,
  trackBoundValues = true,
  _lambdaCache: Value = null,
): StatementLambdaElement {
  return new StatementLambdaElement(lmb, null, {
    enableTracking,
    trackClosureVariables,
    trackBoundValues: trackBoundValues && globalTrackBoundValues,
    trackOn,
  });
}
