// create_mock_engine(): an engine that hands each statement to a function instead of a database.
// Behaviour: SQLAlchemy engine/mock.py.
import type { DdlOptions, DdlVisitorClass } from "../sql/schema/ddl-runner.ts";
import type { Visitable } from "../sql/visitable.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { offlineDialect } from "./dialect-lookup.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import { makeUrl } from "./url.ts";

export class MockConnection {
  readonly dialect: EngineDialect;
  private readonly executor: Value;

  constructor(dialect: EngineDialect, executor: Value) {
    this.dialect = dialect;
    this.executor = executor;
  }

  get engine(): this {
    return this;
  }

  get name(): string {
    return this.dialect.name;
  }

  connect(): this {
    return this;
  }

  schemaForObject(obj: { readonly schema: string | null }): string | null {
    return obj.schema;
  }

  executionOptions(): this {
    return this;
  }

  execute(obj: Value, parameters: Value = null): Value {
    return host.call(this.executor, [obj, parameters]);
  }

  /** @internal */
  _runDdlVisitor(visitor: DdlVisitorClass, element: Visitable, options: DdlOptions): void {
    new visitor(this.dialect as never, this as never, { ...options, checkfirst: false }).traverseSingle(
      element,
    );
  }
}

/** `executor` is a callable of the program: statement and parameters (`*multiparams` and `**params` are not passed any more). */
export function createMockEngine(url: Value, executor: Value, kwargs: Kwargs = new Map()): MockConnection {
  return new MockConnection(offlineDialect(makeUrl(url), kwargs), executor);
}
