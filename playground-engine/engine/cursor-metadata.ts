// What a cursor's result knows about its columns: the compiled statement's list merged with what the driver described.
//
// Statements of Core match by position and never look at the driver's names; text() with columns matches by position or
// by name; raw SQL has nothing but names. A name that stands for two columns is kept as ambiguous and raises when it is used.
// Behaviour: SQLAlchemy engine/cursor.py (CursorResultMetaData).
import { InvalidRequestError, NoSuchColumnError, ResourceClosedError, warn } from "../errors/index.ts";
import type { ResultColumnsEntry } from "../compiler/result-map.ts";
import { isColumnElement } from "../sql/elements/column.ts";
import type { ResultProcessor } from "../sql/types/dialect-facts.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { host } from "../util/host.ts";
import type { ColumnDescription } from "./dbapi.ts";
import { ResultMetaData, SimpleResultMetaData } from "./result-metadata.ts";
import { rowKey, type Processors } from "./row.ts";

export type CursorDescription = readonly ColumnDescription[];

/** How the columns of a compiled statement are to be matched. */
export interface ResultColumnStruct {
  readonly columns: readonly ResultColumnsEntry[];
  readonly ordered: boolean;
  readonly textualOrdered: boolean;
  readonly adHocTextual: boolean;
  readonly looseNames: boolean;
}

/** What the metadata asks of the execution it belongs to. */
export interface MetadataContext {
  readonly resultColumnStruct: ResultColumnStruct | null;
  resultProcessor(type: TypeEngine): ResultProcessor | null;
  /** Name and raw name of a column, where the dialect changes names. */
  readonly translateColname: ((name: string) => readonly [string, string | null]) | null;
  /** The type of columns that nothing is known of. */
  readonly nullType: TypeEngine;
}

interface ColumnRecord {
  /** null: the name is ambiguous */
  readonly index: number | null;
  /** Position in the compiled statement's columns; null where it has none */
  readonly resultIndex: number | null;
  readonly objects: readonly unknown[];
  readonly lookupKey: string | null;
  readonly renderedName: string | null;
  readonly processor: ResultProcessor | null;
  readonly untranslated: string | null;
}

export class CursorResultMetaData extends ResultMetaData {
  /** Whether other executions of the same compiled statement may use this. */
  safeForCache = false;
  private keymap = new Map<unknown, ColumnRecord>();
  private wasPickled = false;
  private byResultIndex: Map<number, ColumnRecord> | undefined;

  static forCursor(context: MetadataContext, description: CursorDescription): CursorResultMetaData {
    const made = new CursorResultMetaData();
    const records = made.merge(context, description);
    made.processors = records.map((r) => r.processor);
    const count = context.resultColumnStruct?.columns.length ?? 0;
    made.keymap = count
      ? keymapWithDuplicates(records, count)
      : new Map(records.map((r) => [r.lookupKey, r]));
    if (!count && context.translateColname)
      for (const r of records)
        if (r.untranslated !== null)
          made.keymap.set(r.untranslated, made.keymap.get(r.lookupKey) as ColumnRecord);
    made.indexKeys();
    return made;
  }

  /** Names with their positions (null: ambiguous): what a pickled row takes along; the columns stay behind. */
  get positions(): readonly (readonly [string, number | null])[] {
    return [...this.keymap].flatMap(([key, r]) => (typeof key === "string" ? [[key, r.index] as const] : []));
  }

  static unpickled(
    keyNames: readonly (string | null)[],
    positions: readonly (readonly [string, number | null])[],
  ): CursorResultMetaData {
    const made = new CursorResultMetaData();
    made.keyNames = keyNames;
    made.wasPickled = true;
    const rest = { resultIndex: null, objects: [], processor: null, untranslated: null };
    made.keymap = new Map(
      positions.map(([name, index]) => [name, { index, lookupKey: name, renderedName: name, ...rest }]),
    );
    made.indexKeys();
    return made;
  }

  private indexKeys(): void {
    const keyToIndex = new Map<unknown, number>();
    for (const [key, record] of this.keymap) if (record.index !== null) keyToIndex.set(key, record.index);
    this.keyToIndex = keyToIndex;
  }

  private derive(change: {
    keymap: Map<unknown, ColumnRecord>;
    keyNames?: readonly (string | null)[];
    processors?: Processors | null;
    tuplefilter?: readonly number[] | null;
    byResultIndex?: Map<number, ColumnRecord> | undefined;
  }): CursorResultMetaData {
    const made = new CursorResultMetaData();
    made.keymap = change.keymap;
    made.keyNames = change.keyNames ?? this.keyNames;
    made.processors = change.processors === undefined ? this.processors : change.processors;
    made.tuplefilter = change.tuplefilter ?? null;
    made.safeForCache = this.safeForCache;
    made.byResultIndex = "byResultIndex" in change ? change.byResultIndex : this.byResultIndex;
    made.indexKeys();
    return made;
  }

