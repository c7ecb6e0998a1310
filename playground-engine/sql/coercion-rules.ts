// The rule of each role: what it makes of strings, constants, SELECTs and FROM clauses that are given in its place.
//
// Rules are put together from a few habits (take constants, refuse text, make scalar subqueries …).
// Behaviour: SQLAlchemy sql/coercions.py (the …Impl classes).
import { ArgumentError, warn, warnDeprecated } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { ellipsesString, reprString } from "../util/text.ts";
import { deepDeannotate, type Annotatable } from "./annotation.ts";
import { hasCacheKey } from "./cache-key.ts";
import {
  defineRule,
  isLiteral,
  noTextCoercion,
  raiseExpected,
  type Expected,
  type ExpectOptions,
  type RoleRule,
} from "./coercions.ts";
import { BindParameter } from "./elements/bind.ts";
import { ClauseElement } from "./elements/clause.ts";
import { ClauseList } from "./elements/clause-list.ts";
import { ColumnElement } from "./elements/column.ts";
import { ColumnClause } from "./elements/column-clause.ts";
import { False_, Null, True_ } from "./elements/constants.ts";
import { LabelReference, TextualLabelReference } from "./elements/label-reference.ts";
import { TextClause } from "./elements/text.ts";
import { ExecutableOption } from "./base.ts";
import { classNameOf, classRepr, reprOf } from "./repr.ts";
import * as roles from "./roles.ts";
import type { Role } from "./roles.ts";
import { Alias, Subquery } from "./selectable/alias.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import { OffsetLimitParam } from "./selectable/limit.ts";
import type { SelectBase } from "./selectable/select-base.ts";
import { Values } from "./selectable/values.ts";

const IMPLICIT_FROM =
  "Implicit coercion of SELECT and textual SELECT constructs into FROM clauses is deprecated; please call .subquery() on any Core " +
  "select or ORM Query object in order to produce a subquery object.";

type Literal = RoleRule["literal"];
type Implicit = RoleRule["implicit"];
type Raise = (element: Value, argname?: string, resolved?: unknown, extra?: Expected) => never;

const raising =
  (role: Role): Raise =>
  (element, argname, resolved, extra) =>
    raiseExpected(role, element, argname, resolved, extra);
const refuse =
  (raise: Raise): Implicit =>
  (element, resolved, o) =>
    raise(element, o.argname, resolved);

/** None, False and True as SQL constants; undefined for anything else. */
function constant(element: Value): ColumnElement | undefined {
  if (element === null) return Null.instance;
  if (element === false) return False_.instance;
  if (element === true) return True_.instance;
  return undefined;
}

interface LiteralHabits {
  readonly constants?: boolean;
  readonly star?: boolean;
  readonly numerics?: boolean;
  readonly text?: (element: string, o: ExpectOptions) => unknown;
}

const NUMERIC = new Set(["int", "float", "decimal", "fraction", "complex", "bool"]);

const literals =
  (raise: Raise, habits: LiteralHabits): Literal =>
  (element, o) => {
    if (typeof element === "string" || host.kindOf(element) === "str") {
      const text = host.str(element);
      if (habits.star && text === "*") return new ColumnClause("*", null, true);
      return (habits.text ?? ((t) => noTextCoercion(t, o.argname)))(text, o);
    }
    if (habits.constants) {
      const c = constant(element);
      if (c) return c;
    }
    if (habits.numerics && NUMERIC.has(host.kindOf(element)))
      return new ColumnClause(host.str(element), null, true);
    return raise(element, o.argname);
  };

const isString = (v: Value): boolean => typeof v === "string" || host.kindOf(v) === "str";

/** Text is refused, politely where text() would do. */
const noText =
  (role: Role, raise: Raise): Literal =>
  (element, o) =>
    isString(element) && roles.classPlaysRole(TextClause, role)
      ? noTextCoercion(host.str(element), o.argname)
      : raise(element, o.argname);

const keepLiteral: Literal = (element) => element;

/** Strings are keys and stay. */
const stringKey =
  (raise: Raise): Implicit =>
  (element, resolved, o) =>
    isString(element) ? host.str(element) : raise(element, o.argname, resolved);

