// RelationshipProperty: an attribute that refers to objects of another mapped class.
//
// How it comes to be what it is is in relationship-config.ts; here is what it does: criteria and joins for statements,
// merging and cascades for objects. Behaviour: SQLAlchemy orm/relationships.py.
import { ArgumentError, InvalidRequestError, warn } from "../../errors/index.ts";
import { adaptCriterionToNull, ClauseAdapter } from "../../sql/adapt.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { clonedTraverse, type Traversible } from "../../sql/visitable.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { CollectionAttributeImpl } from "../attributes/collection.ts";
import { initStateCollection } from "../attributes/functions.ts";
import type { AttrDict, Instance } from "../face.ts";
import {
  INIT_OK,
  NO_RAISE,
  NO_VALUE,
  PASSIVE_MERGE,
  PASSIVE_NO_FETCH,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  type PassiveFlag,
} from "../flags.ts";
import { inspect } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Session } from "../session/session.ts";
import { instanceDict, instanceState, stateOrUndefined, stateStr } from "../state/access.ts";
import type { CascadeType, Cascaded, RelationshipContract } from "../state/contracts.ts";
import type { InstanceState } from "../state/state.ts";
import { splitAttributeOptions } from "./attribute-options.ts";
import type { JoinTargets } from "./join-condition.ts";
import { RelationshipComparator } from "./relationship-comparator.ts";
import {
  optionsFromKwargs,
  type RelationshipFunctionOptions,
  type RelationshipOptions,
} from "./relationship-options.ts";
import { RelationshipConfig, type RelatedEntity } from "./relationship-config.ts";

// What belongs to the module of relationships in SQLAlchemy, too.
export { CascadeOptions } from "./cascades.ts";
export { JoinCondition } from "./join-condition.ts";
export { foreign, remote } from "./join-condition-annotations.ts";
export type { RelatedEntity };

export interface CompareOptions {
  readonly valueIsParent?: boolean;
  readonly adaptSource?: ((element: ColumnElement) => ColumnElement) | null;
  readonly aliasSecondary?: boolean;
}

export interface CreateJoinsOptions {
  readonly sourcePolymorphic?: boolean;
  readonly sourceSelectable?: FromClause | null;
  readonly destSelectable?: FromClause | null;
  readonly ofTypeEntity?: RelatedEntity | null;
  readonly aliasSecondary?: boolean;
  readonly extraCriteria?: readonly ColumnElement[];
}

export interface Joins extends Omit<JoinTargets, "destSelectable"> {
  readonly source: FromClause;
  readonly dest: FromClause;
}

/** Objects merged along a relationship, for each run of Session.merge(): its back reference has nothing more to do. */
const merged = new WeakMap<object, Map<InstanceState, Set<RelationshipProperty>>>();

export class RelationshipProperty extends RelationshipConfig implements RelationshipContract {
  static readonly pyModule: string = "sqlalchemy.orm.relationships";
  static readonly Comparator = RelationshipComparator;

  protected override makeReverse(
    argument: Value,
    secondary: Value,
    options: RelationshipOptions,
  ): RelationshipProperty {
    return new RelationshipProperty(argument, secondary, options);
  }

  // -- criteria -----------------------------------------------------------------------------------

  /** @internal `with_parent(instance, prop)` */
  _withParent(instance: Value, aliasSecondary = true, fromEntity: Value = null): ColumnElement {
    const insp =
      fromEntity === null
        ? null
        : (inspect(fromEntity) as {
            readonly isAliasedClass?: boolean;
            readonly _adapter?: { adaptClause(c: ColumnElement): ColumnElement };
          });
    const adapter = insp?.isAliasedClass ? insp._adapter : undefined;
    return this._optimizedCompare(instance, {
      valueIsParent: true,
      adaptSource: adapter ? (c) => adapter.adaptClause(c) : null,
      aliasSecondary,
    });
  }

