// A relationship's join condition: its pairs of columns, its direction, and the forms in which it is used.
//
// As a join between (aliased) selectables: joinTargets. As a criterion with the parent's or the child's values for
// parameters: createLazyClause. Behaviour: SQLAlchemy orm/relationships.py (JoinCondition).
import { ArgumentError, warn } from "../../errors/index.ts";
import { ClauseAdapter, visitBinaryProduct } from "../../sql/adapt.ts";
import { deepAnnotate, safeAnnotate, shallowAnnotate } from "../../sql/annotation.ts";
import { and_, bindparam } from "../../sql/constructors.ts";
import { ElementMap, ElementSet } from "../../sql/element-set.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { host } from "../../util/host.ts";
import { compareText } from "../../util/text.ts";
import { MANYTOMANY, MANYTOONE, ONETOMANY, type RelationshipDirection } from "../flags.ts";
import {
  columnsWith,
  hasMark,
  type Mark,
  replaceColumns,
  setOf,
  unmarked,
  without,
} from "./join-condition-annotations.ts";
import { JoinConditionSetup, type JoinConditionOptions, type Pair } from "./join-condition-setup.ts";
import type { RelationshipProperty } from "./relationship.ts";

export type { Pair };

/** What a join along the relationship is made of. */
export interface JoinTargets {
  readonly primaryjoin: ColumnElement;
  readonly secondaryjoin: ColumnElement | null;
  readonly secondary: FromClause | null;
  /** Adapts criteria on the target as the join was; null where nothing was aliased. */
  readonly targetAdapter: ClauseAdapter | null;
  readonly destSelectable: FromClause;
}

export interface LazyClause {
  readonly lazywhere: ColumnElement;
  /** The column whose value each parameter takes, by the parameter's key. */
  readonly bindToCol: ReadonlyMap<string, ColumnElement>;
  /** The local column equal to a remote one. */
  readonly equatedColumns: ElementMap<ColumnElement, ColumnElement>;
}

/** Columns that relationships write to, and from which column each does. */
const writers = new WeakMap<ColumnElement, Map<RelationshipProperty, ColumnElement>>();

const isLocal = (c: { readonly _annotations: ReadonlyMap<string, unknown> }): boolean =>
  c._annotations.has("local") || c._annotations.has("should_not_adapt");
const isRemote = (c: { readonly _annotations: ReadonlyMap<string, unknown> }): boolean =>
  c._annotations.has("remote") || c._annotations.has("should_not_adapt");

export class JoinCondition extends JoinConditionSetup {
  readonly direction: RelationshipDirection;
  readonly localRemotePairs: readonly Pair[];
  readonly synchronizePairs: readonly Pair[];
  readonly secondarySynchronizePairs: readonly Pair[];
  readonly remoteColumns: ElementSet<ColumnElement>;
  readonly localColumns: ElementSet<ColumnElement>;
  readonly foreignKeyColumns: ElementSet<ColumnElement>;
  private lineage: ElementSet<ColumnElement> | undefined;

  constructor(options: JoinConditionOptions) {
    super(options);
    const localRemote: Pair[] = [];
    this.synchronizePairs = this.pairsOf(this.primaryjoin, localRemote);
    this.secondarySynchronizePairs =
      this.secondaryjoin === null ? [] : this.pairsOf(this.secondaryjoin, localRemote);
    this.localRemotePairs = localRemote;
    this.checkForeignColumns(this.primaryjoin, "primary", this.synchronizePairs);
    if (this.secondaryjoin !== null)
      this.checkForeignColumns(this.secondaryjoin, "secondary", this.secondarySynchronizePairs);
    this.remoteColumns = this.gather("remote");
    this.localColumns = this.gather("local");
    this.foreignKeyColumns = this.gather("foreign");
    this.direction = this.determineDirection();
    this.checkRemoteSide();
    this.log();
  }

  private gather(mark: Mark): ElementSet<ColumnElement> {
    const found = unmarked(columnsWith(this.primaryjoin, mark));
    return this.secondaryjoin === null
      ? found
      : found.update(unmarked(columnsWith(this.secondaryjoin, mark)));
  }

