// sqlalchemy.ext.compiler: `@compiles` gives a program's construct its SQL.
//
// The engine keeps the function per TypeScript class; the compiler reaches it as it reaches its own visit methods. `**kw` are the
// compiler's options, which the function passes on to `compiler.process`.
import { StrSQLTypeCompiler } from "../../compiler/index.ts";
import { compiles, deregister } from "../../compiler/compiles.ts";
import { optionsFromKwargs, optionsToKwargs, type RenderOptions } from "../../compiler/render-options.ts";
import type { Visitable } from "../../sql/visitable.ts";
import { call } from "../../python/runtime/call.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { method } from "../../python/runtime/native.ts";
import { asStr, type Kwargs, type PyType, typeOf, type Value } from "../../python/runtime/object.ts";
import { extend } from "../define.ts";
import { hostFor } from "../derive.ts";
import { give } from "../modules.ts";
import { toPython } from "../values.ts";

type Class = Parameters<typeof compiles>[0];
type Compiler = Record<string, (element: unknown, options?: RenderOptions) => unknown>;

export function bindCompilerExtension(): void {
  give("sqlalchemy.ext.compiler.compiles", () =>
    nativeFunction(
      "compiles",
      method("(class_, *specs)", (cls: PyType, specs: Value[]) => {
        const host = hostFor(cls) as unknown as Class;
        return nativeFunction(
          "decorate",
          method("(fn)", (fn: Value) => {
            const dialects = specs.map((s) => asStr(s) ?? "");
            compiles(
              host,
              (element: Visitable, compiler: unknown, options: RenderOptions) =>
                asStr(
                  call(
                    fn,
                    [toPython(element), toPython(compiler)],
                    new Map([...optionsToKwargs(options)].map(([name, v]) => [name, toPython(v)])),
                  ),
                ) ?? null,
              dialects,
            );
            return fn;
          }),
        );
      }),
      "sqlalchemy.ext.compiler",
    ),
  );
  give("sqlalchemy.ext.compiler.deregister", () =>
    nativeFunction(
      "deregister",
      method("(class_)", (cls: PyType) => deregister(hostFor(cls) as unknown as Class)),
      "sqlalchemy.ext.compiler",
    ),
  );
  extend("sqlalchemy.sql.compiler.Compiled", {
    methods: {
      process: method("(self, obj, **kwargs)", (self: Compiler, obj: Value, kwargs: Kwargs) =>
        toPython(self.process!(obj, optionsFromKwargs(kwargs))),
      ),
    },
  });
  extend("sqlalchemy.sql.compiler.SQLCompiler", {
    methods: {
      // compiler.visit_binary(element, **kw): any visit method by its Python name
      __getattr__: method("(self, name)", (self: Compiler, name: string) => visitMethod(self, name)),
    },
  });
  extend("sqlalchemy.sql.compiler.DDLCompiler", {
    methods: {
      __getattr__: method("(self, name)", (self: Compiler, name: string) => visitMethod(self, name)),
    },
  });
  extend("sqlalchemy.sql.compiler.TypeCompiler", {
    methods: {
      __getattr__: method("(self, name)", (self: Compiler, name: string) => visitMethod(self, name)),
    },
  });
}

function visitMethod(self: Compiler, name: string): Value {
  if (!name.startsWith("visit_")) throw missing(self, name);
  let js = name.replace(/_([a-zA-Z])/g, (_, c: string) => c.toUpperCase());
  // that of str() has an answer for all types
  if (typeof self[js] !== "function" && self instanceof StrSQLTypeCompiler)
    js = "visitUnsupportedCompilation";
  if (typeof self[js] !== "function") throw missing(self, name);
  return nativeFunction(
    name,
    method("(element, **kw)", (element: Value, kw: Kwargs) =>
      toPython(self[js]!(element, optionsFromKwargs(kw))),
    ),
  );
}

function missing(self: Compiler, name: string): unknown {
  return err(E.AttributeError, `'${typeOf(self).name}' object has no attribute '${name}'`);
}
