// A join between entities: by relationship, with the secondary table where there is one, with single-table criteria.
// Behaviour: SQLAlchemy orm/util.py (_ORMJoin).
import { clauseIsPresent, type ClauseAdapter } from "../../sql/adapt.ts";
import { and_, join as coreJoin } from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { Join } from "../../sql/selectable/join.ts";
import type { Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { inspect } from "../inspection.ts";
import type { PathRegistry } from "../path-registry.ts";
import { MapperProperty } from "../props/property.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import { isEntity, type InternalEntity } from "./entity.ts";

export interface ORMJoinOptions {
  /** The entity on the left, and the path of the one on the right, of a join made for eager loading. */
  readonly leftMemo?: InternalEntity | null;
  readonly rightMemo?: PathRegistry | null;
  readonly extraCriteria?: readonly ColumnElement[];
}

interface Parts {
  left: Value;
  right: Value;
  onclause: Value;
  targetAdapter: ClauseAdapter | null;
  prop: boolean;
}

export class ORMJoin extends Join {
  static override readonly inheritCache: boolean = true;
  static readonly pyName: string = "_ORMJoin";
  static override readonly pyModule: string = "sqlalchemy.orm.util";
  _leftMemo: InternalEntity | null;
  _rightMemo: PathRegistry | null;
  /** Adapts expressions of the relationship's target to the right side. */
  _targetAdapter: ClauseAdapter | null;
  /** Where splicing into this join ends. */
  stopOn: FromClause | null = null;

  constructor(
    left: Value,
    right: Value,
    onclause: Value = null,
    isouter = false,
    full = false,
    options: ORMJoinOptions = {},
  ) {
    const leftInfo = inspect(left) as InternalEntity | FromClause;
    const rightInfo = inspect(right) as InternalEntity | FromClause;
    const extra = [...(options.extraCriteria ?? [])];
    const parts = byRelationship(
      { left, right, onclause, targetAdapter: null, prop: false },
      leftInfo,
      rightInfo,
      isouter,
      extra,
    );
    super(parts.left, parts.right, parts.onclause, isouter, full);
    this._leftMemo = options.leftMemo ?? null;
    this._rightMemo = options.rightMemo ?? null;
    this._targetAdapter = parts.targetAdapter;
    const parent = isEntity(leftInfo) ? leftInfo : (leftInfo as FromClause)._annotations.get("parententity");
    if (parent != null) this._annotations = new Map([...this._annotations, ["parententity", parent]]);
    if (parts.prop) return;
    if (extra.length) this.onclause = and_([this.onclause, ...extra]);
    if (!isEntity(rightInfo) || !rightInfo.mapper.single) return;
    let crit = rightInfo.mapper._singleTableCriterion;
    if (crit === null) return;
    if (rightInfo.isAliasedClass) crit = rightInfo._adapter.traverse(crit as never) as never as ColumnElement;
    this.onclause = and_([this.onclause, crit]);
  }

  /** This inner join with another one, whose leftmost member is this one's right side, in its middle. */
  _spliceIntoCenter(other: ORMJoin): ORMJoin {
    const left = new ORMJoin(this.left, other.left, this.onclause, this.isouter, false, {
      leftMemo: this._leftMemo,
      rightMemo: other._leftMemo?._pathRegistry ?? null,
    });
    return new ORMJoin(left, other.right, other.onclause, other.isouter, false, {
      rightMemo: other._rightMemo,
    });
  }

  override join(right: Value, onclause: Value = null, isouter = false, full = false): ORMJoin {
    return new ORMJoin(this, right, onclause, isouter, full);
  }

  override outerjoin(right: Value, onclause: Value = null, full = false): ORMJoin {
    return new ORMJoin(this, right, onclause, true, full);
  }
}

/** Members and ON clause of a join along a relationship; as they are given where it is none. */
function byRelationship(
  parts: Parts,
  left: InternalEntity | FromClause,
  right: InternalEntity | FromClause,
  isouter: boolean,
  extra: ColumnElement[],
): Parts {
  const { onclause } = parts;
  let prop: RelationshipProperty;
  let onSelectable: FromClause;
  if (onclause instanceof QueryableAttribute) {
    prop = onclause.property as never as RelationshipProperty;
    onSelectable = (onclause.comparator as never as { _sourceSelectable(): FromClause })._sourceSelectable();
    extra.push(...onclause._extraCriteria);
  } else if (onclause instanceof MapperProperty) {
    prop = onclause as RelationshipProperty;
    onSelectable = prop.parent.selectable;
  } else return parts;
  const leftSelectable = (left as { readonly selectable: FromClause }).selectable;
  const { primaryjoin, secondaryjoin, secondary, targetAdapter } = prop._createJoins({
    sourceSelectable: clauseIsPresent(onSelectable, leftSelectable) ? onSelectable : leftSelectable,
    destSelectable: (right as { readonly selectable: FromClause }).selectable,
    sourcePolymorphic: true,
    ofTypeEntity: right,
    aliasSecondary: true,
    extraCriteria: extra,
  } as never) as unknown as {
    primaryjoin: ColumnElement;
    secondaryjoin: ColumnElement | null;
    secondary: FromClause | null;
    targetAdapter: ClauseAdapter | null;
  };
  const made: Parts = { ...parts, targetAdapter, prop: true, onclause: primaryjoin };
  if (secondaryjoin === null) return made;
  if (isouter) made.right = coreJoin(secondary, parts.right, secondaryjoin);
  else {
    made.left = coreJoin(parts.left, secondary, primaryjoin, isouter);
    made.onclause = secondaryjoin;
  }
  return made;
}

export const join = (
  left: Value,
  right: Value,
  onclause: Value = null,
  isouter = false,
  full = false,
): ORMJoin => new ORMJoin(left, right, onclause, isouter, full);
export const outerjoin = (left: Value, right: Value, onclause: Value = null, full = false): ORMJoin =>
  new ORMJoin(left, right, onclause, true, full);
