// The room: what a statement is. Import from here; loading it ties the knots (late.ts, types/type-late.ts).
import "./coercion-rules.ts";
import "./default-comparator.ts";
import "./types/wire.ts";

// -- expressions, SELECT, INSERT, UPDATE, DELETE ----------------------------------------------
export * from "./constructors.ts";
export * from "./lambdas.ts";
export {
  delete_,
  Delete,
  insert,
  Insert,
  update,
  Update,
  UpdateBase,
  ValuesBase,
  type DMLStatement,
} from "./dml.ts";
export {
  DeleteDMLState,
  DMLState,
  InsertDMLState,
  UpdateDMLState,
  type DMLColumn,
  type DMLValues,
} from "./dml-state.ts";
export * from "./function-registry.ts";
export * from "./functions.ts";
export * from "./known-functions.ts";
export * from "./adapt.ts";
export {
  asAnnotated,
  deepAnnotate,
  deepDeannotate,
  EMPTY_ANNOTATIONS,
  safeAnnotate,
  shallowAnnotate,
  type Annotations,
} from "./annotation.ts";
export {
  CacheableOptions,
  clonedDifference,
  clonedIntersection,
  CompileState,
  entityNamespaceOf,
  Executable,
  ExecutableOption,
  expandCloned,
  fromObjects,
  Immutable,
  Options,
  pluginFor,
  selectIterables,
  type ExecutionOptions,
} from "./base.ts";
export { CacheKeyBuilder, hasCacheKey, tokenOf, type CacheKey, type HasCacheKey } from "./cache-key.ts";
export {
  ColumnCollection,
  ColumnSet,
  DedupeColumnCollection,
  ReadOnlyColumnCollection,
} from "./column-collection.ts";
export { expect, expectAsKey, expectColExpressionCollection, type ExpectOptions } from "./coercions.ts";
export { ColumnOperators } from "./comparator.ts";
export { compare, type CompareOptions } from "./compare.ts";
export { defaultOperate } from "./default-comparator.ts";
export { ElementMap, ElementSet, type Hashed } from "./element-set.ts";
export { late, type CompiledLike, type CompileOptions, type DialectLike, type Inspected } from "./late.ts";
export { defaults, mixin } from "./mixin.ts";
export {
  anonymousLabel,
  applyAnonMap,
  ConvName,
  isAnonymous,
  PrefixAnonMap,
  QuotedName,
  type NameArgument,
} from "./names.ts";
export * as operators from "./operators.ts";
export { CustomOp, Operator, operatorNamed, type OperateOptions, type OperatorType } from "./operators.ts";
export { classRepr, objectRepr, reprOf, strOf } from "./repr.ts";
export * as roles from "./roles.ts";
export {
  specCacheKey,
  specChildren,
  specCopyInternals,
  type SetupJoin,
  type TraverseSpec,
} from "./traverse-spec.ts";
export {
  ClauseVisitor,
  clonedTraverse,
  CloningClauseVisitor,
  iterate,
  ReplacingClauseVisitor,
  replacementTraverse,
  setCompilerDispatch,
  traverse,
  Visitable,
  visitMethodName,
  type CloneOptions,
  type CompilerDispatch,
  type CompilerVisitor,
  type Traversible,
  type TraverseOptions,
  type Visitors,
} from "./visitable.ts";

export {
  BinaryExpression,
  BooleanClauseList,
  ExpressionClauseList,
  Grouping,
  IndexExpression,
  OperatorExpression,
  Slice,
} from "./elements/binary.ts";
export { BindParameter } from "./elements/bind.ts";
export { Case, Extract } from "./elements/case.ts";
export { Cast, TryCast, TypeCoerce } from "./elements/cast.ts";
export {
  ClauseElement,
  CompilerElement,
  type EntityNamespace,
  type PropagateAttrs,
} from "./elements/clause.ts";
export { ClauseList, Tuple } from "./elements/clause-list.ts";
export { CollationClause } from "./elements/collation.ts";
export {
  ColumnElement,
  isColumnElement,
  KeyedColumnElement,
  type ProxyOptions,
  WrapsColumnExpression,
} from "./elements/column.ts";
export { ColumnClause, TableValuedColumn } from "./elements/column-clause.ts";
export { False_, Null, True_ } from "./elements/constants.ts";
export { Label } from "./elements/label.ts";
export { LabelReference, TextualLabelReference } from "./elements/label-reference.ts";
export { applyParamsToElement, OverrideBinds } from "./elements/override-binds.ts";
export { NamedColumn } from "./elements/named-column.ts";
export { FunctionFilter, Over, RANGE_CURRENT, RANGE_UNBOUNDED, WithinGroup } from "./elements/over.ts";
export { ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause } from "./elements/savepoint.ts";
export { TextClause, TypeClause } from "./elements/text.ts";
export { AsBoolean, CollectionAggregate, UnaryExpression } from "./elements/unary.ts";

export {
  Alias,
  AliasedReturnsRows,
  CTE,
  FromClauseAlias,
  Lateral,
  Subquery,
  TableSample,
  TableValuedAlias,
} from "./selectable/alias.ts";
export { CompoundSelect, CompoundSelectState } from "./selectable/compound.ts";
export { ForUpdateArg, type ForUpdateOptions } from "./selectable/for-update.ts";
export { FromClause, FromGrouping, isFromClause, NamedFromClause } from "./selectable/from-clause.ts";
export { HasCTE } from "./selectable/has-cte.ts";
export { HasHints, HasPrefixes, HasSuffixes } from "./selectable/has-parts.ts";
export { Join } from "./selectable/join.ts";
export * from "./selectable/label-style.ts";
export { OffsetLimitParam } from "./selectable/limit.ts";
export { ReturnsRows, Selectable } from "./selectable/returns-rows.ts";
export { Exists, ScalarSelect } from "./selectable/scalar.ts";
export { Select } from "./selectable/select.ts";
export { GenerativeSelect, SelectBase, SelectStatementGrouping } from "./selectable/select-base.ts";
export {
  normalizeFroms,
  SelectState,
  type LabelResolveDict,
  type SelectStateClass,
} from "./selectable/select-state.ts";
export { TableClause } from "./selectable/table-clause.ts";
export { TextualSelect } from "./selectable/textual.ts";
export { ScalarValues, Values } from "./selectable/values.ts";

// -- types, schema, DDL ------------------------------------------------------------------------
export * from "./types/index.ts";
export * from "./schema/index.ts";
export * from "./ddl.ts";
export { DDLIf } from "./ddl-if.ts";
export { cycleNames, sortTables, sortTablesAndConstraints, type SortedTable } from "./ddl-sort.ts";
export {
  SchemaDropper,
  SchemaGenerator,
  SchemaWalk,
  type DdlDialect,
  type DdlWalkConnection,
} from "./ddl-visitors.ts";
export { constraintNameForTable } from "./naming.ts";
