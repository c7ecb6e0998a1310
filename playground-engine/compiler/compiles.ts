// `@compiles`: functions of the reader's own that print a class of elements, for all dialects or some.
//
// What was there before stays the default: the visit method, or the function of a base class
// (docs.sqlalchemy.org/en/20/core/compiler.html). Classes are JavaScript classes here; who makes classes for
// the reader's program makes one a class. Finding the function for an element is sql/visitable.ts.
import { UnsupportedCompilationError } from "../errors/index.ts";
import { host } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { typeLate } from "../sql/types/type-late.ts";
import {
  setCompilerDispatch,
  type CompilerDispatch,
  type CompilerVisitor,
  type Visitable,
} from "../sql/visitable.ts";
import { NO_OPTIONS, type RenderOptions } from "./render-options.ts";

export type CompileFunction = (
  element: Visitable,
  compiler: CompilerVisitor,
  options: RenderOptions,
) => string | null;
type Class = abstract new (...args: never[]) => Visitable;

const registered = new Map<Class, Map<string, CompileFunction>>();

/** Register a function for a class: for the named dialects, or as the default where none is named. */
export function compiles(cls: Class, fn: CompileFunction, dialects: readonly string[] = []): void {
  let specs = registered.get(cls);
  if (!specs) {
    specs = new Map([["default", withoutFunction(inheritedDispatch(cls))]]);
    registered.set(cls, specs);
    setCompilerDispatch(cls, dispatcher(specs));
  }
  for (const name of dialects.length ? dialects : ["default"]) specs.set(name, fn);
}

const lasting: (() => void)[] = [];

/** As compiles, for classes of the library itself: what a program registers over it is forgotten with the program, this is not. */
export function compilesAlways(cls: Class, fn: CompileFunction, dialects: readonly string[] = []): void {
  const register = (): void => compiles(cls, fn, dialects);
  lasting.push(register);
  register();
}

/** Forget all functions registered for a class. */
export function deregister(cls: Class): void {
  registered.delete(cls);
  setCompilerDispatch(cls, undefined);
}

onReset(() => {
  for (const cls of [...registered.keys()]) deregister(cls);
  for (const register of lasting) register();
});

function dispatcher(specs: ReadonlyMap<string, CompileFunction>): CompilerDispatch {
  return (element, visitor, given) => {
    const options = (given ?? NO_OPTIONS) as RenderOptions;
    const fn = specs.get(dialectName(visitor)) ?? specs.get("default")!;
    const add = options.addToResultMap;
    if (!add) return fn(element, visitor, options);
    // The reader's function seldom says which result column it printed: then the element itself is the key.
    let named = false;
    const text = fn(element, visitor, {
      ...options,
      addToResultMap: (...entry) => {
        named = true;
        add(...entry);
      },
    });
    if (!named) add(null, null, [element], typeLate.nullType);
    return text;
  };
}

/** What a class used before it got functions of its own. */
function inheritedDispatch(cls: Class): CompilerDispatch {
  for (
    let at: Class | null = cls;
    at?.prototype && !Object.hasOwn(at, "visitName");
    at = Object.getPrototypeOf(at) as Class | null
  ) {
    const base = Object.getPrototypeOf(at) as Class;
    const specs = registered.get(base);
    if (specs) return dispatcher(specs);
  }
  return (element, visitor, options) => element.acceptVisitorOriginally(visitor, options);
}

function withoutFunction(dispatch: CompilerDispatch): CompileFunction {
  return (element, compiler, options) => {
    try {
      return dispatch(element, compiler, options) as string;
    } catch (e) {
      if (!(e instanceof UnsupportedCompilationError)) throw e;
      const cls = host.typeOf(element);
      throw host.withCause(
        new UnsupportedCompilationError(
          compiler,
          cls,
          `${host.str(cls)} construct has no default compilation handler.`,
        ),
        e,
      );
    }
  };
}

function dialectName(visitor: CompilerVisitor): string {
  return (visitor as CompilerVisitor & { readonly dialect: { readonly name: string } }).dialect.name;
}
