// A relationship's join condition, first part: which it is, and which of its columns are foreign, remote and local.
//
// Steps in this order: determine the joins, take the entity's marks off, mark foreign columns, remote ones, local ones, and
// whose they are. join-condition.ts draws pairs and direction from the marks.
// Behaviour: SQLAlchemy orm/relationships.py (JoinCondition).
import { AmbiguousForeignKeysError, ArgumentError, NoForeignKeysError, warn } from "../../errors/index.ts";
import { joinCondition, selectablesOverlap } from "../../sql/adapt.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { BinaryExpression } from "../../sql/elements/binary.ts";
import { ColumnElement } from "../../sql/elements/column.ts";
import { ColumnClause } from "../../sql/elements/column-clause.ts";
import { Column } from "../../sql/schema/index.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Equivalents } from "../../sql/adapt.ts";
import { clonedTraverse, traverse, type Traversible } from "../../sql/visitable.ts";
import { host } from "../../util/host.ts";
import { hasMark, marked, replaceColumns, setOf, without } from "./join-condition-annotations.ts";
import type { RelationshipProperty } from "./relationship.ts";

export type Pair = readonly [ColumnElement, ColumnElement];

export interface JoinConditionOptions {
  readonly parentPersistSelectable: FromClause;
  readonly childPersistSelectable: FromClause;
  readonly parentLocalSelectable: FromClause;
  readonly childLocalSelectable: FromClause;
  readonly primaryjoin: ColumnElement | null;
  readonly secondary: FromClause | null;
  readonly secondaryjoin: ColumnElement | null;
  readonly parentEquivalents: Equivalents;
  readonly childEquivalents: Equivalents;
  readonly considerAsForeignKeys: ElementSet<ColumnElement>;
  readonly localRemotePairs: readonly Pair[] | null;
  readonly remoteSide: ElementSet<ColumnElement>;
  readonly prop: RelationshipProperty;
  /** False for viewonly: other operators than = will do. */
  readonly supportSync: boolean;
  readonly canBeSynced: (...columns: ColumnElement[]) => boolean;
}

export abstract class JoinConditionSetup {
  readonly prop: RelationshipProperty;
  readonly parentPersistSelectable: FromClause;
  readonly childPersistSelectable: FromClause;
  readonly parentLocalSelectable: FromClause;
  readonly childLocalSelectable: FromClause;
  readonly secondary: FromClause | null;
  primaryjoin!: ColumnElement;
  secondaryjoin: ColumnElement | null;
  protected readonly options: JoinConditionOptions;
  /** What the program itself marked in the primary join: the other side takes over no more than that. */
  protected givenMarks!: { readonly foreign: boolean; readonly remote: boolean };

  constructor(options: JoinConditionOptions) {
    this.options = options;
    this.prop = options.prop;
    this.parentPersistSelectable = options.parentPersistSelectable;
    this.childPersistSelectable = options.childPersistSelectable;
    this.parentLocalSelectable = options.parentLocalSelectable;
    this.childLocalSelectable = options.childLocalSelectable;
    this.secondary = options.secondary;
    this.secondaryjoin = options.secondaryjoin;
    this.determineJoins();
    this.eachJoin((join) => without(join, "parententity", "proxy_key"));
    this.givenMarks = {
      foreign: hasMark(this.primaryjoin, "foreign"),
      remote: hasMark(this.primaryjoin, "remote"),
    };
    this.annotateForeign();
    this.annotateRemote();
    this.annotateLocal();
    this.annotateParentmapper();
  }

  private eachJoin(change: (join: ColumnElement) => ColumnElement): void {
    this.primaryjoin = change(this.primaryjoin);
    if (this.secondaryjoin !== null) this.secondaryjoin = change(this.secondaryjoin);
  }