function scalarSubqueryWarning(): void {
  warn(
    "implicitly coercing SELECT object to scalar subquery; please use the .scalar_subquery() method to produce a scalar subquery.",
  );
}

/** A SELECT in the place of a column is a scalar subquery, with a warning. */
const columnLike =
  (role: Role, raise: Raise): Implicit =>
  (element, resolved, o) => {
    const r = resolved as ClauseElement | null;
    if (!(r as { isClauseElement?: boolean } | null)?.isClauseElement)
      return raise(element, o.argname, resolved);
    if ((r as ClauseElement)._isSelectBase) {
      scalarSubqueryWarning();
      return (r as unknown as SelectBase).scalarSubquery();
    }
    if (r instanceof Subquery) {
      scalarSubqueryWarning();
      return (r.element as SelectBase).scalarSubquery();
    }
    if (role.allowsLambda && (r as ClauseElement)._isLambdaElement) return r;
    return raise(element, o.argname, resolved);
  };

/** Advice for a SELECT where a FROM element is wanted. */
const selectIsNotFrom =
  (role: Role): Raise =>
  (element, argname, resolved = null, extra = {}) => {
    const isSelect = (v: unknown): boolean => roles.playsRole(v, roles.SelectStatementRole);
    if ((!extra.advice && isSelect(element)) || isSelect(resolved)) {
      const what = resolved !== null ? classRepr(resolved as object) : reprOf(element);
      return raiseExpected(role, element, argname, resolved, {
        ...extra,
        code: "89ve",
        advice: `To create a FROM clause from a ${what} object, use the .subquery() method.`,
      });
    }
    return raiseExpected(role, element, argname, resolved, extra);
  };

/** Advice for a FROM element where an expression is wanted. */
const expressionRaise =
  (role: Role): Raise =>
  (element, argname, resolved, extra) =>
    raiseExpected(role, element, argname, resolved, {
      ...extra,
      advice:
        element instanceof Values
          ? "To create a column expression from a VALUES clause, use the .scalar_values() method."
          : roles.playsRole(element, roles.AnonymizedFromClauseRole)
            ? "To create a column expression from a FROM clause row as a whole, use the .table_valued() method."
            : null,
    });

function define(role: Role, make: (raise: Raise) => Partial<RoleRule>, raise: Raise = raising(role)): void {
  defineRule(role, {
    literal: (element, o) => raise(element, o.argname),
    implicit: refuse(raise),
    ...make(raise),
  });
}

// -- values and expressions ------------------------------------------------------------------

define(roles.LiteralValueRole, (raise) => ({
  literalOnly: true,
  literal: keepLiteral,
  implicit: (element, resolved, o) =>
    isLiteral(resolved)
      ? new BindParameter(null, element, {
          type: o.type ?? null,
          unique: true,
          literalExecute: o.literalExecute ?? false,
        })
      : raise(element, o.argname, resolved),
}));

/** A plain value as bound parameter; what cannot be one is told apart with the same words. */
function bound(raise: Raise, element: Value, make: () => ColumnElement): ColumnElement {
  try {
    return make();
  } catch (e) {
    if (e instanceof ArgumentError) return raise(element, undefined, null, { cause: e });
    throw e;
  }
}

const expressionLiteral =
  (raise: Raise): Literal =>
  (element, o) => {
    if (element === null && !o.isCrud && !o.type?.shouldEvaluateNone) return Null.instance;
    return bound(
      raise,
      element,
      () =>
        new BindParameter(o.name ?? null, element, {
          type: o.type ?? null,
          unique: true,
          isCrud: o.isCrud ?? false,
        }),
    );
  };

define(
  roles.ExpressionElementRole,
  (raise) => ({
    literal: expressionLiteral(raise),
    implicit: columnLike(roles.ExpressionElementRole, raise),
  }),
  expressionRaise(roles.ExpressionElementRole),
);

define(
  roles.LabeledColumnExprRole,
  (raise) => ({
    literal: expressionLiteral(raise),
    implicit: (element, resolved, o) => {
      if (roles.playsRole(resolved, roles.ExpressionElementRole))
        return (resolved as ColumnElement).label(null);
      const made = columnLike(roles.LabeledColumnExprRole, raise)(element, resolved, o);
      return roles.playsRole(made, roles.ExpressionElementRole)
        ? (made as ColumnElement).label(null)
        : raise(element, o.argname, resolved);
    },
  }),
  expressionRaise(roles.LabeledColumnExprRole),
);

