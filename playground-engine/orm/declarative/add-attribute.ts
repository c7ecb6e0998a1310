// `User.nickname = mapped_column(String)` after the class was mapped. Behaviour: SQLAlchemy orm/decl_base.py (_add_attribute).
import { InvalidRequestError } from "../../errors/index.ts";
import { Column, Table } from "../../sql/schema/index.ts";
import { host, type Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { SynonymProperty } from "../props/descriptor.ts";
import { MapperProperty } from "../props/property.ts";
import { mapsColumns } from "../props/mapped-attribute.ts";
import { undeferColumnName } from "./scan.ts";

function ownMapper(cls: ClassRef): Mapper | undefined {
  return face().ownMember(cls, "__mapper__") as Mapper | undefined;
}

function tableOf(cls: ClassRef): Table {
  const table = face().getClassAttribute(cls, "__table__");
  if (table instanceof Table) return table;
  throw new InvalidRequestError(
    `Cannot add a new attribute to mapped class ${host.repr(face().className(cls))} because it's not mapped against a table.`,
  );
}

/** `setattr(cls, key, value)` of a declarative class. @throws InvalidRequestError */
export function addAttribute(cls: ClassRef, key: string, value: Value): void {
  const mapper = ownMapper(cls);
  if (!mapper) face().install(cls, key, value);
  else if (value instanceof Column) {
    undeferColumnName(key, value);
    tableOf(cls).appendColumn(value, true);
    mapper.addProperty(key, value);
  } else if (mapsColumns(value)) {
    const prop = value.mapperPropertyToAssign;
    for (const [c] of value.columnsToAssign) {
      const column = c as unknown as Column;
      undeferColumnName(key, column);
      tableOf(cls).appendColumn(column, true);
      if (!prop) mapper.addProperty(key, column);
    }
    if (prop) mapper.addProperty(key, prop);
  } else if (value instanceof MapperProperty) mapper.addProperty(key, value);
  else if (value instanceof QueryableAttribute && value.key !== key)
    mapper.addProperty(key, new SynonymProperty(value.key));
  else {
    face().install(cls, key, value);
    mapper._expireMemoizations();
  }
}

/** `delattr(cls, key)` @throws the host's NotImplementedError */
export function deleteAttribute(cls: ClassRef, key: string): void {
  const mapper = ownMapper(cls);
  const value = face().ownMember(cls, key);
  if (mapper && value !== undefined && !mapper._disposeCalled) {
    if (
      value instanceof Column ||
      mapsColumns(value) ||
      value instanceof MapperProperty ||
      value instanceof QueryableAttribute
    )
      throw host.error("NotImplementedError", "Can't un-map individual mapped attributes on a mapped class.");
    face().uninstall(cls, key);
    mapper._expireMemoizations();
  } else face().uninstall(cls, key);
}
