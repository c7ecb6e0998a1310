// Ties types to expressions and schema: fills type-late.ts with what is built upon types. sql/index.ts loads it.
import { host, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { Slice } from "../elements/binary.ts";
import { TypeCoerce } from "../elements/cast.ts";
import type { ColumnElement } from "../elements/column.ts";
import { Null } from "../elements/constants.ts";
import { CollectionAggregate } from "../elements/unary.ts";
import { NextValue } from "../known-functions.ts";
import * as roles from "../roles.ts";
import { NONE_NAME } from "../schema/constants.ts";
import { CheckConstraint } from "../schema/keys.ts";
import { schemaLate } from "../schema/late.ts";
import { classLabel } from "../repr.ts";
import { typeLate } from "./type-late.ts";
import type { TypeDialect } from "./dialect-facts.ts";

typeLate.plainColumn = (value) => expect(roles.StrAsPlainColumnRole, value);
typeLate.expectBinaryElement = (value, options) => expect(roles.BinaryElementRole, value, options);
typeLate.isNullElement = (value) => value instanceof Null;

typeLate.asSlice = (value) => {
  if (typeof value !== "object" || value === null || host.typeName(value) !== "slice") return undefined;
  const part = (name: string): Value => host.getAttribute(value, name) ?? null;
  return { start: part("start"), stop: part("stop"), step: part("step") };
};
typeLate.makeSlice = (start, stop, step, expr) => new Slice(start, stop, step, expr.key);

typeLate.collectionAggregate = (which, expr) =>
  which === "any" ? CollectionAggregate._createAny(expr) : CollectionAggregate._createAll(expr);

typeLate.typeCheckConstraint = (_table, column, type, values, name, rule) => {
  const condition = new TypeCoerce(column as ColumnElement, type).in_(host.makeList(values));
  new CheckConstraint(condition, {
    name: name ?? NONE_NAME,
    typeBound: true,
    createRule: (compiler) => rule(compiler.dialect as unknown as TypeDialect),
  });
};

typeLate.qualifiedName = (type) => {
  const cls = type.constructor as unknown as {
    readonly name: string;
    readonly pyName?: string;
    readonly pyModule?: string;
  };
  return `${cls.pyModule ?? "sqlalchemy.sql.sqltypes"}.${classLabel(cls)}`;
};
typeLate.decodeError = (bytes) => {
  const at = firstInvalidUtf8(bytes);
  return host.error(
    "UnicodeDecodeError",
    `'utf-8' codec can't decode byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, "0")} in position ${at}: invalid start byte`,
  );
};

function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at, at + size));
    } catch {
      break;
    }
    at += size;
  }
  return at;
}

schemaLate.nextValue = (sequence) => new NextValue([sequence]);
