// What eval(), exec() and compile() need of the compiler. The compiler's room fills it in when it loads.
import type { Value } from "../runtime/object.ts";

export interface CodeHook {
  /** Source to a code object. @throws SyntaxError as a Python exception */
  compile(source: string, filename: string, mode: "exec" | "eval" | "single", inheritFlags: boolean): Value;
  /** Run a code object with these globals and locals (dicts or, for locals, any mapping); gives the value of an expression. */
  run(code: Value, globals: Value, locals: Value): Value;
  isCode(v: Value): boolean;
}

export const codeHook: { current: CodeHook | undefined } = { current: undefined };
