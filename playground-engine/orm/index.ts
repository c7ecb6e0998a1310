// The room: mapped classes, sessions and queries. Loading it fills in what lower files leave to higher ones (late.ts).

// -- mapping --------------------------------------------------------------------------------------------
export { addAttribute, deleteAttribute } from "./declarative/add-attribute.ts";
export {
  addMappedAttribute,
  afterDataclassSubclass,
  asDeclarative,
  asDeclarativeBase,
  beforeDataclassSubclass,
  declarativeBase,
  declarativeMixin,
  generateBase,
  hasInheritedTable,
  initDeclarativeMeta,
  initDeclarativeSubclass,
  mappedAsDataclass,
  metaclasses,
  synonymFor,
} from "./declarative/base.ts";
export { ClassColumns, ClassRegistry, isNamespace, SchemaTables } from "./declarative/class-registry.ts";
export { constructors, declarativeConstructor } from "./declarative/constructor.ts";
export {
  columnProperty,
  composite,
  deferred,
  mappedColumn,
  ormInsertSentinel,
  queryExpression,
  synonym,
} from "./declarative/constructors.ts";
export { DeclaredAttr, DeclaredDirective } from "./declarative/declared-attr.ts";
export { DeferredConfig } from "./declarative/deferred-config.ts";
export { classMapper, identityKey, inspectMappedClass, objectMapper } from "./mapping/class-mapper.ts";
export { clearMappers, configureMappers, resetRegistries } from "./mapping/configure.ts";
export { Mapper } from "./mapping/mapper.ts";
export type { MapperOptions } from "./mapping/mapper-base.ts";
export { polymorphicUnion } from "./mapping/polymorphic-union.ts";
export { ReadOnlyProperties } from "./mapping/read-only-properties.ts";
export {
  Registry,
  type DataclassOptions,
  type GenerateBaseOptions,
  type RegistryOptions,
} from "./mapping/registry.ts";
export { reconstructor, validates, validatorEvents } from "./mapping/validators.ts";
export { ColumnComparator, ColumnProperty, MappedSQLExpression } from "./props/column.ts";
export { Composite, CompositeComparator, CompositeProperty } from "./props/composite.ts";
export { ConcreteInheritedProperty, Synonym, SynonymProperty } from "./props/descriptor.ts";
export { loadEagerly } from "./props/eager-instead.ts";
export { MapperProperty } from "./props/property.ts";
export { PropComparator } from "./props/prop-comparator.ts";
export { StrategizedProperty } from "./props/strategized-property.ts";
export { MappedColumn } from "./props/mapped-column.ts";

// -- relationships ------------------------------------------------------------------------------------------
export { CascadeOptions } from "./props/cascades.ts";
export { JoinCondition } from "./props/join-condition.ts";
export { foreign, remote } from "./props/join-condition-annotations.ts";
export {
  backref,
  dynamicLoader,
  Relationship,
  relationship,
  RelationshipProperty,
  _RelationshipDeclared,
} from "./props/relationship.ts";
export { RelationshipComparator } from "./props/relationship-comparator.ts";
export type { RelationshipFunctionOptions, RelationshipOptions } from "./props/relationship-options.ts";

// -- extensions, each by its module -------------------------------------------------------------------------
export * as associationCollections from "./ext/association-collections.ts";
export * as associationProxy from "./ext/association-proxy.ts";
export * as automap from "./ext/automap.ts";
export * as concreteBase from "./ext/concrete-base.ts";
export * as deferredReflection from "./ext/deferred-reflection.ts";
export * as extensionType from "./ext/extension-type.ts";
export * as horizontalShard from "./ext/horizontal-shard.ts";
export * as hybrid from "./ext/hybrid.ts";
export * as indexable from "./ext/indexable.ts";
export * as mutable from "./ext/mutable.ts";
export * as orderingList from "./ext/ordering-list.ts";
export { Properties } from "./ext/properties.ts";

// -- queries, loading, options ----------------------------------------------------------------------------
import "./query/dml-insert.ts";
import "./query/dml-update-delete.ts";
import "./query/late.ts";
import "./strategies/column.ts";
import "./strategies/immediate.ts";
import "./strategies/joined.ts";
import "./strategies/lazy.ts";
import "./strategies/selectin.ts";
import "./strategies/subquery.ts";
export { mergeFrozenResult, mergeResult } from "./loading/merge.ts";
export {
  containsEager,
  defaultload,
  defer,
  immediateload,
  joinedload,
  lazyload,
  loadOnly,
  noload,
  raiseload,
  selectinload,
  selectinPolymorphic,
  subqueryload,
  undefer,
  undeferGroup,
  withExpression,
} from "./options/functions.ts";
export { AbstractLoad, Load, WildcardLoad } from "./options/load.ts";
export { ORMAdapter, ORMStatementAdapter } from "./query/adapter.ts";
export { aliased, AliasedClass, AliasedInsp, withPolymorphic } from "./query/aliased.ts";
export { Bundle } from "./query/bundle.ts";
export { QueryContext } from "./query/context.ts";
export { LoaderCriteriaOption, withLoaderCriteria } from "./query/criteria.ts";
export { FromStatement } from "./query/from-statement.ts";
export { ORMCompileOptions, ORMLoadOptions } from "./query/load-options.ts";
export { join, ORMJoin, outerjoin } from "./query/orm-join.ts";
export { BulkDelete, BulkUpdate, Query } from "./query/query.ts";
export { withParent } from "./query/with-parent.ts";
export { AppenderQuery, WriteOnlyCollection } from "./strategies/write-only.ts";
