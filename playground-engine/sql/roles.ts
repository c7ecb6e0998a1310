// What an object may stand for in a statement: the grammar of SQLAlchemy's arguments.
//
// A class says which roles it plays; coercions.ts turns a given value into an object of the role that is asked for, or
// explains what was expected. Roles inherit: an ON clause position takes whatever plays a role derived from it.
// Behaviour: SQLAlchemy sql/roles.py.
import type { ClauseElement } from "./elements/clause.ts";
import type { ColumnElement } from "./elements/column.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import type { SelectBase } from "./selectable/select-base.ts";
import type { CTE } from "./selectable/alias.ts";

/** T is what coercion to this role gives back. */
export class Role<T = unknown> {
  readonly key: string;
  /** How error messages call the role. */
  readonly roleName: string;
  readonly allowsLambda: boolean;
  readonly usesInspection: boolean;
  /** This role and all it derives from. */
  readonly lineage: ReadonlySet<Role>;
  /** What coercions.ts does for it; it says so with defineRule. @internal */
  rule: unknown = undefined;
  /** Type only. */
  declare readonly result: T;

  constructor(
    key: string,
    roleName: string | undefined,
    bases: readonly Role[] = [],
    flags: { lambda?: boolean; inspection?: boolean } = {},
  ) {
    this.key = key;
    this.roleName = roleName ?? bases[0]?.roleName ?? "";
    this.allowsLambda = flags.lambda ?? bases.some((b) => b.allowsLambda);
    this.usesInspection = flags.inspection ?? bases.some((b) => b.usesInspection);
    this.lineage = new Set<Role>([this, ...bases.flatMap((b) => [...b.lineage])]);
  }
}

type Named = ColumnElement & { key: string };

