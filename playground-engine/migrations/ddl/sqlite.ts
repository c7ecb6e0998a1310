// SQLite: no ALTER of columns and constraints, so batches copy; defaults are reflected without their parentheses.
import { Computed, type Constraint, DefaultClause, type Index } from "../../sql/schema/index.ts";
import { ClauseElement, type TypeEngine } from "../../sql/index.ts";
import { JSON as JSONType } from "../../sql/types/json.ts";
import { host, type Value } from "../../util/host.ts";
import { ColumnName, RenameTable, renamedColumn, renamedTable, spelled } from "./elements.ts";
import { type BatchChange, DefaultImpl, registerImpl, type RenderExpression } from "./impl.ts";

const NO_ALTER =
  "No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.";

/** Whether a default is an expression that CREATE TABLE would want in parentheses. */
function isBare(expression: string | null): boolean {
  return !!expression && !/^[0-9.]$|^'.+'$|^\(.+\)$/.test(expression);
}
function unwrapped(v: string | null): string | null {
  return v === null ? null : v.replace(/^\((.+)\)$/, "$1").replace(/^"?'(.+)'"?$/, "$1");
}

export class SQLiteImpl extends DefaultImpl {
  override addConstraint(constraint: Constraint): void {
    if (!constraint._createRule) throw host.error("NotImplementedError", NO_ALTER);
    if (constraint._createRule(this))
      host.warn(
        "UserWarning",
        "Skipping unsupported ALTER for creation of implicit constraint. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.",
      );
  }
  override dropConstraint(constraint: Constraint): void {
    if (!constraint._createRule) throw host.error("NotImplementedError", NO_ALTER);
  }
  override requiresRecreateInBatch(changes: readonly BatchChange[]): boolean {
    return changes.some(({ name, column }) => {
      if (name !== "add_column") return name !== "create_index" && name !== "drop_index";
      const d = column!.serverDefault as unknown;
      return (
        (d instanceof DefaultClause && d.arg instanceof ClauseElement) ||
        (d instanceof Computed && d.persisted === true)
      );
    });
  }
  protected override needsCast(from: TypeEngine, to: TypeEngine): boolean {
    return super.needsCast(from, to) && !(to instanceof JSONType);
  }

  override compareServerDefault(
    _inspected: Value,
    _model: Value,
    ofModel: string | null,
    reflected: string | null,
  ): boolean {
    return unwrapped(reflected) !== unwrapped(ofModel);
  }
  override autogenColumnReflect(_inspector: Value, _table: Value, facts: Value): void {
    const known = new Map(host.entries(facts));
    const d = (known.get("default") as string | null | undefined) ?? null;
    if (isBare(d)) host.call(host.getAttribute(facts, "__setitem__"), ["default", `(${d})`]);
  }
  override renderDdlSqlExpr(expression: ClauseElement, options: RenderExpression = {}): string {
    const text = super.renderDdlSqlExpr(expression, options);
    return options.isServerDefault && isBare(text) ? `(${text})` : text;
  }
  override correctForAutogenConstraints(
    _uniques: unknown,
    connIndexes: Set<Index>,
    _metadataUniques: unknown,
    metadataIndexes: Set<Index>,
  ): void {
    this.skipFunctionalIndexes(metadataIndexes, connIndexes);
  }
}
registerImpl("sqlite", SQLiteImpl);

spelled(RenameTable, renamedTable, ["sqlite"]);
spelled(ColumnName, renamedColumn, ["sqlite"]);
