// HSTORE: text values by text keys. Behaviour: SQLAlchemy dialects/postgresql/hstore.py.
import { host, type Value } from "../../util/host.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { registerFunction } from "../../sql/function-registry.ts";
import { GenericFunction } from "../../sql/known-functions.ts";
import {
  BOOLEANTYPE,
  IndexableComparator,
  signature,
  Text,
  TypeEngine,
  type BindProcessor,
  type ComparatorClass,
  type GetItem,
  type ResultProcessor,
  type TypeDialect,
} from "../../sql/types/index.ts";
import { mixin } from "../../sql/mixin.ts";
import { inModule } from "../python-view.ts";
import { ARRAY } from "./array.ts";
import { KeyedComparator } from "./keyed-comparator.ts";
import { GETITEM } from "./operators.ts";

/** HSTORE.Comparator */
export interface HSTOREComparator extends Omit<KeyedComparator, "contains"> {}

export class HSTOREComparator extends IndexableComparator {
  static {
    mixin(this, KeyedComparator);
  }
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.hstore.HSTORE";
  static override readonly pyName: string = "Comparator";
  override setupGetitem(index: Value): GetItem {
    return [GETITEM, index, (this.type as HSTORE).textType];
  }

  defined(key: Value): ColumnElement {
    return new DefinedFunction([this.expr, key]);
  }
  delete(key: Value): ColumnElement {
    return new DeleteFunction([this.expr, host.kindOf(key) === "dict" ? serialize(key) : key]);
  }
  slice(keys: Value): ColumnElement {
    return new SliceFunction([this.expr, keys]);
  }
  keys(): ColumnElement {
    return new KeysFunction([this.expr]);
  }
  vals(): ColumnElement {
    return new ValsFunction([this.expr]);
  }
  array(): ColumnElement {
    return new ArrayFunction([this.expr]);
  }
  matrix(): ColumnElement {
    return new MatrixFunction([this.expr]);
  }
}

const TEXT_OF_HSTORE = new Text();

export class HSTORE extends TypeEngine {
  static override readonly visitName: string = "HSTORE";
  static override readonly signature = signature("text_type=None");
  readonly textType: TypeEngine;

  constructor(textType: TypeEngine | null = null) {
    super();
    this.textType = textType ?? TEXT_OF_HSTORE;
  }

  override get isIndexable(): boolean {
    return true;
  }
  override get hashable(): boolean {
    return false;
  }
  override get comparatorFactory(): ComparatorClass {
    return HSTOREComparator;
  }

  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => (host.kindOf(value) === "dict" ? serialize(value) : value);
  }

  override resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    return (value) => (value === null ? null : parse(value as string));
  }
}

// -- functions: hstore() by name, the others by methods of an hstore expression ----------------------

export class hstore extends GenericFunction {
  static override readonly inheritCache: boolean = true;
  static readonly pyName: string = "hstore";
  static override readonly functionName: string = "hstore";
  static override readonly returnType = (): TypeEngine => new HSTORE();
}
registerFunction("hstore", (args) => new hstore(args));
inModule("sqlalchemy.dialects.postgresql.hstore", [HSTORE, hstore]);

function hstoreFunction(name: string, type: () => TypeEngine): typeof GenericFunction {
  return class extends GenericFunction {
    static override readonly inheritCache: boolean = true;
    static override readonly functionName: string = name;
    static override readonly returnType = type;
  };
}

const texts = (): TypeEngine => new ARRAY(TEXT_OF_HSTORE);
const DefinedFunction = hstoreFunction("defined", () => BOOLEANTYPE);
const DeleteFunction = hstoreFunction("delete", () => new HSTORE());
const SliceFunction = hstoreFunction("slice", () => new HSTORE());
const KeysFunction = hstoreFunction("akeys", texts);
const ValsFunction = hstoreFunction("avals", texts);
const ArrayFunction = hstoreFunction("hstore_to_array", texts);
const MatrixFunction = hstoreFunction("hstore_to_matrix", texts);

// -- text form -----------------------------------------------------------------------------------

/** `"key"=>"value", "other"=>NULL` */
function serialize(value: Value): string {
  const part = (v: Value, position: "key" | "value"): string => {
    if (position === "value" && v === null) return "NULL";
    if (host.kindOf(v) !== "str")
      throw host.error("ValueError", `${host.repr(v)} in ${position} position is not a string.`);
    return `"${(v as string).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  };
  return [...(host.entries(value) ?? [])]
    .map(([k, v]) => `${part(k, "key")}=>${part(v, "value")}`)
    .join(", ");
}

const PAIR = /"((?:\\.|[^"\\])*)" *=> *(?:(NULL)|"((?:\\.|[^"\\])*)")/y;
const DELIMITER = / *, */y;
const unescape = (text: string): string => text.replaceAll('\\"', '"').replaceAll("\\\\", "\\");

function parse(text: string): Value {
  const result = new Map<string, string | null>();
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const m = pattern.exec(text);
    if (m) at = pattern.lastIndex;
    return m;
  };
  for (let pair = next(PAIR); pair; pair = next(PAIR)) {
    result.set(unescape(pair[1] as string), pair[2] === undefined ? unescape(pair[3] as string) : null);
    next(DELIMITER);
  }
  if (at !== text.length) throw host.error("ValueError", parseError(text, at));
  return host.makeDict(result);
}

function parseError(text: string, at: number): string {
  const context = 20;
  let before = text.slice(Math.max(at - context - 1, 0), at);
  let rest = text.slice(at, at + context + 1);
  if (before.length > context) before = `[...]${before.slice(1)}`;
  if (rest.length > context) rest = `${rest.slice(0, -1)}[...]`;
  return `After ${host.repr(before)}, could not parse residual at position ${at}: ${host.repr(rest)}`;
}