export const HasCacheKeyRole = new Role<object>("HasCacheKey", "Cacheable Core or ORM object");
export const ExecutableOptionRole = new Role<object>(
  "ExecutableOption",
  "ExecutionOption Core or ORM object",
);
export const LiteralValueRole = new Role<ColumnElement>("LiteralValue", "Literal Python value");
export const ColumnArgumentRole = new Role<ColumnElement>("ColumnArgument", "Column expression");
export const ColumnArgumentOrKeyRole = new Role<ColumnElement | string>(
  "ColumnArgumentOrKey",
  "Column expression or string key",
  [ColumnArgumentRole],
);
export const StrAsPlainColumnRole = new Role<Named>("StrAsPlainColumn", "Column expression or string key", [
  ColumnArgumentRole,
]);
export const ColumnListRole = new Role<ClauseElement>("ColumnList", undefined);
export const StringRole = new Role<string>("String", undefined);
export const TruncatedLabelRole = new Role<string>("TruncatedLabel", "String SQL identifier", [StringRole]);
export const ColumnsClauseRole = new Role<ColumnElement>(
  "ColumnsClause",
  "Column expression, FROM clause, or other columns clause element",
  [ColumnListRole],
  { lambda: true, inspection: true },
);
export const TypedColumnsClauseRole = new Role("TypedColumnsClause", undefined);
export const LimitOffsetRole = new Role<ColumnElement | null>("LimitOffset", "LIMIT / OFFSET expression");
export const ByOfRole = new Role<ColumnElement>("ByOf", "GROUP BY / OF / etc. expression", [ColumnListRole]);
export const GroupByRole = new Role<ColumnElement>("GroupBy", "GROUP BY expression", [ByOfRole], {
  lambda: true,
  inspection: true,
});
export const OrderByRole = new Role<ColumnElement>("OrderBy", "ORDER BY expression", [ByOfRole], {
  lambda: true,
});
export const StructuralRole = new Role<ClauseElement>("Structural", undefined);
export const StatementOptionRole = new Role<ClauseElement>(
  "StatementOption",
  "statement sub-expression element",
  [StructuralRole],
);
export const OnClauseRole = new Role<ColumnElement>(
  "OnClause",
  "ON clause, typically a SQL expression or ORM relationship attribute",
  [StructuralRole],
  { lambda: true },
);
export const WhereHavingRole = new Role<ColumnElement>(
  "WhereHaving",
  "SQL expression for WHERE/HAVING role",
  [OnClauseRole],
);
export const ExpressionElementRole = new Role<ColumnElement>("ExpressionElement", "SQL expression element", [
  TypedColumnsClauseRole,
]);
export const ConstExprRole = new Role<ColumnElement>("ConstExpr", "Constant True/False/None expression", [
  ExpressionElementRole,
]);
export const LabeledColumnExprRole = new Role<Named>("LabeledColumnExpr", undefined, [ExpressionElementRole]);
export const BinaryElementRole = new Role<ColumnElement>(
  "BinaryElement",
  "SQL expression element or literal value",
  [ExpressionElementRole],
);
export const InElementRole = new Role<ColumnElement>(
  "InElement",
  "IN expression list, SELECT construct, or bound parameter object",
);
export const JoinTargetRole = new Role<FromClause>(
  "JoinTarget",
  "Join target, typically a FROM expression, or ORM relationship attribute",
  [StructuralRole],
  { lambda: true, inspection: true },
);
export const FromClauseRole = new Role<FromClause>(
  "FromClause",
  "FROM expression, such as a Table or alias() object",
  [ColumnsClauseRole, JoinTargetRole],
);
export const StrictFromClauseRole = new Role<FromClause>("StrictFromClause", undefined, [FromClauseRole]);
export const AnonymizedFromClauseRole = new Role<FromClause>("AnonymizedFromClause", undefined, [
  StrictFromClauseRole,
]);
export const ReturnsRowsRole = new Role<FromClause | SelectBase>(
  "ReturnsRows",
  "Row returning expression such as a SELECT, a FROM clause, or an INSERT/UPDATE/DELETE with RETURNING",
);
export const StatementRole = new Role<ClauseElement>("Statement", "Executable SQL or text() construct");
export const SelectStatementRole = new Role<SelectBase>(
  "SelectStatement",
  "SELECT construct or equivalent text() construct",
  [StatementRole, ReturnsRowsRole],
);
export const HasCTERole = new Role<SelectBase>("HasCTE", undefined, [ReturnsRowsRole]);
export const IsCTERole = new Role<CTE>("IsCTE", "CTE object");
export const CompoundElementRole = new Role<SelectBase>(
  "CompoundElement",
  "SELECT construct for inclusion in a UNION or other set construct",
  [],
  { lambda: true },
);
export const DMLRole = new Role<ClauseElement>("DML", undefined, [StatementRole]);
export const DMLTableRole = new Role<FromClause>(
  "DMLTable",
  "subject table for an INSERT, UPDATE or DELETE",
  [FromClauseRole],
);
export const DMLColumnRole = new Role<ColumnElement | string>(
  "DMLColumn",
  "SET/VALUES column expression or string key",
);
export const DMLSelectRole = new Role<SelectBase>(
  "DMLSelect",
  "SELECT statement or equivalent textual object",
);
export const DDLRole = new Role<ClauseElement>("DDL", undefined, [StatementRole]);
export const DDLExpressionRole = new Role<ColumnElement>(
  "DDLExpression",
  "SQL expression element for DDL constraint",
  [StructuralRole],
);
export const DDLConstraintColumnRole = new Role<ColumnElement | string>(
  "DDLConstraintColumn",
  "String column name or column expression for DDL constraint",
);
export const DDLReferredColumnRole = new Role<ColumnElement | string>(
  "DDLReferredColumn",
  "String column name or Column object for DDL foreign key constraint",
  [DDLConstraintColumnRole],
);

const NONE: ReadonlySet<Role> = new Set();

/** Say which roles the instances of a class play, besides those of its base class. For a class's static block. */
export function playsRoles(cls: abstract new (...args: never[]) => object, ...roles: readonly Role[]): void {
  const proto = cls.prototype as { _roles?: ReadonlySet<Role> };
  Object.defineProperty(proto, "_roles", {
    value: new Set([...(proto._roles ?? NONE), ...roles.flatMap((r) => [...r.lineage])]),
    configurable: true,
  });
}

/** Whether an object is of a class that plays the role. */
export function playsRole(v: unknown, role: Role): boolean {
  return (
    typeof v === "object" && v !== null && ((v as { _roles?: ReadonlySet<Role> })._roles ?? NONE).has(role)
  );
}

/** Whether instances of a class play the role. */
export function classPlaysRole(cls: abstract new (...args: never[]) => object, role: Role): boolean {
  return ((cls.prototype as { _roles?: ReadonlySet<Role> })._roles ?? NONE).has(role);
}