  /** Pairs to copy values along, [from, to]; adds to `localRemote` the pairs [local, remote]. */
  private pairsOf(join: ColumnElement, localRemote: Pair[]): Pair[] {
    const found: Pair[] = [];
    const { canBeSynced } = this.options;
    const has = (c: ColumnElement, mark: Mark): boolean => c._annotations.has(mark);
    const addOnce = (l: ColumnElement, r: ColumnElement): void => {
      if (!localRemote.some(([a, b]) => a.hash === l.hash && b.hash === r.hash))
        localRemote.push([l._deannotate(), r._deannotate()]);
    };
    visitBinaryProduct((binary, left, right) => {
      if (has(right, "remote") && !has(left, "remote") && canBeSynced(left)) addOnce(left, right);
      else if (has(left, "remote") && !has(right, "remote") && canBeSynced(right)) addOnce(right, left);
      if (binary.operator !== operators.eq || !canBeSynced(left, right)) return;
      if (has(right, "foreign")) found.push([left._deannotate(), right._deannotate()]);
      else if (has(left, "foreign")) found.push([right._deannotate(), left._deannotate()]);
    }, join);
    return found;
  }

  private checkForeignColumns(
    join: ColumnElement,
    which: "primary" | "secondary",
    pairs: readonly Pair[],
  ): void {
    const { supportSync } = this.options;
    const hasForeign = hasMark(join, "foreign");
    if (supportSync ? pairs.length > 0 : hasForeign) return;
    const on = `for ${which} join condition '${String(join)}' on relationship ${String(this.prop)}.`;
    const advice =
      "  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or are annotated in the join condition with the foreign() annotation.";
    if (supportSync && hasForeign)
      throw new ArgumentError(
        `Could not locate any simple equality expressions involving locally mapped foreign key columns ${on}${advice} To allow comparison operators other than '==', the relationship can be marked as viewonly=True.`,
      );
    throw new ArgumentError(`Could not locate any relevant foreign key columns ${on}${advice}`);
  }

  private determineDirection(): RelationshipDirection {
    if (this.secondaryjoin !== null) return MANYTOMANY;
    const inTarget = setOf(this.childPersistSelectable.c).intersects(this.foreignKeyColumns);
    const inParent = setOf(this.parentPersistSelectable.c).intersects(this.foreignKeyColumns);
    const start = `Can't determine relationship direction for relationship '${String(this.prop)}' - foreign key columns `;
    if (!inTarget && !inParent)
      throw new ArgumentError(`${start}are present in neither the parent nor the child's mapped tables`);
    if (!inParent) return ONETOMANY;
    if (!inTarget) return MANYTOONE;
    // Both have them: what counts is on which side of the condition they are.
    let remote = columnsWith(this.primaryjoin, "remote", "foreign");
    let local = setOf(
      [...columnsWith(this.primaryjoin, "foreign")].filter((c) => !c._annotations.has("remote")),
    );
    if (remote.size && local.size) {
      const equated = this.remoteColumns.intersection(this.localColumns);
      remote = remote.difference(equated);
      local = local.difference(equated);
    }
    if (remote.size && !local.size) return ONETOMANY;
    if (local.size && !remote.size) return MANYTOONE;
    throw new ArgumentError(
      `${start}within the join condition are present in both the parent and the child's mapped tables.  Ensure that only those columns referring to a parent column are marked as foreign, either via the foreign() annotation or via the foreign_keys argument.`,
    );
  }

  private checkRemoteSide(): void {
    if (!this.localRemotePairs.length)
      throw new ArgumentError(
        `Relationship ${String(this.prop)} could not determine any unambiguous local/remote column pairs based on join condition and remote_side arguments.  Consider using the remote() annotation to accurately mark those elements of the join condition that are on the remote side of the relationship.`,
      );
    const onlyParents = setOf(this.parentPersistSelectable.c).difference(this.childPersistSelectable.c);
    for (const [, r] of this.localRemotePairs)
      if (onlyParents.has(r))
        warn(
          `Expression ${String(r)} is marked as 'remote', but these column(s) are local to the local side.  The remote() annotation is needed only for a self-referential relationship where both sides of the relationship refer to the same tables.`,
        );
  }

