// A relationship in SQL: `==`, contains(), any(), has(), of_type(), and_().
//
// Comparisons with an object use its key: the lazy loader's criterion with parameters that ask the object when the
// statement is executed. any() and has() make an EXISTS over the join.
// Behaviour: SQLAlchemy orm/relationships.py (RelationshipProperty.Comparator).
import { InvalidRequestError } from "../../errors/index.ts";
import { expect } from "../../sql/coercions.ts";
import { and_, bindparam, or_ } from "../../sql/constructors.ts";
import type { ElementSet } from "../../sql/element-set.ts";
import { Null, True_ } from "../../sql/elements/constants.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { Exists } from "../../sql/selectable/scalar.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { EntityContract } from "../attributes/instrumented.ts";
import { face } from "../face.ts";
import { MANYTOONE } from "../flags.ts";
import { inspect } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { instanceState } from "../state/access.ts";
import { PropComparator } from "./prop-comparator.ts";
import { ormAnnotate } from "./join-condition-annotations.ts";
import type { RelatedEntity, RelationshipProperty } from "./relationship.ts";

const COLLECTION =
  "Can't compare a collection to an object or collection; use contains() to test for membership.";

/** An attribute of an entity by name, as a program would write it. Throws the host's AttributeError. */
function attributeOf(entity: Value, key: string): ColumnElement {
  const found = face().isClass(entity)
    ? face().getClassAttribute(entity, key)
    : host.getAttribute(entity, key);
  if (found !== undefined) return found as ColumnElement;
  throw host.noAttribute(entity, key);
}

export class RelationshipComparator extends PropComparator<RelationshipProperty> {
  static readonly pyModule: string = "sqlalchemy.orm.relationships";
  static readonly pyName: string = "RelationshipProperty.Comparator";
  readonly _ofType: Value;
  readonly _extraCriteria: readonly ColumnElement[];
  private entity_: RelatedEntity | undefined;

  constructor(
    prop: RelationshipProperty,
    parentmapper: EntityContract,
    adaptToEntity: EntityContract | null = null,
    ofType: Value = null,
    extraCriteria: readonly ColumnElement[] = [],
  ) {
    super(prop, parentmapper, adaptToEntity);
    (this as { _parententity: EntityContract })._parententity = parentmapper;
    this._ofType = ofType ?? null;
    this._extraCriteria = extraCriteria;
  }

  /** The property; mappers are configured when it is asked for. */
  override get property(): RelationshipProperty {
    this.prop.parent._checkConfigure();
    return this.prop;
  }

  /** The target: a mapper or an alias. */
  get entity(): RelatedEntity {
    return (this.entity_ ??=
      this._ofType !== null ? (inspect(this._ofType) as RelatedEntity) : this.prop.entity);
  }

  get mapper(): Mapper {
    return this.entity.mapper;
  }

  override adaptToEntity(entity: EntityContract): RelationshipComparator {
    const cls = this.constructor as new (
      ...args: ConstructorParameters<typeof RelationshipComparator>
    ) => RelationshipComparator;
    return new cls(this.prop, this._parententity as EntityContract, entity, this._ofType);
  }

  /** @internal */
  _sourceSelectable(): FromClause {
    const to = this._adaptToEntity as unknown as { readonly selectable: FromClause } | null;
    return to ? to.selectable : this.property.parent._withPolymorphicSelectable;
  }

  /** The join condition as a criterion. */
  override clauseElement(): ColumnElement {
    const { primaryjoin, secondaryjoin } = this.prop._createJoins({
      sourceSelectable: this._sourceSelectable(),
      sourcePolymorphic: true,
      ofTypeEntity: this._ofType === null ? null : (inspect(this._ofType) as RelatedEntity),
      aliasSecondary: true,
      extraCriteria: this._extraCriteria,
    });
    return secondaryjoin === null ? primaryjoin : primaryjoin.and_(secondaryjoin);
  }

  override ofType(entity: Value): never {
    return new RelationshipComparator(
      this.prop,
      this._parententity as EntityContract,
      this._adaptToEntity,
      entity,
      this._extraCriteria,
    ) as never;
  }

  override and_(criteria: readonly Value[] | Value): never {
    const given = Array.isArray(criteria) ? criteria : [criteria];
    const lone =
      given.length === 1 && host.kindOf(given[0]) === "iterator"
        ? [...(host.iterate(given[0]) ?? [])]
        : given;
    const more = lone.map((c) => expect(roles.WhereHavingRole, c));
    return new RelationshipComparator(
      this.prop,
      this._parententity as EntityContract,
      this._adaptToEntity,
      this._ofType,
      [...this._extraCriteria, ...more],
    ) as never;
  }

  override in_(_other: Value): never {
    throw host.error(
      "NotImplementedError",
      "in_() not yet supported for relationships.  For a simple many-to-one, use in_() against the set of foreign key values.",
    );
  }

