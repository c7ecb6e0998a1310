// The operators that HSTORE and JSONB have in common: which keys are there, and which container is part of which.
// Behaviour: SQLAlchemy dialects/postgresql/hstore.py, json.py.
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { Operator } from "../../sql/operators.ts";
import { BOOLEANTYPE } from "../../sql/types/index.ts";
import type { Value } from "../../util/host.ts";
import { CONTAINED_BY, CONTAINS, HAS_ALL, HAS_ANY, HAS_KEY } from "./operators.ts";

interface Operates {
  operate(operator: Operator, other: readonly Value[], options: object): ColumnElement;
}

/** A question that the database answers by true or false. */
export const ask = (subject: Operates, operator: Operator, other: Value): ColumnElement =>
  subject.operate(operator, [other], { resultType: BOOLEANTYPE });

/** Laid into a comparator's class by mixin(). */
export abstract class KeyedComparator {
  hasKey(this: Operates, other: Value): ColumnElement {
    return ask(this, HAS_KEY, other);
  }
  hasAll(this: Operates, other: Value): ColumnElement {
    return ask(this, HAS_ALL, other);
  }
  hasAny(this: Operates, other: Value): ColumnElement {
    return ask(this, HAS_ANY, other);
  }
  contains(this: Operates, other: Value): ColumnElement {
    return ask(this, CONTAINS, other);
  }
  containedBy(this: Operates, other: Value): ColumnElement {
    return ask(this, CONTAINED_BY, other);
  }
}
