// From source text, or a tree, to a code object that can be run in any globals.
import type * as ast from "../syntax/ast.ts";
import { check, parse, type Suspicion, suspicions } from "../syntax/index.ts";
import { Activation, lines, settle } from "../runtime/frames.ts";
import type { PyCode } from "../runtime/function.ts";
import type { GlobalNamespace } from "../runtime/globals.ts";
import { late } from "../runtime/late.ts";
import type { Value } from "../runtime/object.ts";
import { Unit } from "./emit.ts";
import { Compiler } from "./functions.ts";
import { analyse } from "./scopes.ts";
import { type NameTable, R } from "./support.ts";

export type Mode = "exec" | "eval" | "single";

export interface CompileOptions {
  /** Every frame offers its variables (liveness, the variables panel). Costs up to a few per cent of speed. */
  readonly locals?: boolean;
  /** `from __future__ import annotations` is in force already, as in code compiled by a module that has it. */
  readonly futureAnnotations?: boolean;
}

/** Runs a source: in these globals, and with module-level names in a mapping of their own where locals are given. */
export type Run = (
  globals: GlobalNamespace,
  locals?: { readonly table: NameTable; readonly value: Value },
) => Value;

type Factory = (
  cells: readonly unknown[],
  acts: readonly Activation[],
  globals: GlobalNamespace,
  names: NameTable | undefined,
  thunk: (() => Value) | undefined,
) => Value;

interface Compiled {
  readonly unit: Unit;
  readonly factory: Factory;
  readonly source: string;
}

/** What each source holds that is hardly meant: warned of whenever it is about to run. */
export const suspicionsOf = new WeakMap<PyCode, readonly Suspicion[]>();

/** Lines of every source that was compiled, by file name: what tracebacks quote. */
export const sources = new Map<string, string>();

/** Compile source text. @throws PySyntaxError (syntax/errors.ts) */
export function compileSource(
  source: string,
  filename: string,
  mode: Mode,
  options: CompileOptions = {},
): PyCode {
  // A program that looks into frames, or waits for the end of objects, needs frames to tell.
  const looks = /f_locals|weakref|__del__/.test(source);
  return compileTree(parse(source, filename, mode), filename, looks ? { ...options, locals: true } : options);
}

/** Compile statements as if each were typed at the prompt: values of expression statements are shown. @throws PySyntaxError */
export function compileCells(source: string, filename: string, options: CompileOptions = {}): PyCode {
  const tree = parse(source, filename, "exec") as ast.Module;
  return compileTree({ _type: "Interactive", body: tree.body }, filename, options);
}

/** Compile a tree. @throws PySyntaxError for what only shows in the whole */
export function compileTree(tree: ast.Mod, filename: string, given: CompileOptions = {}): PyCode {
  const future = check(tree, { annotations: given.futureAnnotations ?? false });
  const options = { ...given, futureAnnotations: future.annotations };
  const forms: { cells?: Compiled; names?: Compiled } = {};
  const whole = (forms.cells = translate(tree, filename, false, options));
  const run: Run = (globals, locals) => {
    const form =
      locals === undefined
        ? (forms.cells ??= translate(tree, filename, false, options))
        : (forms.names ??= translate(tree, filename, true, options));
    const { unit } = form;
    const cells = unit.cells.map((n) => globals.cell(n));
    const acts = unit.codes.map((c) => new Activation(c, globals));
    const depth = lines[0]!;
    try {
      return form.factory(cells, acts, globals, locals?.table, () => locals?.value ?? late.dictOver(globals));
    } catch (e) {
      throw settle(e, depth);
    }
  };
  const module = whole.unit.codes[0]!; // the source's own code object is made first
  module.run = run;
  if (!filename.startsWith("<frozen ")) {
    const found = suspicions(tree);
    if (found.length > 0) suspicionsOf.set(module, found);
  }
  return module;
}

function translate(tree: ast.Mod, filename: string, nameMode: boolean, options: CompileOptions): Compiled {
  const unit = new Unit(filename, analyse(tree), nameMode, options.locals ?? false);
  unit.futureAnnotations = options.futureAnnotations ?? false;
  const source = new Compiler(unit).source(tree);
  for (const c of unit.codes) c.positions = unit.positions;
  const make = new Function(
    "R",
    "K",
    `${source}\n//# sourceURL=${encodeURI(filename).replaceAll("<", "%3C").replaceAll(">", "%3E")}.js`,
  ) as (r: unknown, k: readonly Value[]) => Factory;
  return { unit, factory: make(R, unit.consts), source };
}

/** The JavaScript of a source, for our own eyes. */
export function javascriptOf(source: string, filename: string, mode: Mode = "exec"): string {
  return translate(parse(source, filename, mode), filename, false, {}).source;
}
