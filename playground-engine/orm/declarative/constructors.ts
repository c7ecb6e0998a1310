// mapped_column(), column_property(), synonym() …: what programs write in class bodies.
// Behaviour: SQLAlchemy orm/_orm_constructors.py.
import { warnDeprecated } from "../../errors/index.ts";
import { null_ } from "../../sql/constructors.ts";
import { InsertSentinelColumnDefault } from "../../sql/schema/defaults.ts";
import type { NameArgument } from "../../sql/names.ts";
import type { TypeArgument } from "../../sql/types/engine.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { MappedSQLExpression, type ColumnPropertyOptions } from "../props/column.ts";
import { Composite, type CompositeOptions } from "../props/composite.ts";
import { Synonym, type SynonymOptions } from "../props/descriptor.ts";
import { strategyKey } from "../props/strategized-property.ts";
import { type AttributeOptions } from "../props/attribute-options.ts";
import { MappedColumn, type MappedColumnOptions } from "../props/mapped-column.ts";

/** Arguments that say how an attribute is a dataclass's field. */
function attributeOptions(
  o: AttributeOptions,
  given: Partial<Record<keyof AttributeOptions, Value>> = {},
): AttributeOptions {
  return {
    init: o.init,
    repr: o.repr,
    default: o.default,
    defaultFactory: o.defaultFactory,
    compare: o.compare,
    kwOnly: o.kwOnly,
    hash: o.hash,
    dataclassMetadata: o.dataclassMetadata,
    ...given,
  };
}

/** `default` is the dataclass's, and the column's where there is no insert_default. */
export function mappedColumn(
  namePos: Value = null,
  typePos: Value = null,
  args: readonly Value[] = [],
  options: MappedColumnOptions & AttributeOptions = {},
  dialectKwargs: Kwargs = new Map(),
): MappedColumn {
  const {
    init: _i,
    repr: _r,
    default: _d,
    defaultFactory: _f,
    compare: _c,
    kwOnly: _k,
    hash: _h,
    dataclassMetadata: _m,
    ...column
  } = options;
  const others = new Map(dialectKwargs);
  const take = (name: string): boolean => {
    const given = others.get(name);
    others.delete(name);
    return given !== undefined && host.isTrue(given);
  };
  const insertSentinel = take("insert_sentinel");
  const omitFromStatements = take("_omit_from_statements");
  return new MappedColumn(
    namePos,
    typePos,
    args,
    { ...column, insertSentinel, omitFromStatements, attributeOptions: attributeOptions(options) },
    others,
  );
}

/** A column by which rows of one INSERT are told apart. */
export function ormInsertSentinel(
  name: NameArgument | null = null,
  type: TypeArgument = null,
  options: { default?: Value; omitFromStatements?: boolean } = {},
): MappedColumn {
  return new MappedColumn(null, null, [], {
    name,
    type: type as TypeArgument,
    default: options.default ?? new InsertSentinelColumnDefault(),
    omitFromStatements: options.omitFromStatements ?? true,
    insertSentinel: true,
    useExistingColumn: true,
    nullable: true,
  });
}

type PropertyArguments = Omit<ColumnPropertyOptions, "attributeOptions"> & AttributeOptions;

/** A read-only attribute where it is an expression; of the dataclass's arguments only repr, compare and hash make sense. */
export function columnProperty(
  column: Value,
  additionalColumns: readonly Value[] = [],
  options: PropertyArguments = {},
): MappedSQLExpression {
  for (const [key, name] of [
    ["init", "init"],
    ["kwOnly", "kw_only"],
    ["default", "default"],
    ["defaultFactory", "default_factory"],
  ] as const)
    if (options[key] !== undefined)
      warnDeprecated(
        `The column_property.${name} parameter is deprecated for column_property().  This parameter applies to a writeable-attribute in a Declarative Dataclasses configuration only, and column_property() is treated as a read-only attribute in this context.`,
      );
  return new MappedSQLExpression(column, additionalColumns, {
    ...options,
    attributeOptions: attributeOptions(options, options.init === undefined ? { init: false } : {}),
    assumeReadonlyDcAttributes: true,
  });
}

export function deferred(
  column: Value,
  additionalColumns: readonly Value[] = [],
  options: PropertyArguments = {},
): MappedSQLExpression {
  return new MappedSQLExpression(column, additionalColumns, {
    ...options,
    attributeOptions: attributeOptions(options),
    deferred: true,
  });
}

/** An attribute that with_expression() fills. */
export function queryExpression(
  defaultExpr: Value = undefined,
  options: PropertyArguments = {},
): MappedSQLExpression {
  const prop = new MappedSQLExpression(defaultExpr ?? null_(), [], {
    ...options,
    attributeOptions: { init: false, repr: options.repr, compare: options.compare },
    assumeReadonlyDcAttributes: true,
  });
  prop.strategyKey = strategyKey({ query_expression: true });
  return prop;
}

/** @throws the host's TypeError on keyword arguments it does not know */
export function composite(
  classOrAttr: Value = null,
  attrs: readonly Value[] = [],
  options: Omit<CompositeOptions, "attributeOptions"> &
    AttributeOptions & { readonly raiseload?: boolean } = {},
  kwargs: Kwargs = new Map(),
): Composite {
  if (kwargs.size > 0)
    throw host.error("TypeError", "Additional keyword arguments to this function/method are not accepted.");
  return new Composite(classOrAttr, attrs, { ...options, attributeOptions: attributeOptions(options) });
}

export function synonym(
  name: string,
  options: Omit<SynonymOptions, "attributeOptions"> & AttributeOptions = {},
): Synonym {
  return new Synonym(name, { ...options, attributeOptions: attributeOptions(options) });
}
