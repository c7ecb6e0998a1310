// The room: mapped classes, sessions and queries. Loading it fills in what lower files leave to higher ones (late.ts).

// -- mapping --------------------------------------------------------------------------------------------
export { addAttribute, deleteAttribute } from "./declarative/add-attribute.ts";
export {
  addMappedAttribute, afterDataclassSubclass, asDeclarative, asDeclarativeBase, beforeDataclassSubclass, declarativeBase, declarativeMixin,
  generateBase, hasInheritedTable, initDeclarativeMeta, initDeclarativeSubclass, mappedAsDataclass, metaclasses, synonymFor,
} from "./declarative/base.ts";
export { ClassColumns, ClassRegistry, isNamespace, SchemaTables } from "./declarative/class-registry.ts";
export { constructors, declarativeConstructor } from "./declarative/constructor.ts";
export { columnProperty, composite, deferred, mappedColumn, ormInsertSentinel, queryExpression, synonym } from "./declarative/constructors.ts";
export { DeclaredAttr, DeclaredDirective } from "./declarative/declared-attr.ts";
export { DeferredConfig } from "./declarative/deferred-config.ts";
export { classMapper, identityKey, inspectMappedClass, objectMapper } from "./mapping/class-mapper.ts";
export { clearMappers, configureMappers, resetRegistries } from "./mapping/configure.ts";
export { Mapper } from "./mapping/mapper.ts";
export type { MapperOptions } from "./mapping/mapper-base.ts";
export { polymorphicUnion } from "./mapping/polymorphic-union.ts";
export { ReadOnlyProperties } from "./mapping/read-only-properties.ts";
export { Registry, type DataclassOptions, type GenerateBaseOptions, type RegistryOptions } from "./mapping/registry.ts";
export { reconstructor, validates, validatorEvents } from "./mapping/validators.ts";
export { ColumnComparator, ColumnProperty, MappedSQLExpression } from "./props/column.ts";
export { Composite, CompositeComparator, CompositeProperty } from "./props/composite.ts";
export { ConcreteInheritedProperty, Synonym, SynonymProperty } from "./props/descriptor.ts";
export { MapperProperty, PropComparator, StrategizedProperty } from "./props/interfaces.ts";
export { MappedColumn } from "./props/mapped-column.ts";
