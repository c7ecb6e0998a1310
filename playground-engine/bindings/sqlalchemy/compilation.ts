// `element.compile(…)`: the dialect, and the keywords that its compiler takes, by name, as one options object.
//
// Behaviour: SQLAlchemy sql/compiler.py (the constructors of Compiled and SQLCompiler): a keyword of neither is a TypeError there.
import { DefaultDialect } from "../../dialects/index.ts";
import { BaseDDLElement, CompilerElement, TypeEngine } from "../../sql/index.ts";
import type { CompileOptions, DialectLike } from "../../sql/late.ts";
import { getAttr, noAttribute } from "../../python/runtime/attributes.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { toArray } from "../../python/runtime/iteration.ts";
import type { NativeMethod } from "../../python/runtime/native.ts";
import { isTrue } from "../../python/runtime/operators.ts";
import { type Kwargs, PyType, typeOf, type Value } from "../../python/runtime/object.ts";
import { host } from "../../util/host.ts";
import { extend } from "../define.ts";
import { hostFor } from "../derive.ts";
import { toPython } from "../values.ts";

const isDialectClass = (v: Value): boolean =>
  v instanceof PyType && hostFor(v)?.prototype instanceof DefaultDialect;

/** The dialect that a program gives. Throws AttributeError, by what is asked of it first, for anything that is none. */
function asDialect(given: Value, asked: string, askedOfClass: string): Value {
  if (given === null || given instanceof DefaultDialect) return given;
  if (isDialectClass(given)) throw noAttribute(given, askedOfClass);
  getAttr(given, asked);
  return given;
}

const mapOf = (v: Value): Map<never, never> => new Map((host.entries(v) ?? []) as Iterable<[never, never]>);

/** Keyword → the option it is, made the engine's. */
const OPTIONS: Readonly<Record<string, (v: Value) => CompileOptions>> = {
  column_keys: (v) => ({ columnKeys: v === null ? null : (toArray(v) as string[]) }),
  for_executemany: (v) => ({ forExecutemany: isTrue(v) }),
  schema_translate_map: (v) => ({ schemaTranslateMap: v === null ? null : mapOf(v) }),
  render_schema_translate: (v) => ({ renderSchemaTranslate: isTrue(v) }),
  linting: (v) => ({ linting: Number(v) }),
  compile_kwargs: (v) => {
    const process = "sqlalchemy.sql.compiler.Compiled.process()";
    if (host.entries(v) === undefined)
      throw err(E.TypeError, `${process} argument after ** must be a mapping, not ${typeOf(v).name}`);
    const kwargs = mapOf(v);
    if ([...kwargs.keys()].some((k) => typeof k !== "string"))
      throw err(E.TypeError, "keywords must be strings");
    return { compileKwargs: kwargs };
  },
  cache_key: () => ({}),
};

function optionsOf(kw: Kwargs): CompileOptions {
  const out: CompileOptions[] = [];
  for (const [name, value] of kw) {
    const make = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (!make) throw err(E.TypeError, `Compiled.__init__() got an unexpected keyword argument '${name}'`);
    out.push(make(value));
  }
  return Object.assign({}, ...out) as CompileOptions;
}

export function bindCompilation(): void {
  extend("sqlalchemy.sql.elements.CompilerElement", {
    methods: {
      compile: [
        "(self, bind=None, dialect=None, **kw)",
        ((self: CompilerElement, bind: Value, dialect: Value, kw: Kwargs) => {
          const given = dialect === null && isTrue(bind) ? getAttr(bind, "dialect") : dialect;
          const found =
            self instanceof BaseDDLElement
              ? asDialect(given, "ddl_compiler", "identifier_preparer")
              : asDialect(given, "statement_compiler", "positional");
          return toPython(
            CompilerElement.prototype.compile.call(self, null, found as DialectLike | null, optionsOf(kw)),
          );
        }) as NativeMethod[1],
      ],
    },
  });
  const instance = "type_compiler_instance";
  extend("sqlalchemy.sql.type_api.TypeEngine", {
    methods: {
      compile: [
        "(self, dialect=None)",
        ((self: TypeEngine, dialect: Value) =>
          TypeEngine.prototype.compile.call(
            self,
            asDialect(dialect, instance, instance) as never,
          )) as NativeMethod[1],
      ],
    },
  });
}