  private determineJoins(): void {
    const { prop, secondary } = this;
    if (this.secondaryjoin !== null && secondary === null)
      throw new ArgumentError(
        `Property ${String(prop)} specified with secondary join condition but no secondary argument`,
      );
    const considerAsForeignKeys = this.options.considerAsForeignKeys.size
      ? this.options.considerAsForeignKeys
      : null;
    const between = (from: FromClause, to: FromClause, aSubset: FromClause): ColumnElement =>
      joinCondition(from, to, aSubset, considerAsForeignKeys as never);
    try {
      if (secondary !== null)
        this.secondaryjoin ??= between(this.childPersistSelectable, secondary, this.childLocalSelectable);
      this.primaryjoin =
        this.options.primaryjoin ??
        between(
          this.parentPersistSelectable,
          secondary ?? this.childPersistSelectable,
          this.parentLocalSelectable,
        );
    } catch (e) {
      if (!(e instanceof NoForeignKeysError || e instanceof AmbiguousForeignKeysError)) throw e;
      const start = `Could not determine join condition between parent/child tables on relationship ${String(prop)} - there are `;
      const [none, ambiguous] =
        secondary !== null
          ? [
              `no foreign keys linking these tables via secondary table '${String(secondary)}'.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify 'primaryjoin' and 'secondaryjoin' expressions.`,
              `multiple foreign key paths linking the tables via secondary table '${String(secondary)}'.  Specify the 'foreign_keys' argument, providing a list of those columns which should be counted as containing a foreign key reference from the secondary table to each of the parent and child tables.`,
            ]
          : [
              "no foreign keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' expression.",
              "multiple foreign key paths linking the tables.  Specify the 'foreign_keys' argument, providing a list of those columns which should be counted as containing a foreign key reference to the parent table.",
            ];
      throw host.withCause(
        e instanceof NoForeignKeysError
          ? new NoForeignKeysError(start + none)
          : new AmbiguousForeignKeysError(start + ambiguous),
        e,
      );
    }
  }

  // -- foreign -----------------------------------------------------------------------------

  private annotateForeign(): void {
    if (this.givenMarks.foreign) return;
    const keys = this.options.considerAsForeignKeys;
    if (keys.size)
      this.eachJoin((join) =>
        replaceColumns(join, (e) => (keys.has(e) ? marked(e, ["foreign", true]) : null)),
      );
    else this.eachJoin((join) => changeBinaries(join, (b) => this.annotatePresentKeys(b)));
  }

  /** The side that refers to the other by a foreign key, or is of the secondary table. */
  private annotatePresentKeys(binary: BinaryExpression): void {
    const { left, right } = binary;
    if (!(left instanceof ColumnElement) || !(right instanceof ColumnElement)) return;
    if (left._annotations.has("foreign") || right._annotations.has("foreign")) return;
    const referring = this.referring(left, right);
    if (referring?.compare(left)) binary.left = marked(left, ["foreign", true]);
    else if (referring?.compare(right)) binary.right = marked(right, ["foreign", true]);
  }

  private referring(a: ColumnElement, b: ColumnElement): ColumnElement | null {
    if (a instanceof Column && b instanceof Column) {
      if (a.references(b)) return a;
      if (b.references(a)) return b;
    }
    if (this.secondary === null) return null;
    const [hasA, hasB] = [this.secondary.c.containsColumn(a), this.secondary.c.containsColumn(b)];
    return hasA === hasB ? null : hasA ? a : b;
  }

  // -- remote -------------------------------------------------------------------------------

  private annotateRemote(): void {
    if (this.givenMarks.remote) return;
    const { secondary, childPersistSelectable: child, parentPersistSelectable: parent } = this;
    const remote = (e: ColumnElement): ColumnElement => marked(e, ["remote", true]);
    if (secondary !== null)
      this.eachJoin((join) =>
        replaceColumns(join, (e) => (secondary.c.containsColumn(e) ? remote(e) : null)),
      );
    else if (this.options.localRemotePairs?.length || this.options.remoteSide.size)
      this.annotateRemoteFromArguments();
    else if (this.refersToParentTable())
      this.annotateSelfReferential((c) => c._annotations.has("foreign"), false);
    else if (selectablesOverlap(parent, child)) this.annotateRemoteWithOverlap();
    else
      this.primaryjoin = replaceColumns(this.primaryjoin, (e) =>
        child.c.containsColumn(e) &&
        (!this.parentLocalSelectable.c.containsColumn(e) || this.childLocalSelectable.c.containsColumn(e))
          ? remote(e)
          : null,
      );
  }

