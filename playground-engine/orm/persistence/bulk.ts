// INSERT and UPDATE of many rows at once: from dictionaries, without unit of work. ORM-enabled INSERT and UPDATE statements
// with several parameter sets come here, too. Behaviour: SQLAlchemy orm/bulk_persistence.py (_bulk_insert, _bulk_update).
import type { Insert, Update } from "../../sql/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { AttrDict } from "../face.ts";
import { IdentityKey } from "../state/identity-key.ts";
import type { SessionTransaction } from "../session/transaction.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { Column } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import { collectInsertCommands, collectUpdateCommands } from "./collect.ts";
import { emitInsertStatements, emitUpdateStatements } from "./emit.ts";
import type { DmlResult, StateRecord } from "./records.ts";

export interface BulkInsertOptions {
  /** The states whose dictionaries the mappings are: with returnDefaults they become known by their keys. */
  readonly states?: readonly InstanceState[];
  /** Generated values are put into the mappings. */
  readonly returnDefaults?: boolean;
  /** None is written as NULL rather than left out. */
  readonly renderNulls?: boolean;
  readonly statement?: Insert | null;
  readonly executionOptions?: ReadonlyMap<string, Value> | null;
}

/** Gives the result where a statement of the program's is executed. */
export function bulkInsert(
  mapper: MapperContract,
  given: Iterable<AttrDict>,
  transaction: SessionTransaction,
  options: BulkInsertOptions = {},
): DmlResult | null {
  const {
    states,
    returnDefaults = false,
    renderNulls = false,
    statement = null,
    executionOptions = null,
  } = options;
  const { baseMapper } = mapper;
  if (transaction.session.connectionCallable)
    throw host.error(
      "NotImplementedError",
      "connection_callable / per-instance sharding not supported in bulk_insert()",
    );
  const mappings = states || returnDefaults ? [...given] : [...given].map((m) => new Map(m));
  if (!states) expandComposites(mapper, mappings);
  const connection = transaction.connection(baseMapper as unknown as Value);
  const tables = [...baseMapper._sortedTables].filter(([table]) => mapper._pksByTable.has(table));
  // Rows of several tables must hand their keys on.
  const bookkeeping = returnDefaults || tables.length > 1;
  let combined: DmlResult | null = null;
  for (const [table, superMapper] of tables) {
    const embedded =
      statement
        ?._getEmbeddedBindparams()
        .map((b) => b.key)
        .filter((k) => mappings[0]?.has(k)) ?? [];
    const rows = mappings.map((dict): StateRecord => ({
      state: null,
      dict,
      mapper,
      connection,
      updateVersionId: null,
    }));
    const records = collectInsertCommands(table, rows, {
      bulk: true,
      returnDefaults: bookkeeping,
      renderNulls,
      includeBulkKeys: embedded,
    });
    const result = emitInsertStatements(baseMapper, null, superMapper, table, records, {
      bookkeeping,
      statement,
      executionOptions,
    });
    if (!statement || !result) continue;
    if (!statement._returning.length || combined === null) combined = result;
    else combined = combined.spliceHorizontally(result);
  }
  if (returnDefaults && states)
    for (const state of states)
      state.key = new IdentityKey(
        mapper._identityClass,
        mapper._identityKeyProps.map((p) => state.dict.get(p.key) ?? null),
      );
  return combined;
}

export interface BulkUpdateOptions {
  readonly statement?: Update | null;
  readonly enableCheckRowcount?: boolean;
}

export function bulkUpdate(
  mapper: MapperContract,
  given: Iterable<AttrDict>,
  transaction: SessionTransaction,
  options: BulkUpdateOptions = {},
): void {
  const { statement = null, enableCheckRowcount = true } = options;
  const { baseMapper } = mapper;
  const mappings = [...given].map((m) => new Map(m));
  expandComposites(mapper, mappings);
  if (transaction.session.connectionCallable)
    throw host.error(
      "NotImplementedError",
      "connection_callable / per-instance sharding not supported in bulk_update()",
    );
  const connection = transaction.connection(baseMapper as unknown as Value);
  const embedded =
    statement
      ?._getEmbeddedBindparams()
      .map((b) => b.key)
      .filter((k) => mappings[0]?.has(k)) ?? [];
  const version = mapper._versionIdProp?.key;
  for (const [table, superMapper] of baseMapper._sortedTables) {
    if (!mapper.isa(superMapper) || !mapper._pksByTable.has(table)) continue;
    const rows = mappings.map((dict): StateRecord => {
      if (version !== undefined && !dict.has(version)) throw host.error("KeyError", version);
      return {
        state: null,
        dict,
        mapper,
        connection,
        updateVersionId: version === undefined ? null : dict.get(version),
      };
    });
    const statementValues = statement ? (statement._values as ReadonlyMap<Column, never> | null) : null;
    const records = collectUpdateCommands(null, table, rows, {
      bulk: true,
      statementValues,
      includeBulkKeys: embedded,
    });
    emitUpdateStatements(baseMapper, null, superMapper, table, records, {
      bookkeeping: false,
      statement,
      enableCheckRowcount,
    });
  }
}

/** A composite given as one value is its columns' values. */
function expandComposites(mapper: MapperContract, mappings: readonly AttrDict[]): void {
  if (!mapper.composites.size) return;
  for (const mapping of mappings)
    for (const [key, composite] of mapper.composites.entries())
      if (mapping.has(key)) composite._populateCompositeBulkSaveMappings(mapping);
}
