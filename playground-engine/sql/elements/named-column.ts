// NamedColumn: an expression with a name of its own. Behaviour: SQLAlchemy sql/elements.py (NamedColumn).
import type { Value } from "../../util/host.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import type { Operator } from "../operators.ts";
import type { TypeEngine } from "../types/engine.ts";
import { BindParameter } from "./bind.ts";
import { ColumnElement, KeyedColumnElement, type ProxyOptions } from "./column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

export class NamedColumn extends KeyedColumnElement {
  declare name: string;
  declare key: string;
  declare table: FromClause | null;
  declare isLiteral: boolean;

  override get description(): string | null {
    return this.name ?? null;
  }

  override _compareNameForResult(other: ColumnElement): boolean {
    return (other.name !== undefined && this.name === other.name) || this._label === other._label;
  }

  override get _tqKeyLabel(): string | null {
    const key = this._proxyKey;
    return key && key !== this.name ? this._genTqLabel(key) : this._tqLabel;
  }

  override get _tqLabel(): string | null {
    const memos = this._memos;
    let label = memos["tqLabel"] as string | null | undefined;
    if (label === undefined) label = memos["tqLabel"] = this._genTqLabel(this.name);
    return label;
  }

  override get _nonAnonLabel(): string | null {
    return this.name;
  }

  _genTqLabel(name: string, _dedupeOnKey = true): string | null {
    return name;
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    return new BindParameter(this.key, obj, {
      comparedToOperator: operator,
      comparedToType: this.type,
      type,
      unique: true,
      expanding,
    });
  }

  override _makeProxy(selectable: FromClause, options: ProxyOptions): [string, ColumnElement] {
    const made = new late.ColumnClause(options.name ?? this.name, this.type, false, selectable);
    return finishProxy(this, made, selectable, options);
  }
}
defaults(NamedColumn, { isLiteral: false, table: null });

/** What all proxies of named columns get. */
export function finishProxy(
  column: NamedColumn,
  made: NamedColumn,
  selectable: FromClause,
  options: ProxyOptions,
): [string, ColumnElement] {
  if (options.nameIsTruncatable) made._truncatable = true;
  const quote = column._quoteFor(made.name);
  if (quote !== null) made.quote = quote;
  made._propagateAttrs = selectable._propagateAttrs;
  if ((options.name ?? null) === null) made.key = column.key;
  made._proxies = options.compoundSelectCols ? [...options.compoundSelectCols] : [column];
  if (selectable._isCloneOf !== null)
    made._isCloneOf = selectable._isCloneOf.columns.get(made.key) as NamedColumn | null;
  return [made.key, made];
}
