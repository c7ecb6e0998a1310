// Types of bytes. Behaviour: SQLAlchemy sql/sqltypes.py (_Binary and its family).
import { host, type Kind, type Value } from "../../util/host.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine, type TypeClass } from "./engine.ts";
import { signature } from "./signature.ts";
import { typeLate } from "./type-late.ts";
import type { Operator } from "../operators.ts";

/** Root of the binary types (SQLAlchemy's _Binary). */
export class BinaryType extends TypeEngine {
  static readonly pyName: string = "_Binary";
  static override readonly signature = signature("length=None");
  length: number | null;

  constructor(length: number | null = null) {
    super();
    this.length = length;
  }

  override get genericTypeAffinity(): TypeClass {
    return LargeBinary as unknown as TypeClass;
  }
  override get pythonType(): Kind | Value {
    return "bytes";
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) => `'${decodeUtf8(value).replaceAll("'", "''")}'`;
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    if (!dialect.hasDbapi) return null;
    return (value) => {
      const kind = host.kindOf(value);
      if (value === null) return value;
      if (kind === "bytes") return host.types.makeBinary(value);
      if (
        kind === "str" ||
        kind === "int" ||
        kind === "float" ||
        kind === "bool" ||
        host.getAttribute(value, "__buffer__") === undefined
      )
        throw host.error(
          "TypeError",
          `memoryview: a bytes-like object is required, not '${host.typeName(value)}'`,
        );
      return host.types.makeBinary(value);
    };
  }

  override resultProcessor(dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (dialect.returnsNativeBytes) return null;
    return (value) => (value === null ? null : host.types.makeBytes(host.types.readBytes(value)));
  }

  override coerceComparedValue(op: Operator | null, value: Value): TypeEngine {
    return host.kindOf(value) === "str" ? this : super.coerceComparedValue(op, value);
  }
}

function decodeUtf8(value: Value): string {
  if (host.kindOf(value) !== "bytes") throw host.noAttribute(value, "decode");
  const bytes = host.types.readBytes(value);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw typeLate.decodeError(bytes);
  }
}

export class LargeBinary extends BinaryType {
  static override readonly visitName: string = "large_binary";
}

export class BLOB extends LargeBinary {
  static override readonly visitName: string = "BLOB";
}

export class BINARY extends BinaryType {
  static override readonly visitName: string = "BINARY";
}

export class VARBINARY extends BinaryType {
  static override readonly visitName: string = "VARBINARY";
}
