// The knot between elements, selectables, coercions, types and the compiler, tied at one place.
//
// Modules that others need before they can import them put themselves here when they load; it is read in function
// bodies only. sql/index.ts loads them all and ties in what the types give (types/type-late.ts holds the rest).
import type { Value } from "../util/host.ts";
import type { CacheKey } from "./cache-key.ts";
import type { AsBoolean } from "./elements/unary.ts";
import type { BinaryExpression, Grouping } from "./elements/binary.ts";
import type { BindParameter } from "./elements/bind.ts";
import type { Cast } from "./elements/cast.ts";
import type { ClauseElement } from "./elements/clause.ts";
import type { ClauseList } from "./elements/clause-list.ts";
import type { ColumnElement } from "./elements/column.ts";
import type { ColumnClause, TableValuedColumn } from "./elements/column-clause.ts";
import type { Label } from "./elements/label.ts";
import type { TextClause } from "./elements/text.ts";
import type { UnaryExpression } from "./elements/unary.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import type { Join } from "./selectable/join.ts";
import type { Alias, CTE, Lateral, Subquery, TableSample, TableValuedAlias } from "./selectable/alias.ts";
import type { Exists, ScalarSelect } from "./selectable/scalar.ts";
import type { Select } from "./selectable/select.ts";
import type { CompoundSelect } from "./selectable/compound.ts";
import type { SelectBase } from "./selectable/select-base.ts";
import type { TextualSelect } from "./selectable/textual.ts";
import type { Delete, Insert, Update } from "./dml.ts";
import type { TypeArgument, TypeEngine } from "./types/engine.ts";

/** What SQLAlchemy's inspect() of a mapped class, an alias or an instance gives, as far as statements ask. */
export interface Inspected {
  clauseElement?(): unknown;
  /** Mappers are configured when this is read. */
  readonly _postInspect?: unknown;
}

/** Options of compile(), as the engine and programs give them. */
export interface CompileOptions {
  readonly columnKeys?: readonly string[] | null;
  readonly forExecutemany?: boolean;
  readonly schemaTranslateMap?: ReadonlyMap<string | null, string | null> | null;
  readonly cacheKey?: CacheKey | null;
  readonly linting?: number;
  readonly renderSchemaTranslate?: boolean;
  /** compile_kwargs={"literal_binds": True} */
  readonly compileKwargs?: ReadonlyMap<string, Value> | null;
}

/** A compiled statement, as far as statements know one. */
export interface CompiledLike {
  toString(): string;
}

/** A dialect, as far as statements know one. */
export interface DialectLike {
  readonly name: string;
}

export interface Late {
  // elements
  AsBoolean: typeof AsBoolean;
  BinaryExpression: typeof BinaryExpression;
  BindParameter: typeof BindParameter;
  Cast: typeof Cast;
  ClauseList: typeof ClauseList;
  ColumnClause: typeof ColumnClause;
  Grouping: typeof Grouping;
  Label: typeof Label;
  TableValuedColumn: typeof TableValuedColumn;
  TextClause: typeof TextClause;
  UnaryExpression: typeof UnaryExpression;
  and_(clauses: readonly Value[]): ColumnElement;
  or_(clauses: readonly Value[]): ColumnElement;
  // selectables
  Alias: typeof Alias;
  CTE: typeof CTE;
  CompoundSelect: typeof CompoundSelect;
  Exists: typeof Exists;
  Join: typeof Join;
  Lateral: typeof Lateral;
  ScalarSelect: typeof ScalarSelect;
  Select: typeof Select;
  SelectBase: typeof SelectBase;
  Subquery: typeof Subquery;
  TableSample: typeof TableSample;
  TableValuedAlias: typeof TableValuedAlias;
  TextualSelect: typeof TextualSelect;
  Insert: typeof Insert;
  Update: typeof Update;
  Delete: typeof Delete;
  /** func.system(sampling), for TABLESAMPLE */
  systemFunction(args: readonly Value[]): ColumnElement;
  isFunctionElement(v: unknown): boolean;
  reduceColumns(
    columns: Iterable<ColumnElement>,
    clauses: readonly (ClauseElement | null)[],
    options?: { onlySynonyms?: boolean },
  ): ColumnElement[];
  /** A clause with its columns taken from two FROM elements. */
  adaptTo(left: FromClause, right: FromClause, clause: ColumnElement): ColumnElement;
  findTables(clause: ClauseElement): FromClause[];
  /** What a function gives that stands where an expression is expected. */
  lambdaResult(fn: Value): Value;

  // types
  toInstance(type: TypeArgument): TypeEngine;
  matchType: TypeEngine;
  tableValueType: TypeEngine;
  tupleType(types: readonly TypeEngine[]): TypeEngine;
  makeTableValueType(elements: readonly Value[]): TypeEngine;
  arrayType(itemType: TypeEngine, dimensions?: number | null): TypeEngine;

  // outside: the compiler, the dialects, the ORM
  /** Compile with a dialect; without one with that of str(). */
  compile(element: ClauseElement, dialect: DialectLike | null, options: CompileOptions): CompiledLike;
  dialectNamed(name: string): DialectLike;
  /** inspect(value) where it is known; set by the ORM. */
  inspect(value: Value): Inspected | undefined;
}

export const late: Late = { inspect: () => undefined } as unknown as Late;