  private annotateRemoteFromArguments(): void {
    const { localRemotePairs, remoteSide } = this.options;
    if (localRemotePairs?.length && remoteSide.size)
      throw new ArgumentError(
        "remote_side argument is redundant against more detailed _local_remote_side argument.",
      );
    const remote = localRemotePairs?.length ? setOf(localRemotePairs.map(([, r]) => r)) : remoteSide;
    if (this.refersToParentTable()) this.annotateSelfReferential((c) => remote.has(c), true);
    else
      this.primaryjoin = replaceColumns(this.primaryjoin, (e) =>
        remote.has(e) ? marked(e, ["remote", true]) : null,
      );
  }

  /** Whether a comparison of the condition is between two columns that parent and child both have. */
  private refersToParentTable(): boolean {
    const parent = this.parentPersistSelectable;
    const child = this.childPersistSelectable;
    let found = false;
    const binary = ({ left, right }: BinaryExpression): void => {
      if (!(left instanceof ColumnClause) || !(right instanceof ColumnClause)) return;
      found ||= [left, right].every(({ table }) => parent.isDerivedFrom(table) && child.isDerivedFrom(table));
    };
    traverse(this.primaryjoin as unknown as Traversible, {}, { binary });
    return found;
  }

  private annotateSelfReferential(
    isRemote: (column: ColumnElement) => boolean,
    remoteSideGiven: boolean,
  ): void {
    this.primaryjoin = changeBinaries(this.primaryjoin, (binary) => {
      const { left, right } = binary;
      if (left instanceof ColumnClause && right instanceof ColumnClause) {
        const equated = left.compare(right);
        if (isRemote(left)) binary.left = marked(left, ["remote", true]);
        if (isRemote(right) && !equated) binary.right = marked(right, ["remote", true]);
      } else if (!remoteSideGiven) this.warnNonColumnElements();
    });
  }

  /** Parent and child share tables but no comparison is within one of them: joined inheritance. */
  private annotateRemoteWithOverlap(): void {
    const { prop } = this;
    const checkEntities = prop.mapper !== prop.parent;
    const isTarget = (e: ColumnElement): boolean =>
      checkEntities && e._annotations.get("parentmapper") === prop.mapper;
    const sides = (left: ColumnElement, right: ColumnElement): [ColumnElement, ColumnElement] => {
      if (left instanceof ColumnClause && right instanceof ColumnClause) {
        if (
          this.childPersistSelectable.c.containsColumn(right) &&
          this.parentPersistSelectable.c.containsColumn(left)
        )
          right = marked(right, ["remote", true]);
      } else if (isTarget(right)) right = marked(right, ["remote", true]);
      else if (isTarget(left)) left = marked(left, ["remote", true]);
      else this.warnNonColumnElements();
      return [left, right];
    };
    this.primaryjoin = changeBinaries(this.primaryjoin, (binary) => {
      [binary.left, binary.right] = sides(binary.left, binary.right);
      [binary.right, binary.left] = sides(binary.right, binary.left);
    });
  }

  private warnNonColumnElements(): void {
    warn(
      `Non-simple column elements in primary join condition for property ${String(this.prop)} - consider using remote() annotations to mark the remote side.`,
    );
  }

  // -- local, and whose ------------------------------------------------------------------------

  private annotateLocal(): void {
    if (hasMark(this.primaryjoin, "local")) return;
    const pairs = this.options.localRemotePairs;
    const local = setOf(pairs?.length ? pairs.map(([l]) => l) : this.parentPersistSelectable.c);
    this.primaryjoin = replaceColumns(this.primaryjoin, (e) =>
      !e._annotations.has("remote") && local.has(e) ? marked(e, ["local", true]) : null,
    );
  }

  private annotateParentmapper(): void {
    const { mapper, parent } = this.prop;
    this.primaryjoin = replaceColumns(this.primaryjoin, (e) => {
      if (e._annotations.has("remote")) return marked(e, ["parentmapper", mapper]);
      return e._annotations.has("local") ? marked(e, ["parentmapper", parent]) : null;
    });
  }
}

/** A copy of the clause in which the comparisons have been changed. */
function changeBinaries(clause: ColumnElement, binary: (b: BinaryExpression) => void): ColumnElement {
  return clonedTraverse(clause as unknown as Traversible, {}, { binary }) as unknown as ColumnElement;
}
