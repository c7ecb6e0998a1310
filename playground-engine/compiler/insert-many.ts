// "insertmanyvalues": one INSERT … VALUES for many rows, in batches, where rows are to come back.
//
// Row by row where the database cannot promise which row comes back for which (`sort_by_parameter_order`
// without a sentinel column it could be told by). Behaviour: sqlalchemy/sql/compiler.py,
// _deliver_insertmanyvalues_batches and _get_sentinel_column_for_table.
import { InvalidRequestError } from "../errors/index.ts";
import type { Value } from "../util/host.ts";
import type { Table } from "../sql/schema/table.ts";
import type { Column } from "../sql/schema/column.ts";
import type { SchemaTranslateMap } from "./compiled.ts";
import type { CompilingDialect } from "./compiling-dialect.ts";
import type { DmlCompiler } from "./dml.ts";
import {
  SENTINEL,
  type DriverParams,
  type InsertManyValues,
  type InsertManyValuesBatch,
} from "./insert-many-values.ts";

/** The columns that tell rows of a table apart in this dialect; null where none can. */
export function sentinelColumns(table: Table, dialect: CompilingDialect): readonly Column[] | null {
  const { columns, isAutoinc, isExplicit, defaultCharacterization } = table._sentinelColumnCharacteristics;
  if (!columns) return null;
  const bits = {
    none: isAutoinc ? SENTINEL.AUTOINCREMENT : SENTINEL.SUPPORTED_OR_NOT,
    unknown: 0,
    clientside: SENTINEL.SUPPORTED_OR_NOT,
    sentinel_default: SENTINEL.SUPPORTED_OR_NOT,
    serverside: 0,
    identity: SENTINEL.IDENTITY,
    sequence: SENTINEL.SEQUENCE,
  }[defaultCharacterization];
  if (dialect.insertmanyvaluesImplicitSentinel & bits) return columns;
  if (!isExplicit) return null;
  throw new InvalidRequestError(
    `Column ${columns[0]} can't be explicitly marked as a sentinel column when using the ${dialect.name} dialect, as the particular type of ` +
      "default generation on this column is not currently compatible with this dialect's specific INSERT..RETURNING syntax which can receive " +
      "the server-generated value in a deterministic way.  To remove this error, remove insert_sentinel=True from primary key autoincrement " +
      "columns; these columns are automatically used as sentinels for supported dialects in any case.",
  );
}

/** Whether rows go one by one, and whether that is less than was possible. */
function rowAtATime(
  compiler: DmlCompiler,
  imv: InsertManyValues,
  sortByParameterOrder: boolean,
): "no" | "yes" | "downgraded" {
  const { dialect } = compiler;
  const returnsRows = compiler.resultColumns.length > 0;
  if (imv.isDefaultExpr && !dialect.supportsDefaultMetavalue) return "yes";
  if (!dialect.supportsMultivaluesInsert) return "downgraded";
  const counted = imv.embedValuesCounter;
  if (
    sortByParameterOrder &&
    returnsRows &&
    (!imv.sentinelColumns || (imv.includesUpsertBehaviors && !counted))
  )
    return "downgraded";
  return imv.hasUpsertBoundParameters && !counted && returnsRows ? "downgraded" : "no";
}

/**
 * The statements that insert `parameters`.
 * @param statement text as it would go out for one row
 * @param parameters one set a row, in the driver's form
 * @param compiledParameters the same by name, before the types' processors
 * @param batchSize rows a statement at most
 */