define(
  roles.BinaryElementRole,
  (raise) => ({
    literal: (element, o) =>
      bound(raise, element, () =>
        (o.expr as ColumnElement)._bindParam(o.operator ?? null, element, o.bindparamType ?? null),
      ),
    implicit: columnLike(roles.BinaryElementRole, raise),
    post: (resolved: ColumnElement, o) =>
      (resolved.type.isNullType || resolved._adaptsType) && !(o.expr as ColumnElement).type.isNullType
        ? resolved._withBinaryElementType(o.bindparamType ?? (o.expr as ColumnElement).type)
        : resolved,
  }),
  expressionRaise(roles.BinaryElementRole),
);

const inPost = (element: ClauseElement, o: ExpectOptions): unknown => {
  if (element._isSelectBase) return (element as unknown as SelectBase).scalarSubquery();
  if (element instanceof ClauseList) return element.selfGroup(o.operator ?? null);
  if (element instanceof BindParameter) {
    const made = element._clone({ maintainKey: true });
    made.expanding = true;
    made.expandOp = o.operator ?? null;
    return made;
  }
  return element instanceof Values ? element.scalarValues() : element;
};

/** Columns, expressions and mapped attributes: text() and a whole select() stand for no value among others. */
const hasOperators = (item: Value): boolean =>
  item instanceof ColumnElement || typeof (item as Partial<ColumnElement> | null)?.operate === "function";

define(roles.InElementRole, (raise) => ({
  literal: (element, o) => {
    const items = isString(element) ? undefined : host.iterate(element);
    if (!items) return raise(element, o.argname);
    const list = [...items];
    const expr = o.expr as ColumnElement;
    let expressions = false;
    for (const item of list) {
      if (isLiteral(item)) continue;
      if (!hasOperators(item)) return raise(host.makeList(list), o.argname);
      expressions = true;
    }
    if (!expressions) return expr._bindParam(o.operator ?? null, host.makeList(list), null, true);
    return new ClauseList(
      list.map((item) => (isLiteral(item) ? expr._bindParam(o.operator ?? null, item) : item)),
    );
  },
  post: inPost,
  implicit: (element, resolved, o) => {
    const r = resolved as ClauseElement & FromClause;
    if (!r._isFromClause) return raise(element, o.argname, resolved);
    warn(
      `Coercing ${classNameOf(r)} object into a select() for use in IN(); please pass a select() construct explicitly`,
    );
    return inPost(r instanceof Alias && r.element._isSelectBase ? r.element : r.select(), o);
  },
}));

define(roles.OnClauseRole, (raise) => ({
  literal: (element) => raise(element),
  implicit: columnLike(roles.OnClauseRole, raise),
  post: (resolved, o) =>
    roles.playsRole(o.originalElement, roles.JoinTargetRole) ? o.originalElement : resolved,
}));

define(roles.WhereHavingRole, (raise) => ({
  literal: literals(raise, { constants: true }),
  implicit: columnLike(roles.WhereHavingRole, raise),
}));
define(roles.StatementOptionRole, (raise) => ({
  literal: literals(raise, { constants: true, text: (t) => new TextClause(t) }),
}));
define(roles.ConstExprRole, (raise) => ({
  literal: (element, o) => constant(element) ?? raise(element, o.argname),
}));

// -- columns -------------------------------------------------------------------------------------

define(roles.ColumnArgumentRole, (raise) => ({ literal: noText(roles.ColumnArgumentRole, raise) }));
define(roles.ColumnArgumentOrKeyRole, (raise) => ({ literal: keepLiteral, implicit: stringKey(raise) }));
define(roles.StrAsPlainColumnRole, (raise) => ({
  literal: literals(raise, { text: (t) => new ColumnClause(t) }),
}));

const byOfLiteral = (raise: Raise): Literal =>
  literals(raise, { constants: true, text: (t) => new TextualLabelReference(t) });