  /** @internal The lazy loader's criterion, its parameters taking their values from the object; None: the IS NULL form. */
  _optimizedCompare(value: Value, options: CompareOptions = {}): ColumnElement {
    const { valueIsParent = false, adaptSource = null, aliasSecondary = true } = options;
    const lazy = this._lazyStrategy;
    const [lazywhere, bindToCol] = valueIsParent
      ? [lazy._lazywhere, lazy._bindToCol]
      : [lazy._revLazywhere, lazy._revBindToCol];
    if (value === null) {
      const criterion = adaptCriterionToNull(lazywhere, bindToCol);
      return adaptSource ? adaptSource(criterion) : criterion;
    }
    const state =
      typeof value === "object" && (value as InstanceState).isInstance === true
        ? (value as InstanceState)
        : stateOrUndefined(value);
    if (!state)
      throw new ArgumentError(
        `Mapped instance expected for relationship comparison to object.   Classes, queries and other SQL elements are not accepted in this context; for comparison with a subquery, use ${this.toString()}.has(**criteria).`,
      );
    const mapper = valueIsParent ? this.parent : this.mapper;
    const dict = state.dict;
    let criterion = lazywhere;
    if (this.secondary !== null && aliasSecondary)
      criterion = new ClauseAdapter(
        (this.secondary as unknown as FromClause)._anonymousFromclause(),
      ).traverse(criterion as never) as ColumnElement;
    const bindparam = (bind: BindParameter): void => {
      const column = bindToCol.get(bind._identifyingKey);
      if (column) bind.callable = this._getAttrWWarnOnNone(mapper, state, dict, column);
    };
    criterion = clonedTraverse(
      criterion as unknown as Traversible,
      {},
      { bindparam },
    ) as unknown as ColumnElement;
    return adaptSource ? adaptSource(criterion) : criterion;
  }

  /** @internal A function that gives the object's value of a column when the statement runs; the last one known where it has expired. */
  _getAttrWWarnOnNone(
    mapper: Mapper,
    state: InstanceState,
    dict: AttrDict,
    column: ColumnElement,
  ): () => Value {
    const { key } = mapper.getPropertyByColumn(column);
    state._trackLastKnownValue(key);
    const known = state._lastKnownValues as Map<string, Value>;
    return () => {
      const lastKnown = known.get(key);
      const current = mapper._getStateAttrByColumn(
        state,
        dict,
        column as never,
        state.persistent ? PASSIVE_OFF : PASSIVE_NO_FETCH ^ INIT_OK,
      );
      let value = current;
      if (current === NO_VALUE || current === PASSIVE_NO_RESULT) {
        value = lastKnown;
        if (lastKnown === NO_VALUE)
          throw new InvalidRequestError(
            `Can't resolve value for column ${String(column)} on object ${stateStr(state)}; ${current === NO_VALUE ? "no value has been set for this column" : "the object is detached and the value was expired"}`,
          );
      }
      if (value === null)
        warn(
          `Got None for value of column ${String(column)}; this is unsupported for a relationship comparison and will not currently produce an IS comparison (but may in a future release)`,
        );
      return value;
    };
  }

  /** @internal The join along the relationship, between its own or given selectables. */
  _createJoins(options: CreateJoinsOptions = {}): Joins {
    const {
      sourcePolymorphic = false,
      ofTypeEntity = null,
      aliasSecondary = false,
      extraCriteria = [],
    } = options;
    let source = options.sourceSelectable ?? null;
    let dest = options.destSelectable ?? null;
    const { parent, mapper } = this;
    let aliased = aliasSecondary && this.secondary !== null;
    if (source === null && sourcePolymorphic && parent.withPolymorphic)
      source = parent._withPolymorphicSelectable;
    const destMapper = ofTypeEntity ? ofTypeEntity.mapper : mapper;
    if (ofTypeEntity && dest === null) {
      dest = ofTypeEntity.selectable;
      aliased = true;
    }
    if (dest === null) {
      dest = this.entity.selectable;
      if (mapper.withPolymorphic) aliased = true;
      if (this._isSelfReferential && source === null) {
        dest = dest._anonymousFromclause();
        aliased = true;
      }
    } else if (dest !== mapper._withPolymorphicSelectable || mapper.withPolymorphic) aliased = true;
    aliased ||= source !== null && (source !== parent._withPolymorphicSelectable || source._isSubquery);
    const { destSelectable, ...joins } = this._joinCondition.joinTargets(
      source,
      dest,
      aliased,
      destMapper._singleTableCriterion,
      extraCriteria,
    );
    return { ...joins, source: source ?? (parent.localTable as unknown as FromClause), dest: destSelectable };
  }

  // -- objects --------------------------------------------------------------------------------------