export function* deliverInsertmanyvaluesBatches(
  compiler: DmlCompiler,
  statement: string,
  parameters: readonly DriverParams[],
  compiledParameters: readonly ReadonlyMap<string, Value>[],
  batchSize: number,
  sortByParameterOrder: boolean,
  schemaTranslateMap: SchemaTranslateMap | null,
): Generator<InsertManyValuesBatch> {
  const imv = compiler.insertmanyvalues!;
  const keys = imv.sentinelParamKeys ?? [];
  const sentinels = (from: number, to: number): Value[][] =>
    keys.length ? compiledParameters.slice(from, to).map((p) => keys.map((k) => p.get(k) ?? null)) : [];
  const common = { rowsSorted: sortByParameterOrder };

  const single = rowAtATime(compiler, imv, sortByParameterOrder);
  if (single !== "no") {
    for (const [i, one] of parameters.entries()) {
      yield {
        ...common,
        replacedStatement: statement,
        replacedParameters: one,
        batch: [one],
        sentinelValues: sentinels(i, i + 1),
        currentBatchSize: 1,
        batchnum: i + 1,
        totalBatches: parameters.length,
        isDowngraded: single === "downgraded",
      };
    }
    return;
  }

  const translate = (text: string): string =>
    schemaTranslateMap ? compiler.preparer.renderSchemaTranslates(text, schemaTranslateMap) : text;
  const values = translate(imv.singleValuesExpr);
  const template = statement.replaceAll(`(${values})`, TOKEN);
  batchSize = limitedBatchSize(compiler, imv, batchSize);
  const totalBatches = Math.ceil(parameters.length / batchSize);
  const expand = compiler.positional
    ? positionalExpansion(compiler, imv, values)
    : namedExpansion(compiler, imv, parameters[0] as ReadonlyMap<string, Value>, translate);
  for (let batchnum = 1, from = 0; from < parameters.length; batchnum++, from += batchSize) {
    const batch = parameters.slice(from, from + batchSize);
    const { text, params } = expand(batch);
    yield {
      ...common,
      replacedStatement: template.replaceAll(TOKEN, () => text),
      replacedParameters: params,
      batch,
      sentinelValues: sentinels(from, from + batchSize),
      currentBatchSize: batch.length,
      batchnum,
      totalBatches,
      isDowngraded: false,
    };
  }
}

const TOKEN = "__EXECMANY_TOKEN__";
const COUNTER = "_IMV_VALUES_COUNTER";

type Expansion = (batch: readonly DriverParams[]) => { readonly text: string; readonly params: DriverParams };

/** Some databases take only so many parameters. */
function limitedBatchSize(compiler: DmlCompiler, imv: InsertManyValues, batchSize: number): number {
  const max = compiler.dialect.insertmanyvaluesMaxParameters;
  if (!max) return batchSize;
  const perRow = imv.insertCrudParams.length;
  const outside = compiler.bindNames.size - perRow;
  return Math.min(batchSize, Math.floor((max - outside) / perRow));
}

function positionalExpansion(compiler: DmlCompiler, imv: InsertManyValues, values: string): Expansion {
  const names = new Set(imv.insertCrudParams.flatMap((p) => [...p.bindNames]));
  const positions = (compiler.positiontup ?? []).flatMap((name, i) => (names.has(name) ? [i] : []));
  const lower = positions[0] ?? 0;
  const upper = positions.length ? positions.at(-1)! + 1 : 0;
  const char = compiler.dialect.paramstyle.startsWith("numeric") ? compiler.numericBindsIdentifierChar : null;
  const row = `(${values}${imv.embedValuesCounter ? `, ${COUNTER}` : ""})`;
  const number = char && new RegExp(`\\${char}\\d+`, "g");
  return (batch) => {
    const rows = batch as readonly (readonly Value[])[];
    const first = rows[0]!;
    const all = imv.numPositionalParamsCounted === first.length;
    const params = rows.flatMap((r) => (all ? r : r.slice(lower, upper)));
    let text = rows.map((_, i) => row.replaceAll(COUNTER, String(i))).join(", ");
    // parameters of VALUES have the highest numbers
    let next = (all ? 0 : lower) + 1;
    if (number) text = text.replace(number, () => `${char}${next++}`);
    return { text, params: all ? params : [...first.slice(0, lower), ...params, ...first.slice(upper)] };
  };
}

function namedExpansion(
  compiler: DmlCompiler,
  imv: InsertManyValues,
  first: ReadonlyMap<string, Value>,
  translate: (text: string) => string,
): Expansion {
  const escaped = (key: string): string => compiler.escapedBindNames.get(key) ?? key;
  const keys = new Set(
    imv.insertCrudParams.flatMap((p) => [...p.bindNames].map(escaped)).filter((key) => first.has(key)),
  );
  const base = [...first].filter(([key]) => !keys.has(key));
  const one = imv.insertCrudParams.map((p) => {
    let text = translate(p.value!);
    for (const key of p.bindNames) {
      const name = escaped(key);
      text = text.replaceAll(compiler.bindtemplate(name), () => compiler.bindtemplate(`${name}__${INDEX}`));
    }
    return text;
  });
  const row = `(${one.join(", ")}${imv.embedValuesCounter ? `, ${COUNTER}` : ""})`;
  return (batch) => {
    const params = new Map<string, Value>(base);
    const text = batch.map((r, i) => {
      for (const key of keys) params.set(`${key}__${i}`, (r as ReadonlyMap<string, Value>).get(key) ?? null);
      return row.replaceAll(INDEX, String(i)).replaceAll(COUNTER, String(i));
    });
    return { text: text.join(", "), params };
  };
}

const INDEX = "EXECMANY_INDEX__";