define(roles.ByOfRole, (raise) => ({
  literal: byOfLiteral(raise),
  implicit: columnLike(roles.ByOfRole, raise),
}));
define(roles.OrderByRole, (raise) => ({
  literal: byOfLiteral(raise),
  implicit: columnLike(roles.OrderByRole, raise),
  post: (resolved: ColumnElement) =>
    resolved._orderByLabelElement !== null ? new LabelReference(resolved) : resolved,
}));
define(roles.GroupByRole, (raise) => ({
  literal: byOfLiteral(raise),
  implicit: (_element, resolved) =>
    (resolved as ClauseElement)._isFromClause
      ? new ClauseList([...(resolved as unknown as FromClause).c])
      : resolved,
}));

define(roles.DMLColumnRole, (raise) => ({
  literal: keepLiteral,
  implicit: stringKey(raise),
  post: (element: ColumnElement, o) => (o.asKey ? element.key : element),
}));

define(roles.TruncatedLabelRole, (raise) => ({
  literalOnly: true,
  literal: keepLiteral,
  implicit: stringKey(raise),
}));

define(roles.DDLExpressionRole, (raise) => ({
  literal: literals(raise, { constants: true, text: (t) => new TextClause(t) }),
  post: (resolved: Annotatable) => deepDeannotate(resolved),
}));
for (const role of [roles.DDLConstraintColumnRole, roles.DDLReferredColumnRole])
  define(role, (raise) => ({
    literal: keepLiteral,
    implicit: stringKey(raise),
    post: (resolved: Annotatable) => deepDeannotate(resolved),
  }));

define(roles.LimitOffsetRole, (raise) => ({
  literal: (element, o) =>
    element === null
      ? null
      : new OffsetLimitParam(o.name ?? null, asInt(element), { type: o.type ?? null, unique: true }),
  implicit: (element, resolved, o) => (resolved === null ? null : raise(element, o.argname, resolved)),
}));