  // ------------------------------------------------------------------ merging with the cursor

  private merge(context: MetadataContext, description: CursorDescription): ColumnRecord[] {
    const struct = context.resultColumnStruct;
    const count = struct?.columns.length ?? 0;
    if (struct && count && struct.ordered && !struct.textualOrdered && count === description.length) {
      this.keyNames = struct.columns.map((c) => c.keyname);
      this.safeForCache = true;
      return struct.columns.map((c, i) => ({
        index: i,
        resultIndex: i,
        objects: c.objects,
        lookupKey: c.name,
        renderedName: c.keyname,
        processor: context.resultProcessor(c.type),
        untranslated: null,
      }));
    }
    const names = description.map(([name]) => context.translateColname?.(name) ?? ([name, null] as const));
    this.keyNames = names.map(([name]) => name);
    const record = (
      i: number,
      entry: { objects: readonly unknown[]; type: TypeEngine; resultIndex: number } | undefined,
    ): ColumnRecord => {
      const [name, untranslated] = names[i] as readonly [string, string | null];
      return {
        index: i,
        resultIndex: entry?.resultIndex ?? null,
        objects: entry?.objects ?? [],
        lookupKey: name,
        renderedName: name,
        processor: context.resultProcessor(entry?.type ?? context.nullType),
        untranslated,
      };
    };
    if (struct && (struct.textualOrdered || (struct.adHocTextual && description.length === count))) {
      this.safeForCache = true;
      return this.mergeByPosition(struct.columns, description.length, record);
    }
    if (struct && count) {
      const byName = entriesByName(struct.columns, struct.looseNames);
      return names.map(([name], i) => record(i, byName.get(name)));
    }
    return names.map((_, i) => record(i, undefined));
  }

  private mergeByPosition(
    columns: readonly ResultColumnsEntry[],
    found: number,
    record: (
      i: number,
      entry: { objects: readonly unknown[]; type: TypeEngine; resultIndex: number } | undefined,
    ) => ColumnRecord,
  ): ColumnRecord[] {
    if (columns.length > found)
      warn(
        `Number of columns in textual SQL (${columns.length}) is smaller than number of columns requested (${found})`,
      );
    const seen = new Set<unknown>();
    return Array.from({ length: found }, (_, i) => {
      const column = columns[i];
      if (!column) return record(i, undefined);
      const first = column.objects[0];
      if (seen.has(rowKey(first)))
        throw new InvalidRequestError(
          `Duplicate column expression requested in textual SQL: ${host.repr(first)}`,
        );
      seen.add(rowKey(first));
      return record(i, { objects: column.objects, type: column.type, resultIndex: i });
    });
  }

  // ------------------------------------------------------------------ metadata made from this one

  override forFreeze(): ResultMetaData {
    const ambiguous = new Set<string>();
    for (const record of this.keymap.values())
      if (record.index === null && record.lookupKey !== null) ambiguous.add(record.lookupKey);
    return new SimpleResultMetaData(this.keyNames, {
      extra: this.keyNames.map((k) => this.keymap.get(k)?.objects ?? []),
      ambiguousKeys: ambiguous.size ? ambiguous : null,
    });
  }

  /** The same without processors: for rows that have been through them. */
  removeProcessors(): CursorResultMetaData {
    const keymap = new Map([...this.keymap].map(([k, r]) => [k, { ...r, processor: null }] as const));
    return this.derive({ keymap, processors: (this.processors ?? []).map(() => null) });
  }

  /** This one's columns followed by another's. */
  spliceHorizontally(other: CursorResultMetaData): CursorResultMetaData {
    const offset = this.keyNames.length;
    const keymap = new Map(this.keymap);
    for (const [key, r] of other.keymap) {
      const taken = keymap.has(key) || r.index === null;
      keymap.set(key, {
        ...r,
        index: taken ? null : (r.index as number) + offset,
        resultIndex: taken ? null : (r.resultIndex ?? 0) + offset,
      });
    }
    return this.derive({
      keymap,
      keyNames: [...this.keyNames, ...other.keyNames],
      processors: [...(this.processors ?? []), ...(other.processors ?? [])],
      byResultIndex: undefined,
    });
  }

  override reduce(keys: readonly unknown[]): ResultMetaData {
    const records = keys.map((key) => this.record(key));
    const renumbered = records.map((r, i) => ({ ...r, index: i }));
    const keymap = new Map<unknown, ColumnRecord>(renumbered.map((r) => [r.lookupKey, r]));
    for (const r of renumbered) for (const obj of r.objects) keymap.set(rowKey(obj), r);
    return this.derive({
      keymap,
      keyNames: records.map((r) => r.lookupKey),
      tuplefilter: records.map((r) =>
        this.tuplefilter ? (this.tuplefilter[r.index as number] as number) : (r.index as number),
      ),
    });
  }

