// Copying keys between objects: a parent's primary key into a child's foreign key, a base table's into a joined one's.
// Behaviour: SQLAlchemy orm/sync.py.
import { UnmappedColumnError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { AttrDict, Instance } from "../face.ts";
import { isNoObject, PASSIVE_NO_INITIALIZE, PASSIVE_OFF } from "../flags.ts";
import { stateStr } from "../state/access.ts";
import type { ColumnPairs, ColumnPropertyContract, MapperContract } from "../state/contracts.ts";
import type { Column } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import type { Params } from "./records.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

/** A column that is not mapped becomes an error about the rule; any other error stays. */
function ruleError(
  e: unknown,
  isdest: boolean,
  sourceMapper: MapperContract | null,
  source: Column,
  destMapper: MapperContract | null,
  dest: Column,
): unknown {
  if (!(e instanceof UnmappedColumnError)) return e;
  const message = isdest
    ? `Can't execute sync rule for destination column '${String(dest)}'; mapper '${String(destMapper ?? "None")}' does not map this column.  Try using an explicit \`foreign_keys\` collection which does not include this column (or use a viewonly=True relation).`
    : `Can't execute sync rule for source column '${String(source)}'; mapper '${String(sourceMapper ?? "None")}' does not map this column.  Try using an explicit \`foreign_keys\` collection which does not include destination column '${String(dest)}' (or use a viewonly=True relation).`;
  return host.withCause(new UnmappedColumnError(message), e);
}

/** Runs `fn` for one side of a rule. */
function rule<T>(
  isdest: boolean,
  sourceMapper: MapperContract | null,
  source: Column,
  destMapper: MapperContract | null,
  dest: Column,
  fn: () => T,
): T {
  try {
    return fn();
  } catch (e) {
    throw ruleError(e, isdest, sourceMapper, source, destMapper, dest);
  }
}

function sourceProp(
  mapper: MapperContract,
  l: Column,
  destMapper: MapperContract | null,
  r: Column,
): ColumnPropertyContract {
  try {
    return mapper.getPropertyByColumn(l);
  } catch (e) {
    throw ruleError(e, false, mapper, l, destMapper, r);
  }
}

function destProp(
  sourceMapper: MapperContract,
  l: Column,
  mapper: MapperContract,
  r: Column,
): ColumnPropertyContract {
  try {
    return mapper.getPropertyByColumn(r);
  } catch (e) {
    throw ruleError(e, true, sourceMapper, l, mapper, r);
  }
}

/** Sets the right columns of `dest` to the left columns of `source`. */
export function populate(
  source: InstanceState,
  sourceMapper: MapperContract,
  dest: InstanceState,
  destMapper: MapperContract,
  pairs: ColumnPairs,
  uow: UOWTransaction,
  flagCascadedPks: boolean,
): void {
  for (const [l, r] of pairs) {
    const value = source.manager
      .getImpl(sourceProp(sourceMapper, l, destMapper, r).key)
      .get(source, source.dict, PASSIVE_OFF);
    const prop = destProp(sourceMapper, l, destMapper, r);
    dest.manager.getImpl(prop.key).set(dest, dest.dict, value, null);
    if (flagCascadedPks && l.primaryKey && r.primaryKey && r.references(l)) uow.flagPkCascaded(dest, r);
  }
}

/** Likewise within one dictionary of a bulk operation. */
export function bulkPopulateInheritKeys(dict: AttrDict, mapper: MapperContract, pairs: ColumnPairs): void {
  for (const [l, r] of pairs) {
    const value = dict.get(sourceProp(mapper, l, mapper, r).key) ?? null;
    dict.set(destProp(mapper, l, mapper, r).key, value);
  }
}

/** Sets the right columns of `dest` to None. A primary key cannot be blanked out. */
export function clear(dest: InstanceState, destMapper: MapperContract, pairs: ColumnPairs): void {
  for (const [l, r] of pairs) {
    if (r.primaryKey && !isNoObject(destMapper._getStateAttrByColumn(dest, dest.dict, r)))
      throw host.error(
        "AssertionError",
        `Dependency rule on column '${String(l)}' tried to blank-out primary key column '${String(r)}' on instance '${stateStr(dest)}'`,
      );
    rule(true, null, l, destMapper, r, () => destMapper._setStateAttrByColumn(dest, dest.dict, r, null));
  }
}

/** Puts old and new values of a changed key into the parameters of an association row. */
export function update(
  source: InstanceState,
  sourceMapper: MapperContract,
  dest: Params,
  oldPrefix: string,
  pairs: ColumnPairs,
): void {
  for (const [l, r] of pairs) {
    const [before, value] = rule(false, sourceMapper, l, null, r, (): [Value, Value] => [
      sourceMapper._getCommittedAttrByColumn(source.obj() as Instance, l),
      sourceMapper._getStateAttrByColumn(source, source.dict, l, PASSIVE_OFF),
    ]);
    dest.set(r.key, value);
    dest.set(oldPrefix + r.key, before);
  }
}

export function populateDict(
  source: InstanceState,
  sourceMapper: MapperContract,
  dict: Params,
  pairs: ColumnPairs,
): void {
  for (const [l, r] of pairs)
    dict.set(
      r.key,
      rule(false, sourceMapper, l, null, r, () =>
        sourceMapper._getStateAttrByColumn(source, source.dict, l, PASSIVE_OFF),
      ),
    );
}

/** Whether one of the left columns has changed. */
export function sourceModified(
  uow: UOWTransaction,
  source: InstanceState,
  sourceMapper: MapperContract,
  pairs: ColumnPairs,
): boolean {
  return pairs.some(
    ([l, r]) =>
      uow.getAttributeHistory(source, sourceProp(sourceMapper, l, null, r).key, PASSIVE_NO_INITIALIZE).deleted
        .length > 0,
  );
}