  override merge(
    session: Session,
    sourceState: InstanceState,
    sourceDict: AttrDict,
    destState: InstanceState,
    destDict: AttrDict,
    load: boolean,
    recursive: Map<InstanceState, Instance>,
    resolveConflictMap: Map<string, Instance>,
  ): void {
    let done = merged.get(recursive);
    if (!done) merged.set(recursive, (done = new Map()));
    if (load) for (const r of this._reverseProperty) if (done.get(sourceState)?.has(r)) return;
    if (!this.cascade.merge || !sourceDict.has(this.key)) return;
    const copy = (obj: Instance): Instance => {
      const state = instanceState(obj);
      const along = done.get(state);
      if (along) along.add(this);
      else done.set(state, new Set([this]));
      return session._merge(state, instanceDict(obj), { load, options: null, recursive, resolveConflictMap });
    };
    const destImpl = destState.getImpl(this.key);
    if (this.uselist) {
      const sourceImpl = sourceState.getImpl(this.key) as CollectionAttributeImpl;
      const items = sourceImpl.getCollection(sourceState, sourceDict)!;
      // Loaded before anything is compared with it.
      if (load) destImpl.get(destState, destDict, PASSIVE_MERGE);
      const copies = [...items].map((item) => copy(item as Instance));
      if (load)
        (destImpl as CollectionAttributeImpl).set(
          destState,
          destDict,
          copies,
          null,
          PASSIVE_MERGE,
          undefined,
          false,
          false,
        );
      else {
        const collection = initStateCollection(destState, destDict, this.key);
        for (const c of copies) collection.appendWithoutEvent(c);
      }
      return;
    }
    const current = sourceDict.get(this.key) as Instance | null;
    const made = current === null ? null : copy(current);
    if (load) destImpl.set(destState, destDict, made, null);
    else destDict.set(this.key, made);
  }

  /** @internal The related objects, each with its state. */
  _valueAsIterable(
    state: InstanceState,
    dict: AttrDict,
    key: string,
    passive: PassiveFlag = PASSIVE_OFF,
  ): [InstanceState | null, Value][] {
    const impl = state.getImpl(key);
    const value = impl.get(state, dict, passive);
    if (value === PASSIVE_NO_RESULT || value === null) return [];
    if (!("getCollection" in impl)) return [[instanceState(value), value]];
    const members = (impl as CollectionAttributeImpl).getCollection(state, dict, value, passive);
    return [...(members ?? [])].map((o) => [o === null ? null : instanceState(o), o]);
  }

  override cascadeIterator(
    type: CascadeType,
    state: InstanceState,
    dict: AttrDict,
    visited: Set<InstanceState>,
    haltOn?: (state: InstanceState) => boolean,
  ): readonly Cascaded[] {
    const found: Cascaded[] = [];
    const passive = type !== "delete" || this.passiveDeletes ? PASSIVE_NO_INITIALIZE : PASSIVE_OFF | NO_RAISE;
    const related =
      type === "save-update"
        ? state.getImpl(this.key).getAllPending(state, dict)
        : this._valueAsIterable(state, dict, this.key, passive);
    const skipPending = type === "refresh-expire" && !this.cascade.deleteOrphan;
    for (const [below, obj] of related) {
      if (below === null || obj === null || visited.has(below)) continue;
      if (haltOn?.(below) || (skipPending && below.key === null)) continue;
      const mapper = below.manager.mapper;
      if (!mapper.isa(this.mapper.classManager.mapper))
        throw host.error(
          "AssertionError",
          `Attribute '${this.key}' on class '${host.str(this.parent.class_)}' doesn't handle objects of type '${host.str(host.typeOf(obj))}'`,
        );
      visited.add(below);
      found.push([obj as Instance, mapper, below, instanceDict(obj as Instance)]);
    }
    return found;
  }
}

export class Relationship extends RelationshipProperty {}

/** What `relationship()` makes. */
export class _RelationshipDeclared extends Relationship {}

/** `relationship(argument, secondary, *, …, **kw)` */
export function relationship(
  argument: Value = null,
  secondary: Value = null,
  options: RelationshipFunctionOptions = {},
  kw: Kwargs = new Map(),
): Relationship {
  const { attributeOptions, own } = splitAttributeOptions(options);
  return new _RelationshipDeclared(argument, secondary, {
    ...own,
    ...optionsFromKwargs(kw),
    attributeOptions,
  });
}

/** `dynamic_loader(argument, **kw)` */
export function dynamicLoader(argument: Value = null, kw: Kwargs = new Map()): Relationship {
  return relationship(argument, kw.get("secondary") ?? null, {
    ...optionsFromKwargs([...kw].filter(([name]) => name !== "secondary")),
    lazy: "dynamic",
  });
}

/** `backref(name, **kwargs)`: a name with arguments for the relationship of the other side. */
export function backref(name: Value, kwargs: Kwargs = new Map()): Value {
  return host.makeTuple([name, host.makeDict(kwargs)]);
}