  /** The same for another statement that was compiled to the same text: its columns find the values, too. */
  adaptTo(columns: readonly unknown[]): CursorResultMetaData {
    this.byResultIndex ??= new Map([...this.keymap.values()].map((r) => [r.resultIndex ?? -1, r]));
    const keymap = new Map(this.keymap);
    columns.forEach((column, i) => {
      const record = this.byResultIndex?.get(i);
      if (record) keymap.set(rowKey(column), record);
    });
    return this.derive({ keymap });
  }

  // ------------------------------------------------------------------ looking up

  override hasKey(key: unknown): boolean {
    return this.keymap.has(rowKey(key));
  }

  override indexForKey(key: unknown, raiseerr = true): number | undefined {
    const found = this.keymap.get(rowKey(this.keyAt(key)));
    if (!found) {
      if (raiseerr) throw noSuchColumn(key);
      return undefined;
    }
    if (found.index === null) throw ambiguous(found);
    return found.index;
  }

  private record(key: unknown): ColumnRecord {
    const found = this.keymap.get(rowKey(this.keyAt(key)));
    if (!found) throw noSuchColumn(key);
    if (found.index === null) throw ambiguous(found);
    return found;
  }

  override keyNotFound(key: unknown, attributeError: boolean): never {
    const found = this.keymap.get(rowKey(key));
    if (found) throw ambiguous(found);
    const error =
      this.wasPickled && isColumnElement(key)
        ? new NoSuchColumnError("Row was unpickled; lookup by ColumnElement is unsupported")
        : noSuchColumn(key);
    throw attributeError ? host.withCause(host.error("AttributeError", error.messageText()), error) : error;
  }
}

function ambiguous(record: ColumnRecord): InvalidRequestError {
  return new InvalidRequestError(
    `Ambiguous column name '${record.lookupKey}' in result set column descriptions`,
  );
}

function noSuchColumn(key: unknown): NoSuchColumnError {
  return new NoSuchColumnError(`Could not locate column in row for column '${host.str(key)}'`);
}

function keymapWithDuplicates(records: readonly ColumnRecord[], count: number): Map<unknown, ColumnRecord> {
  const byKey = new Map<unknown, ColumnRecord>(records.map((r) => [r.lookupKey, r]));
  const duplicates = new Map<unknown, unknown>();
  if (byKey.size !== count) {
    const indexes = new Map<unknown, number | null>();
    for (const r of records)
      for (const obj of [r.renderedName, ...r.objects]) {
        const key = rowKey(obj);
        const before = indexes.get(key);
        if (before === undefined) indexes.set(key, r.index);
        else if (before !== r.index) duplicates.set(key, obj);
      }
  }
  const keymap = new Map<unknown, ColumnRecord>();
  for (const r of records)
    for (const obj of r.objects) {
      const key = rowKey(obj);
      if (!duplicates.has(key)) keymap.set(key, r);
    }
  for (const [key, obj] of duplicates) {
    const name = typeof obj === "string" ? obj : host.str(obj);
    byKey.set(key, {
      index: null,
      resultIndex: null,
      objects: [],
      lookupKey: name,
      renderedName: name,
      processor: null,
      untranslated: null,
    });
  }
  for (const [key, r] of byKey) keymap.set(key, r);
  return keymap;
}

/** Statement columns by the name the driver is expected to give; further names where a text() lists plain columns. */
function entriesByName(
  columns: readonly ResultColumnsEntry[],
  loose: boolean,
): Map<unknown, { objects: readonly unknown[]; type: TypeEngine; resultIndex: number }> {
  const map = new Map<unknown, { objects: readonly unknown[]; type: TypeEngine; resultIndex: number }>();
  columns.forEach((c, resultIndex) => {
    const before = map.get(c.keyname);
    map.set(
      c.keyname,
      before
        ? { objects: [...before.objects, ...c.objects], type: before.type, resultIndex }
        : { objects: c.objects, type: c.type, resultIndex },
    );
    if (loose)
      for (const obj of c.objects)
        if (!map.has(rowKey(obj))) map.set(rowKey(obj), { objects: c.objects, type: c.type, resultIndex });
  });
  return map;
}

/** Metadata of a statement that gives no rows: whatever is asked of it raises. */
export class NoResultMetaData extends ResultMetaData {
  override get returnsRows(): boolean {
    return false;
  }

  weDontReturnRows(): never {
    throw new ResourceClosedError(
      "This result object does not return rows. It has been closed automatically.",
    );
  }

  override get keys(): never {
    return this.weDontReturnRows();
  }
  override get effectiveProcessors(): never {
    return this.weDontReturnRows();
  }
  override hasKey(): never {
    return this.weDontReturnRows();
  }
  override forFreeze(): never {
    return this.weDontReturnRows();
  }
  override indexForKey(): never {
    return this.weDontReturnRows();
  }
  override reduce(): never {
    return this.weDontReturnRows();
  }
  override keyNotFound(): never {
    return this.weDontReturnRows();
  }
}

export const NO_RESULT_METADATA = new NoResultMetaData();
