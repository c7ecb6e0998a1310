// The ORM's modules whose classes and functions programs see.
import "../orm/index.ts";
import "../orm/strategies/column.ts";
import "../orm/strategies/lazy.ts";
import "../orm/strategies/immediate.ts";
import "../orm/strategies/joined.ts";
import "../orm/strategies/selectin.ts";
import "../orm/query/select-state.ts";
import * as instrumented from "../orm/attributes/instrumented.ts";
import * as token from "../orm/attributes/token.ts";
import * as impl from "../orm/attributes/impl.ts";
import * as scalarImpl from "../orm/attributes/scalar.ts";
import * as objectImpl from "../orm/attributes/object.ts";
import * as collectionImpl from "../orm/attributes/collection.ts";
import * as attributeFunctions from "../orm/attributes/functions.ts";
import * as history from "../orm/attributes/history.ts";
import * as aliased from "../orm/query/aliased.ts";
import * as bundle from "../orm/query/bundle.ts";
import * as criteria from "../orm/query/criteria.ts";
import * as ormJoin from "../orm/query/orm-join.ts";
import * as aliasOption from "../orm/options/alias-option.ts";
import * as ormOption from "../orm/options/orm-option.ts";
import * as optionFunctions from "../orm/options/functions.ts";
import * as load from "../orm/options/load.ts";
import * as classMapper from "../orm/mapping/class-mapper.ts";
import * as configure from "../orm/mapping/configure.ts";
import * as mapper from "../orm/mapping/mapper.ts";
import * as readOnlyProperties from "../orm/mapping/read-only-properties.ts";
import * as registry from "../orm/mapping/registry.ts";
import * as validators from "../orm/mapping/validators.ts";
import * as declaredAttr from "../orm/declarative/declared-attr.ts";
import * as column from "../orm/props/column.ts";
import * as mappedColumn from "../orm/props/mapped-column.ts";
import * as composite from "../orm/props/composite.ts";
import * as descriptor from "../orm/props/descriptor.ts";
import * as property from "../orm/props/property.ts";
import * as propComparator from "../orm/props/prop-comparator.ts";
import * as strategizedProperty from "../orm/props/strategized-property.ts";
import * as relationship from "../orm/props/relationship.ts";
import * as relationshipComparator from "../orm/props/relationship-comparator.ts";
import * as constructors from "../orm/declarative/constructors.ts";
import * as declarativeBase from "../orm/declarative/base.ts";
import * as lifecycle from "../orm/session/lifecycle.ts";
import * as maker from "../orm/session/maker.ts";
import * as scoped from "../orm/session/scoped.ts";
import * as session from "../orm/session/session.ts";
import * as transaction from "../orm/session/transaction.ts";
import * as executeState from "../orm/session/execute-state.ts";
import * as collectionAdapter from "../orm/collections/adapter.ts";
import * as manager from "../orm/state/manager.ts";
import * as attributeState from "../orm/state/attribute-state.ts";
import * as state from "../orm/state/state.ts";
import * as identity from "../orm/state/identity.ts";
import * as hybrid from "../orm/ext/hybrid.ts";
import * as associationProxy from "../orm/ext/association-proxy.ts";
import * as associationCollections from "../orm/ext/association-collections.ts";
import * as automap from "../orm/ext/automap.ts";
import * as concreteBase from "../orm/ext/concrete-base.ts";
import * as deferredReflection from "../orm/ext/deferred-reflection.ts";
import * as horizontalShard from "../orm/ext/horizontal-shard.ts";
import * as indexable from "../orm/ext/indexable.ts";
import * as mutable from "../orm/ext/mutable.ts";
import * as orderingList from "../orm/ext/ordering-list.ts";
import * as query from "../orm/query/query.ts";
import * as fromStatement from "../orm/query/from-statement.ts";
import * as writeOnly from "../orm/strategies/write-only.ts";
import * as loadingMerge from "../orm/loading/merge.ts";
import * as withParent from "../orm/query/with-parent.ts";

export const ormRooms: readonly object[] = [
  instrumented,
  token,
  impl,
  scalarImpl,
  objectImpl,
  collectionImpl,
  attributeFunctions,
  history,
  aliased,
  bundle,
  criteria,
  ormJoin,
  optionFunctions,
  load,
  classMapper,
  configure,
  mapper,
  readOnlyProperties,
  registry,
  validators,
  declaredAttr,
  column,
  mappedColumn,
  composite,
  descriptor,
  property,
  propComparator,
  strategizedProperty,
  aliasOption,
  ormOption,
  relationship,
  relationshipComparator,
  constructors,
  declarativeBase,
  lifecycle,
  maker,
  scoped,
  session,
  transaction,
  executeState,
  collectionAdapter,
  manager,
  state,
  identity,
  hybrid,
  associationProxy,
  associationCollections,
  automap,
  concreteBase,
  deferredReflection,
  horizontalShard,
  indexable,
  mutable,
  orderingList,
  query,
  fromStatement,
  writeOnly,
  loadingMerge,
  withParent,
  attributeState,
];
