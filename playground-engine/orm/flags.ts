// The constants that steer attribute access, loading and events.
//
// PassiveFlag is a set of bits saying what may be done to find a value; nearly all subtle behaviour of the ORM hangs on
// it. The other constants are single objects, compared by identity, which listeners may see.
// Behaviour: SQLAlchemy orm/base.py.

/** A member of one of SQLAlchemy's enumerations: printed `Enum.NAME`, shown `<Enum.NAME: value>`. */
export class Constant {
  readonly enumName: string;
  readonly name: string;
  readonly value: number;

  constructor(enumName: string, name: string, value: number) {
    this.enumName = enumName;
    this.name = name;
    this.value = value;
  }

  toString(): string {
    return `${this.enumName}.${this.name}`;
  }

  repr(): string {
    return `<${this.enumName}.${this.name}: ${this.value}>`;
  }
}

/** What a loader or an attribute gives back in place of a value. */
export class LoaderCallableStatus extends Constant {
  constructor(name: string, value: number) {
    super("LoaderCallableStatus", name, value);
  }
}

/** No value could be determined under the flags given. */
export const PASSIVE_NO_RESULT = new LoaderCallableStatus("PASSIVE_NO_RESULT", 0);
/** An object with this identity is present, but of another class: the answer is None, and no SQL is needed. */
export const PASSIVE_CLASS_MISMATCH = new LoaderCallableStatus("PASSIVE_CLASS_MISMATCH", 1);
/** The loader has put the value into the instance itself. */
export const ATTR_WAS_SET = new LoaderCallableStatus("ATTR_WAS_SET", 2);
/** There is no loader. */
export const ATTR_EMPTY = new LoaderCallableStatus("ATTR_EMPTY", 3);
/** No value was loaded or set. */
export const NO_VALUE = new LoaderCallableStatus("NO_VALUE", 4);
export const NEVER_SET = NO_VALUE;

/** Whether an attribute "value" stands for no object at all: None or one of the statuses. */
export function isNoObject(v: unknown): v is null | LoaderCallableStatus {
  return v === null || v === PASSIVE_NO_RESULT || v === NO_VALUE;
}

/** What may be done to find a value. A sum of bits. */
export type PassiveFlag = number;

/** Change nothing and emit nothing. */
export const NO_CHANGE = 0;
/** Loader callables may run. */
export const CALLABLES_OK = 1;
/** Loader callables may emit SQL, for column values at least. */
export const SQL_OK = 2;
/** Loader callables may emit SQL for related objects too. */
export const RELATED_OBJECT_OK = 4;
/** An attribute without value is initialised: None or an empty collection. */
export const INIT_OK = 8;
/** Loader callables may run for an object that is not persistent. */
export const NON_PERSISTENT_OK = 16;
/** Keys for a load are the committed ones, not those changed since. */
export const LOAD_AGAINST_COMMITTED = 32;
/** Loading must not flush first. */
export const NO_AUTOFLUSH = 64;
/** Loaders must not complain. */
export const NO_RAISE = 128;
/** Loads the previous value of an attribute that has been set. */
export const DEFERRED_HISTORY_LOAD = 256;
/** History counts what was appended to an unloaded collection. */
export const INCLUDE_PENDING_MUTATIONS = 512;

export const PASSIVE_OFF = RELATED_OBJECT_OK | NON_PERSISTENT_OK | INIT_OK | CALLABLES_OK | SQL_OK;
export const PASSIVE_RETURN_NO_VALUE = PASSIVE_OFF ^ INIT_OK;
export const PASSIVE_NO_INITIALIZE = PASSIVE_RETURN_NO_VALUE ^ CALLABLES_OK;
export const PASSIVE_NO_FETCH = PASSIVE_OFF ^ SQL_OK;
export const PASSIVE_NO_FETCH_RELATED = PASSIVE_OFF ^ RELATED_OBJECT_OK;
export const PASSIVE_ONLY_PERSISTENT = PASSIVE_OFF ^ NON_PERSISTENT_OK;
export const PASSIVE_MERGE = PASSIVE_OFF | NO_RAISE;

/** The flags by SQLAlchemy's names, for bindings. */
export const PassiveFlag = {
  NO_CHANGE,
  CALLABLES_OK,
  SQL_OK,
  RELATED_OBJECT_OK,
  INIT_OK,
  NON_PERSISTENT_OK,
  LOAD_AGAINST_COMMITTED,
  NO_AUTOFLUSH,
  NO_RAISE,
  DEFERRED_HISTORY_LOAD,
  INCLUDE_PENDING_MUTATIONS,
  PASSIVE_OFF,
  PASSIVE_RETURN_NO_VALUE,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_FETCH,
  PASSIVE_NO_FETCH_RELATED,
  PASSIVE_ONLY_PERSISTENT,
  PASSIVE_MERGE,
} as const;

export const EXT_CONTINUE = new Constant("EventConstants", "EXT_CONTINUE", 1);
export const EXT_STOP = new Constant("EventConstants", "EXT_STOP", 2);
export const EXT_SKIP = new Constant("EventConstants", "EXT_SKIP", 3);
/** An attribute event without key. */
export const NO_KEY = new Constant("EventConstants", "NO_KEY", 4);

export class RelationshipDirection extends Constant {
  constructor(name: string, value: number) {
    super("RelationshipDirection", name, value);
  }
}
export const ONETOMANY = new RelationshipDirection("ONETOMANY", 1);
export const MANYTOONE = new RelationshipDirection("MANYTOONE", 2);
export const MANYTOMANY = new RelationshipDirection("MANYTOMANY", 3);

/** Values that populate `InstanceState.callables` and row populators in place of a loader. */
export const SET_DEFERRED_EXPIRED: unique symbol = Symbol("SET_DEFERRED_EXPIRED");
export const DEFER_FOR_STATE: unique symbol = Symbol("DEFER_FOR_STATE");
export const RAISE_FOR_STATE: unique symbol = Symbol("RAISE_FOR_STATE");
