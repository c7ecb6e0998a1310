// From a Python type to the SQL type of its column: the registry's own map first, then the standard one.
// Behaviour: SQLAlchemy orm/decl_api.py (registry._resolve_type), sql/sqltypes.py (_resolve_for_python_type).
import { ArgumentError, warnDeprecated } from "../../errors/index.ts";
import { Enum } from "../../sql/types/enum.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../../sql/types/engine.ts";
import { typeOfKind } from "../../sql/types/resolve.ts";
import { host, type Kind, type Value } from "../../util/host.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import { annotationKey, annotationText, deOptionalize } from "./annotations.ts";

/** Classes that have a type of their own, by name. */
const STANDARD = new Map<string, Kind>([
  ["int", "int"],
  ["float", "float"],
  ["bool", "bool"],
  ["UUID", "uuid"],
  ["Decimal", "decimal"],
  ["date", "date"],
  ["datetime", "datetime"],
  ["time", "time"],
  ["timedelta", "timedelta"],
  ["bytes", "bytes"],
  ["str", "str"],
  ["Enum", "enum"],
]);
const MODULES: ReadonlySet<string> = new Set(["builtins", "datetime", "decimal", "uuid", "enum"]);

export type TypeMap = ReadonlyMap<string, Value>;

/** `typing.Literal` itself, as a key of a type map. */
const LITERAL = "literal";

/** The key of a type in a registry's map. */
export function typeMapKey(type: Value): string {
  if (type === null) return "none";
  const a = face().describe?.(type) ?? ({ kind: "class", cls: type as ClassRef, name: "" } as const);
  if (a.kind === "other" && host.str(a.value) === "typing.Literal") return LITERAL;
  return annotationKey(deOptionalize(a));
}

function standardType(cls: ClassRef): TypeEngine | undefined {
  const kind = STANDARD.get(face().className(cls));
  return kind !== undefined && MODULES.has(face().module(cls))
    ? kind === "enum"
      ? GENERIC_ENUM
      : typeOfKind(kind)
    : undefined;
}

/** Stands in the standard map for `Enum(enum.Enum)`: takes its values from the Python type. */
const GENERIC_ENUM = new Enum([]);

function isGenericEnum(type: Enum): boolean {
  if (type === GENERIC_ENUM) return true;
  const [only, ...more] = type.enumsArgument;
  return (
    more.length === 0 &&
    face().isClass(only) &&
    face().className(only) === "Enum" &&
    face().module(only) === "enum"
  );
}

function literalValues(values: readonly Value[]): readonly Value[] {
  const bad = values.filter((v) => typeof v !== "string" && host.kindOf(v) !== "str");
  if (bad.length)
    throw new ArgumentError(
      `Can't create string-based Enum datatype from non-string values: ${bad.map((v) => host.repr(v)).join(", ")}.  Please provide an explicit Enum datatype for this Python type`,
    );
  return values;
}

function enumFor(type: Enum, python: Annotation, exact: boolean): TypeEngine {
  const generic = isGenericEnum(type);
  if (!generic && exact) return type.withEnums(type.enumsArgument, {});
  if (python.kind === "literal") return type.withEnums(literalValues(python.values), { nativeEnum: false });
  if (python.kind === "alias") {
    let { value } = python;
    while (value.kind === "alias") value = value.value;
    if (value.kind !== "literal")
      throw new ArgumentError(
        `Can't associate TypeAliasType '${annotationText(python)}' to an Enum since it's not a direct alias of a Literal. Only aliases in this form \`type my_alias = Literal['a', 'b']\` are supported when generating Enums.`,
      );
    return type.withEnums(literalValues(value.values), { nativeEnum: false });
  }
  return type.withEnums(
    python.kind === "class" && host.types.isEnumClass(python.cls) ? [python.cls] : type.enumsArgument,
    {},
  );
}

/** A type of the map for a Python type that it was found by; null where it is not meant for it. */
function forPythonType(type: TypeEngine, python: Annotation, exact: boolean): TypeEngine | null {
  if (type instanceof Enum) return enumFor(type, python, exact);
  return exact ? type : null;
}

/** The SQL type for a Python type; null where there is none. */
export function resolveType(map: TypeMap, python: Annotation, fallbacks = false): TypeEngine | null {
  const candidates: [key: string, standard: TypeEngine | undefined, exact: boolean][] =
    python.kind === "class"
      ? face()
          .mro(python.cls)
          .map((c) => [annotationKey({ kind: "class", cls: c, name: "" }), standardType(c), c === python.cls])
      : [[annotationKey(python), undefined, true]];
  if (python.kind === "literal") candidates.push([LITERAL, GENERIC_ENUM, false]);
  if (python.kind === "none") candidates[0]![1] = typeOfKind("none");
  for (const [key, standard, exact] of candidates) {
    const given = map.get(key) ?? null;
    const type = given === null ? standard : toInstance(given as TypeArgument);
    const made = type ? forPythonType(type, python, exact) : null;
    if (made) return made;
  }
  if (!fallbacks || (python.kind !== "alias" && python.kind !== "newtype")) return null;
  let inner: Annotation = python;
  while (inner.kind === "alias" && python.kind === "alias") inner = inner.value;
  while (inner.kind === "newtype" && python.kind === "newtype") inner = inner.supertype;
  if (python.kind === "alias") inner = deOptionalize(inner);
  const found = resolveType(map, inner);
  if (!found) return null;
  warnDeprecated(
    python.kind === "alias"
      ? `Matching to pep-695 type '${annotationText(python)}' in a recursive fashion without the recursed type being present in the type_annotation_map is deprecated; add this type or its recursed value to the type_annotation_map to allow it to match explicitly.`
      : `Matching the provided NewType '${annotationText(python)}' on its resolved value without matching it in the type_annotation_map is deprecated; add this type to the type_annotation_map to allow it to match explicitly.`,
  );
  return found;
}
