// DDLIf: the condition under which a piece of DDL is emitted, `execute_if(dialect="sqlite")`.
// Behaviour: SQLAlchemy sql/ddl.py (DDLIf).
import { host, type Kwargs, type Value } from "../util/host.ts";

/** A connection, or whatever is asked for its dialect. */
interface HasDialect {
  readonly dialect: { readonly name: string };
}

export class DDLIf {
  /** A dialect's name or several; null for all. */
  readonly dialect: Value;
  /** A host callable; null for none. */
  readonly callable: Value;
  readonly state: Value;

  constructor(dialect: Value, callable: Value, state: Value) {
    this.dialect = dialect;
    this.callable = callable;
    this.state = state;
  }

  shouldExecute(
    ddl: object,
    target: unknown,
    bind: HasDialect | null,
    compiler: HasDialect | null,
    kwargs: Kwargs = new Map(),
  ): boolean {
    const dialect = (bind ?? compiler)?.dialect;
    if (!dialect) throw host.error("AssertionError", "compiler or dialect is required");
    if (typeof this.dialect === "string") {
      if (this.dialect !== dialect.name) return false;
    } else if (this.dialect !== null && ![...(host.iterate(this.dialect) ?? [])].includes(dialect.name))
      return false;
    if (this.callable === null) return true;
    const kw: Kwargs = new Map<string, Value>([
      ["state", this.state],
      ["dialect", dialect],
      ["compiler", compiler],
    ]);
    for (const [k, v] of kwargs) kw.set(k, v);
    return host.isTrue(host.call(this.callable, [ddl, target, bind], kw));
  }
}