  private log(): void {
    const logger = host.logger("sqlalchemy.orm.relationships.RelationshipProperty");
    if (!logger.isEnabledFor(20)) return;
    const name = String(this.prop);
    const pairs = (all: readonly Pair[], sign: string): string =>
      all.map(([l, r]) => `(${String(l)} ${sign} ${String(r)})`).join(",");
    const lines = [
      `setup primary join ${String(this.primaryjoin)}`,
      `setup secondary join ${this.secondaryjoin === null ? "None" : String(this.secondaryjoin)}`,
      `synchronize pairs [${pairs(this.synchronizePairs, "=>")}]`,
      `secondary synchronize pairs [${pairs(this.secondarySynchronizePairs, "=>")}]`,
      `local/remote pairs [${pairs(this.localRemotePairs, "/")}]`,
      `remote columns [${[...this.remoteColumns].map(String).join(",")}]`,
      `local columns [${[...this.localColumns].map(String).join(",")}]`,
      `relationship direction ${String(this.direction)}`,
    ];
    for (const line of lines) logger.log(20, `${name} ${line}`);
  }

  /** @internal Warns where another relationship writes the same columns without being linked to this one. */
  _warnForConflictingSyncTargets(): void {
    if (!this.options.supportSync) return;
    const { prop } = this;
    for (const [from, to] of [...this.synchronizePairs, ...this.secondarySynchronizePairs]) {
      let others = writers.get(to);
      if (!others) writers.set(to, (others = new Map()));
      const conflicts = [...others].filter(([other]) => conflicting(prop, other));
      if (conflicts.length)
        warn(
          `relationship '${String(prop)}' will copy column ${String(from)} to column ${String(to)}, which conflicts with relationship(s): ${conflicts
            .map(([other, source]) => `'${String(other)}' (copies ${String(source)} to ${String(to)})`)
            .sort(compareText)
            .join(
              ", ",
            )}. If this is not the intention, consider if these relationships should be linked with back_populates, or if viewonly=True should be applied to one or more if they are read-only. For the less common case that foreign key constraints are partially overlapping, the orm.foreign() annotation can be used to isolate the columns that should be written towards.   To silence this warning, add the parameter 'overlaps="${conflicts
            .map(([other]) => other.key)
            .sort(compareText)
            .join(",")}"' to the '${String(prop)}' relationship.`,
          "qzyx",
        );
      others.set(prop, from);
    }
  }

  // -- for the backref ---------------------------------------------------------------------

  get primaryjoinMinusLocal(): ColumnElement {
    return without(this.primaryjoin, "local", "remote");
  }
  get secondaryjoinMinusLocal(): ColumnElement {
    return without(this.secondaryjoin as ColumnElement, "local", "remote");
  }
  /** The primary join as the other side sees it: local and remote exchanged where the program said them, else found anew. */
  get primaryjoinReverseRemote(): ColumnElement {
    if (!this.givenMarks.remote)
      return this.givenMarks.foreign ? this.primaryjoinMinusLocal : without(this.primaryjoin);
    const exchanged = (e: ColumnElement, from: Mark, to: Mark): ColumnElement =>
      e._withAnnotations(
        new Map([...[...e._annotations].filter(([name]) => name !== from), [to, true] as const]),
      );
    return replaceColumns(this.primaryjoin, (e) => {
      if (e._annotations.has("remote")) return exchanged(e, "remote", "local");
      return e._annotations.has("local") ? exchanged(e, "local", "remote") : null;
    });
  }

  // -- for joins and loads -----------------------------------------------------------------------

  private get secondaryLineage(): ElementSet<ColumnElement> {
    return (this.lineage ??= new ElementSet(
      this.secondary === null ? [] : [...this.secondary.c].flatMap((c) => [...c.proxySet] as ColumnElement[]),
    ));
  }

