// `element.compile(…)`: the keywords that a dialect's compiler takes, by name, as one options object.
//
// Behaviour: SQLAlchemy sql/compiler.py (the constructors of Compiled and SQLCompiler): a keyword of neither is a TypeError there.
import { CompilerElement } from "../../sql/index.ts";
import type { CompileOptions, DialectLike } from "../../sql/late.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { toArray } from "../../python/runtime/iteration.ts";
import type { NativeMethod } from "../../python/runtime/native.ts";
import { isTrue } from "../../python/runtime/operators.ts";
import type { Kwargs, Value } from "../../python/runtime/object.ts";
import { host } from "../../util/host.ts";
import { extend } from "../define.ts";
import { toPython } from "../values.ts";

const mapOf = (v: Value): Map<never, never> => new Map((host.entries(v) ?? []) as Iterable<[never, never]>);

/** Keyword → the option it is, made the engine's. */
const OPTIONS: Readonly<Record<string, (v: Value) => CompileOptions>> = {
  column_keys: (v) => ({ columnKeys: v === null ? null : (toArray(v) as string[]) }),
  for_executemany: (v) => ({ forExecutemany: isTrue(v) }),
  schema_translate_map: (v) => ({ schemaTranslateMap: v === null ? null : mapOf(v) }),
  render_schema_translate: (v) => ({ renderSchemaTranslate: isTrue(v) }),
  linting: (v) => ({ linting: Number(v) }),
  compile_kwargs: (v) => ({ compileKwargs: mapOf(v) }),
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
        ((self: CompilerElement, bind: Value, dialect: DialectLike | null, kw: Kwargs) =>
          toPython(
            CompilerElement.prototype.compile.call(self, bind as never, dialect, optionsOf(kw)),
          )) as NativeMethod[1],
      ],
    },
  });
}
