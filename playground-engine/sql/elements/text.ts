// text(): SQL written by hand, with `:name` parameters.
// Behaviour: SQLAlchemy sql/elements.py (TextClause, TypeClause).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { reprString } from "../../util/text.ts";
import { Executable } from "../base.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import * as operators from "../operators.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import type { TypeComparator } from "../types/comparator.ts";
import { typeLate } from "../types/type-late.ts";
import { BindParameter } from "./bind.ts";
import { ClauseElement } from "./clause.ts";
import type { ColumnElement } from "./column.ts";
import type { TextualSelect } from "../selectable/textual.ts";

/** A type standing alone: the second half of a CAST. */
export class TypeClause extends ClauseElement {
  static override readonly visitName: string = "typeclause";
  static override readonly traverse: TraverseSpec = [["type", "type"]];
  type: TypeEngine;

  constructor(type: TypeArgument) {
    super();
    this.type = toInstance(type);
  }
}

const BIND = /(?<![:\p{L}\p{N}_\\]):([\p{L}\p{N}_]+)(?!:)/gu;

export interface TextClause extends Executable {
  _generate(): this;
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  get visitName(): string;
}

export class TextClause extends ClauseElement {
  static override readonly visitName: string = "textclause";
  static override readonly traverse: TraverseSpec = [
    ["_bindparams", "clause-map"],
    ["text", "string"],
    ...Executable.traverse,
  ];
  static {
    roles.playsRoles(
      this,
      roles.DDLConstraintColumnRole,
      roles.DDLExpressionRole,
      roles.StatementOptionRole,
      roles.WhereHavingRole,
      roles.OrderByRole,
      roles.FromClauseRole,
      roles.SelectStatementRole,
      roles.InElementRole,
      roles.BinaryElementRole,
      roles.StatementRole,
    );
    mixin(this, Executable);
  }

  readonly text: string;
  _bindparams: Map<string, BindParameter>;
  declare readonly key: null;
  declare readonly _label: null;
  declare readonly _renderLabelInColumnsClause: boolean;
  declare readonly _allowLabelResolve: boolean;
  declare readonly _omitFromStatements: boolean;
  declare readonly _isImplicitlyBoolean: boolean;

  constructor(text: string) {
    super();
    if (typeof text !== "string")
      throw host.error("TypeError", `expected string or bytes-like object, got '${host.typeName(text)}'`);
    this.text = text;
    this._bindparams = new Map();
    for (const [, name] of text.matchAll(BIND))
      this._bindparams.set(name as string, new BindParameter(name as string));
  }

  get _hideFroms(): readonly never[] {
    return [];
  }

  /** `text("…") & other` */
  and_(other: Value): ColumnElement {
    return late.and_([this, other]);
  }

  get _selectIterable(): Iterable<ColumnElement> {
    return [this as unknown as ColumnElement];
  }

  override get _isStar(): boolean {
    return this.text === "*";
  }

  /** Values or whole parameters for names of the text. Throws ArgumentError for names it does not have. */
  override _negate(): never {
    throw host.error("AssertionError", "");
  }

  bindparams(binds: readonly Value[], namesToValues: Kwargs = new Map()): this {
    const made = this._generate();
    const params = new Map(this._bindparams);
    const existing = (name: string): BindParameter => {
      const found = params.get(name);
      if (!found)
        throw new ArgumentError(
          `This text() construct doesn't define a bound parameter named ${reprString(name)}`,
        );
      return found;
    };
    for (const bind of binds as readonly BindParameter[]) {
      if (!(bind instanceof BindParameter)) throw host.noAttribute(bind, "_orig_key");
      params.set(existing(bind._origKey)._origKey, bind);
    }
    for (const [name, value] of namesToValues)
      params.set(name, existing(name)._withValue(value, false, false));
    made._bindparams = params;
    return made;
  }

  /** The text as a SELECT with these columns; types by name. */
  columns(cols: readonly Value[], types: Kwargs = new Map()): TextualSelect {
    const rest = new Map(types);
    const input = cols.map((c) => expect(roles.LabeledColumnExprRole, c));
    const positional = input.map((col) => {
      if (!rest.has(col.key)) return col as ColumnElement;
      const type = rest.get(col.key) as TypeArgument;
      rest.delete(col.key);
      return new late.ColumnClause(col.key, type);
    });
    const keyed = [...rest].map(([key, type]) => new late.ColumnClause(key, type as TypeArgument));
    return new late.TextualSelect(
      this,
      [...positional, ...keyed],
      positional.length > 0 && keyed.length === 0,
      true,
    );
  }

  get type(): TypeEngine {
    return typeLate.nullType;
  }

  get comparator(): TypeComparator {
    return new this.type.comparatorFactory(this as unknown as ColumnElement);
  }

  override selfGroup(against: Against = null): ClauseElement {
    return against === operators.inOp ? new late.Grouping(this as unknown as ColumnElement) : this;
  }
}
defaults(TextClause, {
  _isTextClause: true,
  _isTextual: true,
  key: null,
  _label: null,
  _renderLabelInColumnsClause: false,
  _allowLabelResolve: false,
  _omitFromStatements: false,
  _isImplicitlyBoolean: false,
  isText: false,
});
late.TextClause = TextClause;
