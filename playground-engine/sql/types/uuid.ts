// Uuid and UUID. Behaviour: SQLAlchemy sql/sqltypes.py (Uuid, UUID).
import { host, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import type { Operator } from "../operators.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";
import { signature } from "./signature.ts";

export class Uuid extends TypeEngine {
  static override readonly visitName: string = "uuid";
  static override readonly signature = signature("as_uuid=True, native_uuid=True");
  readonly asUuid: boolean;
  readonly nativeUuid: boolean;
  /** For dialects that store text. */
  readonly length: number | null = null;
  readonly collation: string | null = null;

  constructor(asUuid = true, nativeUuid = true) {
    super();
    this.asUuid = asUuid;
    this.nativeUuid = nativeUuid;
  }

  override get isEmulated(): boolean {
    return true;
  }
  override get native(): boolean {
    return this.nativeUuid;
  }
  override get pythonType(): Kind | Value {
    return this.asUuid ? "uuid" : "str";
  }

  override coerceComparedValue(op: Operator | null, value: Value): TypeEngine {
    return host.kindOf(value) === "str" ? this : super.coerceComparedValue(op, value);
  }

  protected isText(dialect: TypeDialect): boolean {
    return !dialect.supportsNativeUuid || !this.nativeUuid;
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    if (!this.isText(dialect)) return null;
    return (value) => (value === null ? null : this.asUuid ? uuidHex(value) : withoutDashes(value));
  }

  override resultProcessor(dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (this.isText(dialect))
      return (value) => {
        if (value === null) return null;
        const uuid = parseUuid(value);
        return this.asUuid ? uuid : host.str(uuid);
      };
    return this.asUuid ? null : (value) => (value === null ? null : host.str(value));
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    if (!this.asUuid) return (value) => `'${withoutDashes(value).replaceAll("'", "''")}'`;
    if (this.isText(dialect)) return (value) => `'${uuidHex(value)}'`;
    return (value) => `'${host.str(value).replaceAll("'", "''")}'`;
  }
}

/** `value.hex` */
function uuidHex(value: Value): string {
  if (host.kindOf(value) === "uuid") return host.types.readUuid(value);
  const hex = host.kindOf(value) === "str" ? undefined : host.getAttribute(value, "hex");
  if (hex === undefined) throw host.noAttribute(value, "hex");
  return hex as string;
}

function withoutDashes(value: Value): string {
  if (host.kindOf(value) !== "str") throw host.noAttribute(value, "replace");
  return (value as string).replaceAll("-", "");
}

/** `uuid.UUID(value)` */
function parseUuid(value: Value): Value {
  if (host.kindOf(value) !== "str") throw host.noAttribute(value, "replace");
  const hex = (value as string)
    .replaceAll("urn:", "")
    .replaceAll("uuid:", "")
    .replace(/^[{}]+|[{}]+$/g, "")
    .replaceAll("-", "");
  if (hex.length !== 32) throw host.error("ValueError", "badly formed hexadecimal UUID string");
  if (!/^[0-9a-f]{32}$/i.test(hex))
    throw host.error("ValueError", `invalid literal for int() with base 16: ${host.repr(hex)}`);
  return host.types.makeUuid(hex.toLowerCase());
}

export class UUID extends Uuid {
  static override readonly visitName: string = "UUID";
  static override readonly signature = signature("as_uuid=True");

  constructor(asUuid = true) {
    super(asUuid, true);
  }

  static adaptEmulatedToNative(impl: TypeEngine, kwargs: Kwargs): TypeEngine {
    const kw = new Map(kwargs);
    if (!kw.has("as_uuid")) kw.set("as_uuid", (impl as Uuid).asUuid);
    return this.construct([], kw);
  }
}