/** `int(value)` of what limit() and offset() take. */
export function asInt(value: Value): number | bigint | null {
  if (value === null || typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const kind = host.kindOf(value);
  if (kind === "float") return Math.trunc(host.types.readFloat(value));
  if (kind === "int") return Number(host.str(value));
  if (kind === "str") {
    const text = host.str(value).trim().replaceAll("_", "");
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    throw host.error("ValueError", `invalid literal for int() with base 10: ${host.repr(value)}`);
  }
  if (kind === "decimal") return Math.trunc(Number(host.types.readDecimal(value)));
  throw host.error(
    "TypeError",
    `int() argument must be a string, a bytes-like object or a real number, not '${host.typeName(value)}'`,
  );
}

const STRAIGHT_COLUMN = /^[\p{L}\p{N}_]\S*$/u;

define(
  roles.ColumnsClauseRole,
  (raise) => ({
    literal: literals(raise, {
      constants: true,
      numerics: true,
      star: true,
      text: (element, o) => {
        const shown = reprString(ellipsesString(element));
        const fn = STRAIGHT_COLUMN.test(element) ? "column" : "literal_column";
        throw new ArgumentError(
          `Textual column expression ${shown} ${o.argname ? `for argument ${o.argname}` : ""}should be explicitly declared with text(${shown}), or use ${fn}(${shown}) for more specificity`,
        );
      },
    }),
  }),
  (element, argname, resolved, extra = {}) => {
    const list =
      !extra.advice && typeof element === "object" && element !== null && host.kindOf(element) === "list";
    const advice = list
      ? `Did you mean to say select(${[...(host.iterate(element) ?? [])].map(reprOf).join(", ")})?`
      : extra.advice;
    return selectIsNotFrom(roles.ColumnsClauseRole)(element, argname, resolved, { ...extra, advice });
  },
);

// -- FROM, SELECT and statements ---------------------------------------------------------------------

define(roles.ReturnsRowsRole, () => ({}));
define(roles.HasCTERole, () => ({}));
define(roles.IsCTERole, () => ({}));

define(roles.StatementRole, (raise) => ({
  literal: literals(raise, {}),
  implicit: (element, resolved, o) =>
    (resolved as ClauseElement)._isLambdaElement ? resolved : raise(element, o.argname, resolved),
  post: (resolved, o) => {
    const given = o.originalElement;
    if (
      resolved !== given &&
      !isString(given) &&
      typeof (given as { _executeOnConnection?: unknown })._executeOnConnection !== "function"
    )
      warnDeprecated(
        `Object ${reprOf(given)} should not be used directly in a SQL statement context, such as passing to methods such as session.execute().  This usage ` +
          "will be disallowed in a future release.  Please use Core select() / update() / delete() etc. with Session.execute() and other statement execution " +
          "methods.",
      );
    return resolved;
  },
}));

define(roles.SelectStatementRole, (raise) => ({
  literal: noText(roles.SelectStatementRole, raise),
  implicit: (element, resolved, o) =>
    resolved instanceof TextClause ? resolved.columns([]) : raise(element, o.argname, resolved),
}));

define(roles.JoinTargetRole, (raise) => ({
  keepTarget: true,
  implicit: (element, resolved, o) => {
    if (roles.playsRole(element, roles.JoinTargetRole)) return element;
    if (o.legacy && (resolved as ClauseElement)._isSelectBase) {
      warnDeprecated(IMPLICIT_FROM);
      return resolved;
    }
    return raise(element, o.argname, resolved);
  },
}));

define(
  roles.FromClauseRole,
  (raise) => ({
    literal: noText(roles.FromClauseRole, raise),
    implicit: (element, resolved, o) => {
      const r = resolved as ClauseElement & SelectBase;
      if (r._isSelectBase) {
        if (o.explicitSubquery) return r.subquery();
        if (o.allowSelect ?? true) {
          warnDeprecated(IMPLICIT_FROM);
          return r._implicitSubquery;
        }
      } else if (r._isTextClause) return r;
      return raise(element, o.argname, resolved);
    },
    post: (element: Annotatable, o) => (o.deannotate ? element._deannotate() : element),
  }),
  selectIsNotFrom(roles.FromClauseRole),
);

const strictFrom = (raise: Raise): Partial<RoleRule> => ({
  literal: noText(roles.StrictFromClauseRole, raise),
  implicit: (element, resolved, o) => {
    const r = resolved as ClauseElement & SelectBase;
    if (!r._isSelectBase || !o.allowSelect) return raise(element, o.argname, resolved);
    warnDeprecated(IMPLICIT_FROM);
    return r._implicitSubquery;
  },
});
define(
  roles.StrictFromClauseRole,
  (raise) => ({
    ...strictFrom(raise),
    post: (element: Annotatable, o) => (o.deannotate ? element._deannotate() : element),
  }),
  selectIsNotFrom(roles.StrictFromClauseRole),
);
define(
  roles.AnonymizedFromClauseRole,
  (raise) => ({
    ...strictFrom(raise),
    post: (element: FromClause, o) => element._anonymousFromclause({ flat: o.flat ?? false }),
  }),
  selectIsNotFrom(roles.AnonymizedFromClauseRole),
);

define(
  roles.DMLTableRole,
  (raise) => ({
    literal: noText(roles.DMLTableRole, raise),
    post: (element: Annotatable) => element._annotations.get("dml_table") ?? element,
  }),
  selectIsNotFrom(roles.DMLTableRole),
);

define(roles.DMLSelectRole, (raise) => ({
  literal: noText(roles.DMLSelectRole, raise),
  implicit: (element, resolved, o) => {
    const r = resolved as ClauseElement & FromClause;
    if (!r._isFromClause) return raise(element, o.argname, resolved);
    return r instanceof Alias && r.element._isSelectBase ? r.element : r.select();
  },
}));

define(
  roles.CompoundElementRole,
  (raise) => ({ literal: noText(roles.CompoundElementRole, raise) }),
  (element, argname, resolved, extra) =>
    raiseExpected(roles.CompoundElementRole, element, argname, resolved, {
      ...extra,
      advice: !roles.playsRole(element, roles.FromClauseRole)
        ? null
        : (element as ClauseElement)._isSubquery
          ? "Use the plain select() object without calling .subquery() or .alias()."
          : "To SELECT from any FROM clause, use the .select() method.",
    }),
);

define(roles.ExecutableOptionRole, (raise) => ({
  literal: keepLiteral,
  implicit: (element, resolved, o) =>
    element instanceof ExecutableOption ? element : raise(element, o.argname, resolved),
}));
define(roles.HasCacheKeyRole, (raise) => ({
  literal: keepLiteral,
  implicit: (element, resolved, o) => (hasCacheKey(element) ? element : raise(element, o.argname, resolved)),
}));
