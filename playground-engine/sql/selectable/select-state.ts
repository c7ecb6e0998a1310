// SelectState: a SELECT just before it is printed, with its joins resolved and its FROM list worked out.
//
// The ORM's compile state takes its place where entities are selected. Behaviour: SQLAlchemy sql/selectable.py (SelectState).
import { InvalidRequestError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { findLeftClauseThatMatchesGiven, findLeftClauseToJoinFrom } from "../find-from.ts";
import {
  CacheableOptions,
  clonedDifference,
  clonedIntersection,
  CompileState,
  expandCloned,
  pluginFor,
  selectIterables,
} from "../base.ts";
import { ElementSet } from "../element-set.ts";
import { anonymousLabel } from "../names.ts";
import { reprOf } from "../repr.ts";
import type { SetupJoin } from "../traverse-spec.ts";
import type { ClauseElement } from "../elements/clause.ts";
import type { ColumnElement } from "../elements/column.ts";
import { columnNamingConvention, type ColumnPlusNames } from "./columns-plus-names.ts";
import type { FromClause } from "./from-clause.ts";
import { Join } from "./join.ts";
import type { SelectLabelStyle } from "./label-style.ts";
import type { Select } from "./select.ts";

/** What a name in ORDER BY or GROUP BY may mean: [selected columns then FROM columns, FROM columns, selected columns]. */
export type LabelResolveDict = readonly [
  withCols: ReadonlyMap<string, ColumnElement>,
  onlyFroms: ReadonlyMap<string, ColumnElement>,
  onlyCols: ReadonlyMap<string, ColumnElement>,
];

/** One of `column_descriptions`: a dictionary of the program. @internal */
export function description(name: string | null, column: ColumnElement): Value {
  return host.makeDict([
    ["name", name],
    ["type", column.type],
    ["expr", column],
  ]);
}

/** Questions about a SELECT that its plugin answers, before compilation. */
export interface SelectStateClass {
  getColumnDescriptions(statement: Select): readonly unknown[];
  fromStatement(statement: Select, fromStatement: unknown): unknown;
  getColumnsClauseFroms(statement: Select): FromClause[];
  determineLastJoinedEntity(statement: Select): unknown;
  allSelectedColumns(statement: Select): ColumnElement[];
}

export class SelectState extends CompileState {
  static readonly defaultSelectCompileOptions: CacheableOptions = new CacheableOptions();

  declare readonly statement: Select;
  /** select_from() and joins. */
  fromClauses: readonly FromClause[];
  /** All FROM elements, those hidden in joins left out. */
  froms: readonly FromClause[];
  columnsPlusNames: readonly ColumnPlusNames[];
  private labels: LabelResolveDict | undefined;

  constructor(statement: Select, _compiler?: unknown, _options?: unknown) {
    super(statement);
    this.fromClauses = statement._fromObj;
    for (const entities of statement._memoizedSelectEntities)
      this.setupJoins(entities._setupJoins, entities._rawColumns);
    if (statement._setupJoins.length) this.setupJoins(statement._setupJoins, statement._rawColumns);
    this.froms = this.getFroms(statement);
    this.columnsPlusNames = statement._generateColumnsPlusNames(true);
  }

  // -- answered for the class ------------------------------------------------------------------

  static getColumnDescriptions(statement: Select): readonly unknown[] {
    return statement
      ._generateColumnsPlusNames(false)
      .map(({ proxyName, column }) => description(proxyName, column));
  }

  static fromStatement(_statement: Select, _fromStatement: unknown): unknown {
    throw host.error(
      "NotImplementedError",
      "The default SELECT construct without plugins does not implement this method.",
    );
  }

  static getColumnsClauseFroms(statement: Select): FromClause[] {
    return normalizeFroms(statement._rawColumns.flatMap((c) => [...c._fromObjects]));
  }

  static determineLastJoinedEntity(statement: Select): unknown {
    return statement._setupJoins.at(-1)?.[0] ?? null;
  }

  static allSelectedColumns(statement: Select): ColumnElement[] {
    return selectIterables(statement._rawColumns);
  }

  static _columnNamingConvention(style: SelectLabelStyle): (c: ColumnElement) => string | null {
    return columnNamingConvention(style);
  }

  // -- FROM ------------------------------------------------------------------------------------

  private getFroms(statement: Select): FromClause[] {
    const names = (this._ambiguousTableNameMap = new Map<string, string>());
    const all = [
      ...this.fromClauses,
      ...statement._rawColumns.flatMap((c) => [...c._fromObjects]),
      ...statement._whereCriteria.flatMap((c) => [...c._fromObjects]),
    ];
    return normalizeFroms(all, statement, names);
  }

  /**
   * The FROM elements to print: those of an enclosing statement (`explicit` for correlate(), `implicit` for what is
   * correlated by itself) are left out. Throws InvalidRequestError where none is left.
   */
  _getDisplayFroms(
    explicit: Iterable<FromClause> | null = null,
    implicit: Iterable<FromClause> | null = null,
  ): readonly FromClause[] {
    const { statement } = this;
    let froms = this.froms;
    const without = (remove: ElementSet<FromClause>): readonly FromClause[] =>
      remove.size ? froms.filter((f) => !remove.has(f)) : froms;
    if (statement._correlate.length)
      froms = without(clonedIntersection(clonedIntersection(froms, explicit ?? []), statement._correlate));
    if (statement._correlateExcept !== null)
      froms = without(
        clonedDifference(clonedIntersection(froms, explicit ?? []), statement._correlateExcept),
      );
    if (statement._autoCorrelate && implicit && froms.length > 1) {
      froms = without(clonedIntersection(froms, implicit));
      if (!froms.length)
        throw new InvalidRequestError(
          `Select statement '${reprOf(statement)}' returned no FROM clauses due to auto-correlation; specify correlate(<tables>) to control correlation manually.`,
        );
    }
    return froms;
  }

  get _labelResolveDict(): LabelResolveDict {
    if (!this.labels) {
      const onlyCols = new Map<string, ColumnElement>();
      for (const c of this.statement._allSelectedColumns)
        if (c._allowLabelResolve) onlyCols.set((c._tqLabel || c.key) as string, c);
      const onlyFroms = new Map<string, ColumnElement>();
      for (const c of selectIterables(this.froms as unknown as Iterable<ColumnElement>))
        if (c._allowLabelResolve) onlyFroms.set(c.key as string, c);
      this.labels = [new Map([...onlyFroms, ...onlyCols]), onlyFroms, onlyCols];
    }
    return this.labels;
  }

  // -- joins -----------------------------------------------------------------------------------

  private setupJoins(joins: readonly SetupJoin[], rawColumns: readonly ColumnElement[]): void {
    for (const [target, onclause, from, flags] of joins) {
      const right = target as unknown as FromClause;
      const on = onclause as unknown as ColumnElement | null;
      const [left, index] =
        from === null
          ? this.implicitLeft(rawColumns, right, on)
          : [from as unknown as FromClause, this.explicitLeft(from as unknown as FromClause)];
      const replaced = index === null ? left : this.fromClauses[index];
      const join = new Join(replaced, right, on, flags.isouter, flags.full);
      this.fromClauses = index === null ? [...this.fromClauses, join] : this.fromClauses.with(index, join);
    }
  }

  /** The FROM element a join starts from where none is named: [element, its place in the FROM list]. */
  private implicitLeft(
    rawColumns: readonly ColumnElement[],
    right: FromClause,
    onclause: ColumnElement | null,
  ): [FromClause, number | null] {
    const inList = this.fromClauses.length > 0;
    const candidates = inList
      ? this.fromClauses
      : new ElementSet<FromClause>([
          ...rawColumns.flatMap((c) => [...c._fromObjects]),
          ...this.statement._whereCriteria.flatMap((c) => [...c._fromObjects]),
        ]).toArray();
    const indexes = findLeftClauseToJoinFrom(candidates, right, onclause);
    const [index] = indexes;
    if (indexes.length > 1)
      throw new InvalidRequestError(
        "Can't determine which FROM clause to join from, there are multiple FROMS which can join to this entity. Please use the .select_from() method to " +
          "establish an explicit left side, as well as providing an explicit ON clause if not present already to help resolve the ambiguity.",
      );
    if (index === undefined)
      throw new InvalidRequestError(
        `Don't know how to join to ${reprOf(right)}. Please use the .select_from() method to establish an explicit left side, as well as providing an ` +
          "explicit ON clause if not present already to help resolve the ambiguity.",
      );
    return [candidates[index] as FromClause, inList ? index : null];
  }

  private explicitLeft(left: FromClause): number | null {
    const any = !this.statement._iterateFromElements().next().done;
    const indexes = any ? findLeftClauseThatMatchesGiven(this.fromClauses, left) : [];
    if (indexes.length > 1)
      throw new InvalidRequestError(
        "Can't identify which entity in which to assign the left side of this join.   Please use a more specific ON clause.",
      );
    return indexes[0] ?? null;
  }
}
pluginFor("default", "select", SelectState as never);

/** Each FROM element once, without those that a join among them hides. Throws InvalidRequestError for a SELECT from itself. */
export function normalizeFroms(
  items: Iterable<FromClause>,
  statement?: Select,
  ambiguousNames?: Map<string, string>,
): FromClause[] {
  const seen = new ElementSet<ClauseElement>();
  let froms: FromClause[] = [];
  for (const item of items) {
    if (statement && item._isSubquery && (item as unknown as { element: unknown }).element === statement)
      throw new InvalidRequestError("select() construct refers to itself as a FROM");
    if (seen.intersects(item._clonedSet)) continue;
    froms.push(item);
    seen.update(item._clonedSet);
  }
  const hidden = froms.flatMap((f) => [...f._hideFroms]);
  if (hidden.length) {
    const remove = expandCloned(hidden);
    froms = froms.filter((f) => !remove.has(f));
  }
  if (ambiguousNames)
    for (const item of froms)
      for (const f of item._fromObjects) {
        const name = f.name as string;
        if (f._isTable && f.schema && !ambiguousNames.has(name))
          ambiguousNames.set(name, anonymousLabel(`|${encoded(name)}`, name));
      }
  return froms;
}

/** What tells a table's name from others, without the characters that end an anonymous name. */
const encoded = (name: string): string => name.replace(/[\s()]/g, (c) => `\\${c.codePointAt(0)}`);