  override eq(other: Value): ColumnElement {
    const { property } = this;
    if (other === null || other instanceof Null) {
      if (property.direction !== MANYTOONE) return this._criterionExists().invert();
      return ormAnnotate(property._optimizedCompare(null, { adaptSource: this.adapter }));
    }
    if (property.uselist) throw new InvalidRequestError(COLLECTION);
    return ormAnnotate(property._optimizedCompare(other, { adaptSource: this.adapter }));
  }

  override ne(other: Value): ColumnElement {
    const { property } = this;
    if (other === null || other instanceof Null) {
      if (property.direction !== MANYTOONE) return this._criterionExists();
      return ormAnnotate(property._optimizedCompare(null, { adaptSource: this.adapter }).invert());
    }
    if (property.uselist) throw new InvalidRequestError(COLLECTION);
    return ormAnnotate(this.notContaining(other));
  }

  override any(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    if (!this.property.uselist)
      throw new InvalidRequestError("'any()' not implemented for scalar attributes. Use has().");
    return this._criterionExists(criterion, kwargs);
  }

  override has(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    if (this.property.uselist)
      throw new InvalidRequestError("'has()' not implemented for collections. Use any().");
    return this._criterionExists(criterion, kwargs);
  }

  override contains(other: Value, _kw?: ReadonlyMap<string, Value>): ColumnElement {
    if (!this.property.uselist)
      throw new InvalidRequestError("'contains' not implemented for scalar attributes.  Use ==");
    const clause = this.prop._optimizedCompare(other, { adaptSource: this.adapter });
    if (this.prop.secondaryjoin !== null) defineNegation(clause, this.notContaining(other));
    return clause;
  }

  /** @internal EXISTS over the join, with a criterion and values of the target's attributes. */
  _criterionExists(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    const { property } = this;
    let where =
      criterion === null || criterion === undefined ? null : expect(roles.WhereHavingRole, criterion);
    let destSelectable: FromClause | null = null;
    let isAliased = false;
    if (this._ofType !== null) {
      const target = inspect(this._ofType) as RelatedEntity;
      isAliased = target.isAliasedClass;
      destSelectable = target.selectable;
      if (property._isSelfReferential && !isAliased) destSelectable = destSelectable._anonymousFromclause();
      const single = target.mapper._singleTableCriterion;
      if (single !== null) where = where === null ? single : single.and_(where);
    }
    const { primaryjoin, secondaryjoin, dest, secondary, targetAdapter } = property._createJoins({
      destSelectable,
      sourceSelectable: this.adapter ? this._sourceSelectable() : null,
    });
    for (const [key, value] of kwargs) {
      const equal = attributeOf(property.mapper.class_, key).eq(value);
      where = where === null ? equal : where.and_(equal);
    }
    const join =
      secondaryjoin !== null
        ? ormAnnotate(primaryjoin).and_(secondaryjoin)
        : ormAnnotate(primaryjoin, property.remoteSide as ElementSet<ColumnElement>);
    if (where !== null && targetAdapter && !isAliased)
      where = targetAdapter.traverse(where as never) as ColumnElement;
    if (where !== null) where = where._annotate(new Map([["no_replacement_traverse", true]]));
    const froms = secondary === null ? [dest] : [dest, secondary];
    return new Exists(1)
      .where([join.and_(where ?? True_.instance)])
      .selectFrom(froms)
      .correlateExcept(froms);
  }

  /** What `!=` an object is: its key is another, or there is none; by EXISTS where the key is not on this side. */
  private notContaining(other: Value): ColumnElement {
    const { property } = this;
    if (property.direction === MANYTOONE && property._useGet) {
      const state = instanceState(other);
      const adapt = (c: ColumnElement): ColumnElement => this.adapter?.(c) ?? c;
      const valueOf = (local: ColumnElement, remote: ColumnElement): ColumnElement =>
        bindparam(
          local.key,
          null,
          local.type,
          true,
          undefined,
          null,
          property._getAttrWWarnOnNone(property.mapper, state, state.dict, remote),
        );
      return and_(
        property.localRemotePairs.map(([x, y]) =>
          or_([adapt(x).ne(valueOf(adapt(x), y)), adapt(x).eq(null)]),
        ),
      );
    }
    const { mapper } = property;
    const values = mapper.primaryKeyFromInstance(other as object);
    return this._criterionExists(
      and_(mapper.primaryKey.map((c, i) => (c as unknown as ColumnElement).eq(values[i]))),
    ).invert();
  }
}

/** `~contains(x)` is no mere NOT. */
function defineNegation(clause: ColumnElement, negation: ColumnElement): void {
  Object.defineProperty(clause, "negationClause", {
    value: negation,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}
