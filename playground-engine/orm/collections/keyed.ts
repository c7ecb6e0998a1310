// Dictionaries of objects by a key of theirs: attribute_keyed_dict, column_keyed_dict, keyfunc_mapping.
//
// The face makes the dictionary class; the rules are here: what an object's key is, and what happens where it has none.
// Behaviour: SQLAlchemy orm/mapped_collection.py.
import { InvalidRequestError, warn } from "../../errors/index.ts";
import { expect } from "../../sql/coercions.ts";
import { ColumnArgumentRole } from "../../sql/roles.ts";
import { host, type Value } from "../../util/host.ts";
import { AttributeEventToken } from "../attributes/token.ts";
import type { CollectionInitiator } from "../face.ts";
import { NO_VALUE } from "../flags.ts";
import { instanceState, instanceStr } from "../state/access.ts";
import type { Column } from "../state/sql-types.ts";
import { dictMutators, type RawDict } from "./mutators.ts";

/** The value is loaded and None: not populated, though it may become so. */
const MISSING: unique symbol = Symbol("Missing");

/** The key of an object: a value, NO_VALUE or MISSING. */
export type KeyFunction = (obj: Value) => Value | typeof MISSING;

export interface KeyFuncSpec {
  /** The function that makes it, and what it was given: by these it is made again. */
  readonly factory: "attribute_keyed_dict" | "column_keyed_dict" | "keyfunc_mapping";
  readonly given: Value;
  readonly keyfunc: KeyFunction;
  /** Objects without a key are left out rather than complained about. */
  readonly ignoreUnpopulatedAttribute: boolean;
}

export interface KeyedOptions {
  readonly ignoreUnpopulatedAttribute?: boolean;
}

/** By a function of the program's. */
export function keyfuncMapping(keyfunc: Value, options: KeyedOptions = {}): KeyFuncSpec {
  return spec("keyfunc_mapping", keyfunc, (obj) => host.call(keyfunc, [obj]), options);
}

/** By an attribute of the object. */
export function attributeKeyedDict(attrName: string, options: KeyedOptions = {}): KeyFuncSpec {
  if (typeof attrName !== "string") throw host.error("TypeError", "attribute name must be a string");
  return spec(
    "attribute_keyed_dict",
    attrName,
    (obj) => {
      const value = host.getAttribute(obj, attrName);
      if (value === undefined) throw host.noAttribute(obj, attrName);
      if (value !== null) return value;
      const state = instanceState(obj);
      if (!state.mapper._props.has(attrName)) return MISSING;
      const { dict } = state;
      if (!dict.has(attrName)) return NO_VALUE;
      return dict.get(attrName) ?? MISSING;
    },
    options,
  );
}

/** By one column or several: then the key is a tuple. */
export function columnKeyedDict(mappingSpec: Value, options: KeyedOptions = {}): KeyFuncSpec {
  const given = Array.isArray(mappingSpec)
    ? mappingSpec
    : ["list", "tuple", "set"].includes(host.kindOf(mappingSpec))
      ? [...(host.iterate(mappingSpec) ?? [])]
      : [mappingSpec];
  const columns = given.map(
    (c) => expect(ColumnArgumentRole, c, { argname: "mapping_spec" }) as unknown as Column,
  );
  return spec(
    "column_keyed_dict",
    columns,
    (obj) => {
      const state = instanceState(obj);
      const values = columns.map((c) => state.mapper._getStateAttrByColumn(state, state.dict, c));
      if (values.length > 1) return host.makeTuple(values);
      return values[0] ?? MISSING;
    },
    options,
  );
}

function spec(
  factory: KeyFuncSpec["factory"],
  given: Value,
  keyfunc: KeyFunction,
  options: KeyedOptions,
): KeyFuncSpec {
  return { factory, given, keyfunc, ignoreUnpopulatedAttribute: options.ignoreUnpopulatedAttribute ?? false };
}

/** The key to file an object under; undefined where it is to be left out. */
function keyOf(
  { keyfunc, ignoreUnpopulatedAttribute: ignore }: KeyFuncSpec,
  value: Value,
  initiator: CollectionInitiator,
): { key: Value } | undefined {
  const key = keyfunc(value);
  if (key === NO_VALUE) {
    if (!ignore) throw unpopulated(value, initiator);
    return undefined;
  }
  if (key !== MISSING) return { key };
  if (ignore) return undefined;
  warn(
    `Attribute keyed dictionary value for attribute '${relationshipName(value, initiator)}' was None; this will raise in a future release. To skip this assignment entirely, Set the "ignore_unpopulated_attribute=True" parameter on the mapped collection factory.`,
  );
  return { key: null };
}

/** The appender of KeyFuncDict. */
export function keyedSet(
  spec: KeyFuncSpec,
  self: Value,
  raw: RawDict,
  value: Value,
  initiator: CollectionInitiator = null,
): void {
  const at = keyOf(spec, value, initiator);
  if (at) dictMutators.setitem(self, raw, at.key, value, initiator);
}

/** The remover of KeyFuncDict. Throws where another object has the key. */
export function keyedRemove(
  spec: KeyFuncSpec,
  self: Value,
  raw: RawDict,
  value: Value,
  initiator: CollectionInitiator = null,
): void {
  const at = keyOf(spec, value, initiator);
  if (!at) return;
  if (!raw.has(at.key)) throw host.error("KeyError", at.key as string);
  const present = raw.get(at.key);
  if (!host.equal(present, value))
    throw new InvalidRequestError(
      `Can not remove '${host.str(value)}': collection holds '${host.str(present)}' for key '${host.str(at.key)}'. Possible cause: is the KeyFuncDict key function based on mutable properties or properties that only obtain values after flush?`,
    );
  dictMutators.delitem(self, raw, at.key, initiator);
}

function relationshipName(value: Value, initiator: CollectionInitiator): string {
  if (!(initiator instanceof AttributeEventToken)) return "unknown relationship";
  const prop = instanceState(value).mapper._props.get(initiator.key);
  return prop ? String(prop) : initiator.key;
}

function unpopulated(value: Value, initiator: CollectionInitiator): InvalidRequestError {
  const relationship = relationshipName(value, initiator);
  const instance = instanceStr(value);
  return new InvalidRequestError(
    `In event triggered from population of attribute '${relationship}' (potentially from a backref), can't populate value in KeyFuncDict; dictionary key derived from ${instance} is not populated. Ensure appropriate state is set up on the ${instance} object before assigning to the ${relationship} attribute. To skip this assignment entirely, Set the "ignore_unpopulated_attribute=True" parameter on the mapped collection factory.`,
  );
}