  /** The condition between two selectables, either of which (and the secondary table) may be an alias. */
  joinTargets(
    source: FromClause | null,
    dest: FromClause,
    aliased: boolean,
    singleCriterion: ColumnElement | null = null,
    extraCriteria: readonly ColumnElement[] = [],
  ): JoinTargets {
    const destSelectable = shallowAnnotate(
      dest as never,
      new Map([["no_replacement_traverse", true]]),
    ) as FromClause;
    let { primaryjoin, secondaryjoin, secondary } = this as {
      primaryjoin: ColumnElement;
      secondaryjoin: ColumnElement | null;
      secondary: FromClause | null;
    };
    const add = (criterion: ColumnElement): void => {
      if (secondaryjoin !== null) secondaryjoin = secondaryjoin.and_(criterion);
      else primaryjoin = primaryjoin.and_(criterion);
    };
    if (singleCriterion !== null) add(singleCriterion);
    if (extraCriteria.length) add(and_(extraCriteria.map((e) => this.sparingOthers(e))));
    if (!aliased) return { primaryjoin, secondaryjoin, secondary, targetAdapter: null, destSelectable };

    const { childEquivalents, parentEquivalents } = this.options;
    let targetAdapter: ClauseAdapter;
    let primary: ClauseAdapter;
    if (secondary !== null) {
      secondary = secondary._anonymousFromclause({ flat: true });
      primary = new ClauseAdapter(secondary, { excludeFn: isLocal });
      targetAdapter = new ClauseAdapter(destSelectable, { equivalents: childEquivalents });
      targetAdapter.chain(primary);
      if (source !== null) {
        primary = new ClauseAdapter(secondary, { excludeFn: isLocal });
        primary.chain(new ClauseAdapter(source, { equivalents: parentEquivalents }));
      }
      secondaryjoin = targetAdapter.traverse(secondaryjoin as never) as ColumnElement;
    } else {
      primary = targetAdapter = new ClauseAdapter(destSelectable, {
        excludeFn: isLocal,
        equivalents: childEquivalents,
      });
      if (source !== null)
        primary.chain(new ClauseAdapter(source, { excludeFn: isRemote, equivalents: parentEquivalents }));
    }
    primaryjoin = primary.traverse(primaryjoin as never) as ColumnElement;
    (targetAdapter as { excludeFn: unknown }).excludeFn = null;
    return { primaryjoin, secondaryjoin, secondary, targetAdapter, destSelectable };
  }

  /** Criteria of `and_()`: columns of other entities are not to be adapted. */
  private sparingOthers(criterion: ColumnElement): ColumnElement {
    const { prop } = this;
    const annotateCallable = (
      e: { readonly _annotations: ReadonlyMap<string, unknown> },
      values: ReadonlyMap<string, unknown>,
    ): unknown => {
      const owner = e._annotations.get("parentmapper") as typeof prop.mapper | undefined;
      const other =
        owner !== prop.parent &&
        !owner?.isa(prop.mapper) &&
        !this.secondaryLineage.has(e as unknown as ColumnElement);
      return other ? safeAnnotate(e, values) : e;
    };
    return deepAnnotate(criterion as never, new Map([["should_not_adapt", true]]), null, {
      annotateCallable: annotateCallable as never,
    }) as ColumnElement;
  }

  /** The condition with parameters in place of the parent's columns; `reverse`: of the child's. */
  createLazyClause(reverse = false): LazyClause {
    const binds = new ElementMap<ColumnElement, BindParameter>();
    const equatedColumns = new ElementMap<ColumnElement, ColumnElement>();
    const lookup = new ElementSet<ColumnElement>();
    const hasSecondary = this.secondaryjoin !== null;
    for (const [l, r] of this.localRemotePairs) {
      if (hasSecondary) lookup.add(l);
      if (reverse && !hasSecondary) equatedColumns.set(l, r);
      else equatedColumns.set(r, l);
    }
    const takesValue = (e: ColumnElement): boolean => {
      if (!reverse) return e._annotations.has("local");
      return hasSecondary ? lookup.has(e) : e._annotations.has("remote");
    };
    const toBind = (e: ColumnElement): BindParameter | null => {
      if (!takesValue(e)) return null;
      let made = binds.get(e);
      if (!made) binds.set(e, (made = bindparam(null, null, e.type, true)));
      return made;
    };
    let lazywhere = this.primaryjoin;
    if (!hasSecondary || !reverse) lazywhere = replaceColumns(lazywhere, toBind);
    if (this.secondaryjoin !== null)
      lazywhere = and_([
        lazywhere,
        reverse ? replaceColumns(this.secondaryjoin, toBind) : this.secondaryjoin,
      ]);
    return {
      lazywhere,
      bindToCol: new Map([...binds].map(([col, bind]) => [bind.key, col])),
      equatedColumns,
    };
  }
}

/** Whether writing the same column from both is likely a mistake: neither linked, nor declared, nor of classes beside each other. */
function conflicting(prop: RelationshipProperty, other: RelationshipProperty): boolean {
  if ((other.mapper as { readonly _disposeCalled?: boolean })._disposeCalled) return false;
  if (prop._reverseProperty.has(other)) return false;
  if (
    prop._overlaps.has(other.key) ||
    other._overlaps.has(prop.key) ||
    prop._overlaps.has("__*") ||
    other._overlaps.has("__*")
  )
    return false;
  for (const a of [prop.parent, prop.mapper])
    for (const b of [other.parent, other.mapper]) if (a.isSibling(b)) return false;
  return prop.key !== other.key || !prop.parent.commonParent(other.parent);
}
