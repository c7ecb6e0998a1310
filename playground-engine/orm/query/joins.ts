// join() in a statement with entities: which element it starts from, where it goes, what the ON clause is.
// Behaviour: SQLAlchemy orm/context.py (ORMSelectCompileState._join and what it calls).
import { ArgumentError, InvalidRequestError, warn, warnDeprecated } from "../../errors/index.ts";
import {
  findLeftClauseThatMatchesGiven,
  findLeftClauseToJoinFrom,
  selectablesOverlap,
} from "../../sql/adapt.ts";
import { expect } from "../../sql/coercions.ts";
import { ClauseElement } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { reprOf, strOf } from "../../sql/repr.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { Join } from "../../sql/selectable/join.ts";
import { SelectBase } from "../../sql/selectable/select-base.ts";
import type { SetupJoin } from "../../sql/traverse-spec.ts";
import type { Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { inspect } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { PropComparator } from "../props/prop-comparator.ts";
import { type MapperProperty } from "../props/property.ts";
import { ORMAdapter } from "./adapter.ts";
import { AliasedClass } from "./aliased.ts";
import type { MapperEntity, QueryEntity } from "./entities.ts";
import { isEntity, type InternalEntity } from "./entity.ts";
import { ORMJoin } from "./orm-join.ts";
import type { ORMSelectCompileState } from "./select-state.ts";

/** An entity, or a FROM element without one. */
type Target = InternalEntity | FromClause;

const AMBIGUOUS =
  "Can't determine which FROM clause to join from, there are multiple FROMS which can join to this entity. Please use the .select_from() method to establish an explicit left side, as well as providing an explicit ON clause if not present already to help resolve the ambiguity.";

const selectableOf = (t: Target): FromClause => (t as { readonly selectable: FromClause }).selectable;
const mapperOf = (t: Target): Mapper | null => (isEntity(t) ? t.mapper : null);
const isAttribute = (v: unknown): v is QueryableAttribute =>
  v instanceof QueryableAttribute || v instanceof PropComparator;

function dontKnowHow(right: Target): InvalidRequestError {
  return new InvalidRequestError(
    `Don't know how to join to ${reprOf(right)}. Please use the .select_from() method to establish an explicit left side, as well as providing an explicit ON clause if not present already to help resolve the ambiguity.`,
  );
}

/** The entity of an element that stands for one. */
function entityOf(v: unknown): unknown {
  return (
    (v as { _annotations?: ReadonlyMap<string, unknown> } | null)?._annotations?.get("parententity") ?? null
  );
}

export class JoinBuilder {
  private readonly state: ORMSelectCompileState;
  private readonly entities: readonly QueryEntity[];

  constructor(state: ORMSelectCompileState, entities: readonly QueryEntity[]) {
    this.state = state;
    this.entities = entities;
  }

  add([target, givenOn, from, flags]: SetupJoin): void {
    let right = inspect(target) as Target | QueryableAttribute | null;
    let onclause: unknown = givenOn === null ? null : inspect(givenOn);
    if (isAttribute(right)) {
      if (onclause !== null)
        throw new InvalidRequestError(
          "No 'on clause' argument may be passed when joining to a relationship path as a target",
        );
      onclause = right;
      right = null;
    } else right = (entityOf(right) as Target | null) ?? right;
    if (onclause === null && right !== null && !(right as FromClause).isSelectable && !isEntity(right))
      throw new ArgumentError("Expected mapped entity or selectable/table as join target");

    let left: Target | null = null;
    let prop: MapperProperty | null = null;
    if (isAttribute(onclause)) {
      const attr: QueryableAttribute = onclause;
      const ofType = (attr._ofType as InternalEntity | null | undefined) ?? null;
      prop = attr.property as never as MapperProperty;
      if (right === null) {
        const target =
          ofType ?? ((prop as { readonly entity?: InternalEntity }).entity as InternalEntity | undefined);
        if (!target) throw new ArgumentError(`Join target ${strOf(prop)} does not refer to a mapped entity`);
        right = target;
      }
      left = attr._parententity as never as InternalEntity;
      if (!(onclause instanceof QueryableAttribute)) onclause = prop;
      if (this.state._alreadyJoined(left, right, prop.key)) return;
      if (from !== null && (from as unknown) !== left && entityOf(from) !== left)
        throw new InvalidRequestError(
          `explicit from clause ${strOf(entityOf(from) ?? from)} does not match left side of relationship attribute ${strOf(onclause)}`,
        );
    } else if (from !== null) left = from as unknown as FromClause;
    this.leftToRight(left, right as Target, onclause, prop, flags.isouter, flags.full);
  }

  private leftToRight(
    given: Target | null,
    target: Target,
    givenOn: unknown,
    prop: MapperProperty | null,
    isouter: boolean,
    full: boolean,
  ): void {
    const [left, fromIndex, entityIndex] =
      given === null ? this.implicitLeft(target, givenOn) : [given, ...this.explicitLeft(given)];
    if (left === target)
      throw new InvalidRequestError(
        `Can't construct a join from ${strOf(left)} to ${strOf(target)}, they are the same entity`,
      );
    const { info, right, onclause } = this.adaptRightSide(left, target, givenOn, prop);
    const extraCriteria = (info as FromClause).isSelectable
      ? []
      : this.state._getExtraCriteria(info as InternalEntity);
    const options = { extraCriteria };
    const { fromClauses } = this.state;
    if (fromIndex !== null) {
      this.state.fromClauses = fromClauses.with(
        fromIndex,
        new ORMJoin(fromClauses[fromIndex], right, onclause, isouter, full, options),
      );
      return;
    }
    const leftClause = entityIndex === null ? left : (this.entities[entityIndex] as MapperEntity).selectable;
    this.state.fromClauses = [
      ...fromClauses,
      new ORMJoin(leftClause, info, onclause, isouter, full, options),
    ];
  }

  private implicitLeft(right: Target, onclause: unknown): [Target, number | null, number | null] {
    const selectable = selectableOf(right);
    const on = onclause as ColumnElement | null;
    const { fromClauses } = this.state;
    if (fromClauses.length) {
      const indexes = findLeftClauseToJoinFrom(fromClauses, selectable, on);
      if (indexes.length > 1) throw new InvalidRequestError(AMBIGUOUS);
      const [index] = indexes;
      if (index === undefined) throw dontKnowHow(right);
      return [fromClauses[index] as FromClause, index, null];
    }
    if (!this.entities.length)
      throw new InvalidRequestError(
        "No entities to join from; please use select_from() to establish the left entity/selectable of this join",
      );
    const potential = new Map<FromClause, [Target, number | null]>();
    const byHash = new Map<number, FromClause>();
    this.entities.forEach((ent, i) => {
      const entity = ent.entityZeroOrSelectable;
      if (entity === null) return;
      const info = inspect(entity) as Target;
      if (info === right) return;
      const from = ent.isMapperEntity ? (ent as MapperEntity).selectable : selectableOf(info);
      const key = byHash.get(from.hash) ?? from;
      byHash.set(from.hash, key);
      potential.set(key, [entity, ent.isMapperEntity ? i : null]);
    });
    const clauses = [...potential.keys()];
    const indexes = findLeftClauseToJoinFrom(clauses, selectable, on);
    if (indexes.length > 1) throw new InvalidRequestError(AMBIGUOUS);
    const [index] = indexes;
    if (index === undefined) throw dontKnowHow(right);
    const [left, entityIndex] = potential.get(clauses[index] as FromClause) as [Target, number | null];
    return [left, null, entityIndex];
  }

  private explicitLeft(left: Target): [number | null, number | null] {
    const info = inspect(left) as Target;
    const { fromClauses } = this.state;
    if (fromClauses.length) {
      const indexes = findLeftClauseThatMatchesGiven(fromClauses, selectableOf(info));
      if (indexes.length > 1)
        throw new InvalidRequestError(
          "Can't identify which entity in which to assign the left side of this join.   Please use a more specific ON clause.",
        );
      if (indexes.length) return [indexes[0] as number, null];
    }
    if (isEntity(info)) {
      const index = this.entities.findIndex((e) => e.isMapperEntity && e.correspondsTo(info));
      if (index >= 0) return [null, index];
    }
    return [null, null];
  }

  private adaptRightSide(
    left: Target,
    target: Target,
    givenOn: unknown,
    prop: MapperProperty | null,
  ): { info: Target; right: Value; onclause: unknown } {
    const { state } = this;
    const leftInfo = inspect(left) as Target;
    const rightInfo = inspect(target) as Target;
    let rightMapper = mapperOf(rightInfo);
    const rightSelectable = selectableOf(rightInfo);
    const leftSelectable = selectableOf(leftInfo);
    let overlap = false;
    if (
      rightMapper &&
      (rightMapper.withPolymorphic || (rightMapper.persistSelectable as unknown) instanceof Join)
    )
      overlap = (state.fromClauses.length ? state.fromClauses : [leftSelectable]).some(
        (f) => selectablesOverlap(leftSelectable, f) && selectablesOverlap(f, rightSelectable),
      );
    if (overlap && leftSelectable === rightSelectable)
      throw new InvalidRequestError(`Can't join table/selectable '${strOf(leftSelectable)}' to itself`);
    const propMapper = prop ? (prop as unknown as { readonly mapper: Mapper }).mapper : null;
    if (rightMapper && propMapper && !rightMapper.commonParent(propMapper))
      throw new InvalidRequestError(
        `Join target ${strOf(target)} does not correspond to the right side of join condition ${strOf(givenOn)}`,
      );
    if (isEntity(rightInfo)) state._joinEntities.push(rightInfo);

    let right: Value = target;
    let needAdapter = false;
    const isElement = (rightInfo as FromClause).isClauseElement;
    const aliased = isEntity(rightInfo) && rightInfo.isAliasedClass;
    if (isElement) {
      if (propMapper) rightMapper = propMapper;
      if (rightSelectable._isLateral) {
        const adapt = state._getCurrentAdapter();
        if (adapt) right = adapt(right, true);
      } else if (prop && rightMapper) {
        if (!rightSelectable.isDerivedFrom(rightMapper.persistSelectable as never))
          throw new InvalidRequestError(
            `Selectable '${rightSelectable.description}' is not derived from '${(rightMapper.persistSelectable as never as FromClause).description}'`,
          );
        let from = rightSelectable;
        if ((from as unknown) instanceof SelectBase) {
          from = expect(roles.FromClauseRole, from);
          needAdapter = true;
        }
        right = new AliasedClass(rightMapper, from);
        warnDeprecated(
          `An alias is being generated automatically against joined entity ${rightMapper.toString()} for raw clauseelement, which is deprecated and will be removed in a later release. Use the aliased() construct explicitly, see the linked example.`,
          { code: "xaj1" },
        );
      }
    }
    if (!needAdapter && rightMapper && !aliased && overlap) {
      right = new AliasedClass(right, null, { flat: true });
      needAdapter = true;
      warn(
        `An alias is being generated automatically against joined entity ${rightMapper.toString()} due to overlapping tables.  This is a legacy pattern which may be deprecated in a later release.  Use the aliased(<entity>, flat=True) construct explicitly, see the linked example.`,
        "xaj2",
      );
    }
    if (needAdapter && rightMapper)
      state._mapperLoadsPolymorphicallyWith(
        rightMapper,
        new ORMAdapter(inspect(right) as InternalEntity, { equivalents: rightMapper._equivalentColumns }),
      );
    else if (!isElement && !aliased && rightMapper?._hasAliasedPolymorphicFromclause)
      state._mapperLoadsPolymorphicallyWith(
        rightMapper,
        new ORMAdapter(rightMapper, {
          selectable: rightMapper.selectable,
          equivalents: rightMapper._equivalentColumns,
        }),
      );

    let onclause = givenOn;
    if (onclause instanceof ClauseElement) {
      const adapt = state._getCurrentAdapter();
      if (adapt) onclause = adapt(onclause, true);
    }
    if (prop) state._noteJoined(left, target, prop.key);
    return { info: inspect(right) as Target, right, onclause };
  }
}
