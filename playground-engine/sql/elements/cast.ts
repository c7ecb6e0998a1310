// CAST, TRY_CAST and type_coerce(). Behaviour: SQLAlchemy sql/elements.py.
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { mixin } from "../mixin.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { toInstance, type TypeArgument } from "../types/engine.ts";
import { BindParameter } from "./bind.ts";
import type { ClauseElement } from "./clause.ts";
import { ColumnElement, WrapsColumnExpression } from "./column.ts";
import { TypeClause } from "./text.ts";
import type { FromClause } from "../selectable/from-clause.ts";

const SPEC: TraverseSpec = [
  ["clause", "clause"],
  ["type", "type"],
];

abstract class WithClause extends ColumnElement {
  clause: ColumnElement;

  constructor(expression: Value, type: TypeArgument) {
    super();
    this.type = toInstance(type);
    this.clause = expect(roles.ExpressionElementRole, expression, {
      type: this.type,
      applyPropagateAttrs: this,
    });
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.clause._fromObjects;
  }

  get wrappedColumnExpression(): ColumnElement {
    return this.clause;
  }
}

export class Cast extends WithClause {
  static override readonly visitName: string = "cast";
  static override readonly traverse: TraverseSpec = SPEC;
  static {
    mixin(this, WrapsColumnExpression);
  }
  readonly typeclause: TypeClause;

  constructor(expression: Value, type: TypeArgument) {
    super(expression, type);
    this.typeclause = new TypeClause(this.type);
  }
}
late.Cast = Cast;

export class TryCast extends Cast {
  static override readonly visitName: string = "try_cast";
  static override readonly inheritCache: boolean = true;
}

/** An expression that Python sees as another type, without a trace in SQL. */
export class TypeCoerce extends WithClause {
  static override readonly visitName: string = "type_coerce";
  static override readonly traverse: TraverseSpec = [...SPEC];
  static {
    mixin(this, WrapsColumnExpression);
  }

  get typedExpression(): ColumnElement {
    if (!(this.clause instanceof BindParameter)) return this.clause;
    const memos = this._memos;
    if (memos["typed"] === undefined) {
      const bind = this.clause._clone();
      bind.type = this.type;
      memos["typed"] = bind;
    }
    return memos["typed"] as ColumnElement;
  }

  override selfGroup(against: Against = null): ClauseElement {
    const grouped = this.clause.selfGroup(against);
    return grouped === this.clause ? this : new TypeCoerce(grouped, this.type);
  }
}
