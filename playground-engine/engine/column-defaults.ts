// Defaults of columns, computed for each row just before an INSERT or UPDATE goes out.
//
// A scalar is taken as it is, a function of the program is called with the execution context, an SQL expression is selected on
// the same connection, a sequence is asked for its next value. Behaviour: SQLAlchemy engine/default.py (_process_execute_defaults, _exec_default).
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import type { BindProcessor } from "../sql/types/dialect-facts.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { late } from "../sql/late.ts";
import { TypeCoerce } from "../sql/elements/cast.ts";
import { host, type Value } from "../util/host.ts";
import type { ParamSet } from "../util/repr-params.ts";
import { toDriver } from "./driver-parameters.ts";
import type { ExecutionContext } from "./execution-context.ts";

/** A default, as sql/schema/defaults.ts makes them. */
export interface DefaultLike {
  readonly isSequence: boolean;
  readonly isCallable: boolean;
  readonly isClauseElement: boolean;
  readonly isScalar: boolean;
  readonly isSentinel: boolean;
  readonly arg?: Value;
  readonly _argIsTyped?: boolean;
  call?(context: Value): Value;
}

/** A column with defaults. */
export interface DefaultColumn {
  readonly key: string;
  readonly type: TypeEngine;
  readonly default: DefaultLike | null;
  readonly onupdate: DefaultLike | null;
  /** A column of one row of a multi-row VALUES. */
  readonly isMultiparamColumn?: boolean;
  readonly index?: number;
  readonly original?: { readonly key: string };
}

/** Fill in what the program left out, row by row. */
export function computeDefaults(context: ExecutionContext, compiled: SQLCompiler): void {
  const insert = compiled.insertPrefetch.length > 0;
  const columns = (insert ? compiled.insertPrefetch : compiled.updatePrefetch) as unknown as DefaultColumn[];
  const names = columns.map((c) => compiled.getBindNameForCol(c as never));
  let sentinel = 0;
  for (const parameters of context.compiledParameters) {
    context.currentParameters = parameters;
    columns.forEach((column, i) => {
      const name = names[i] as string;
      const generator = insert ? column.default : column.onupdate;
      if (!generator) return;
      if (generator.isSentinel) parameters.set(name, sentinel++);
      else if (generator.isScalar) parameters.set(name, generator.arg ?? null);
      else if (generator.isCallable)
        parameters.set(name, execDefault(context, column, generator, column.type));
      else {
        const value = execDefault(context, column, generator, column.type);
        if (value !== null) parameters.set(name, value);
      }
    });
  }
  context.currentParameters = null;
}

export function execDefault(
  context: ExecutionContext,
  column: DefaultColumn | null,
  generator: DefaultLike,
  type: TypeEngine | null,
): Value {
  // No database that runs here has sequences.
  if (generator.isSequence) throw host.error("NotImplementedError", "");
  if (generator.isCallable) {
    context.currentColumn = column;
    return (generator as Required<DefaultLike>).call(context);
  }
  return generator.isClauseElement ? selectDefault(context, generator, type) : (generator.arg ?? null);
}

function selectDefault(context: ExecutionContext, generator: DefaultLike, type: TypeEngine | null): Value {
  const element = generator.arg as ColumnElement;
  const typed = generator._argIsTyped || !type ? element : new TypeCoerce(element, type);
  const select = new late.Select([typed]);
  const compiled = context.dialect.statementCompiler(select as never) as SQLCompiler;
  const parameters: ParamSet = toDriver(
    compiled.constructParams(null, null, false),
    compiled.bindProcessors as ReadonlyMap<string, BindProcessor>,
    compiled.positional ? compiled.positiontup : null,
    compiled.escapedBindNames,
  );
  return context.executeScalar(compiled.string, type, parameters);
}
