// What a program switches on with `from __future__ import …`: Python's reference, "Future statements".
import type { ImportFrom, Located, Mod, Stmt } from "../ast.ts";
import { PySyntaxError } from "../errors.ts";

const FEATURES = new Set([
  "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
  "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
]); // prettier-ignore

/** What `from __future__` imports ask for. */
export interface Future {
  annotations: boolean;
  /** The line of the last such import at the beginning of the file; 0 without. */
  line: number;
}

/** @throws PySyntaxError for a feature that there is none of */
export function futureOf(module: Mod): Future {
  const future: Future = { annotations: false, line: 0 };
  if (module._type === "Expression") return future;
  let lastLine = 0;
  let over = false;
  for (const [index, statement] of module.body.entries()) {
    if (over && statement.lineno > lastLine) break;
    lastLine = statement.lineno;
    if (statement._type === "ImportFrom" && statement.module === "__future__") {
      if (over) {
        const message = "from __future__ imports must occur at the beginning of the file";
        throw new PySyntaxError("SyntaxError", message, lastLine, statement.col_offset, lastLine, null, null);
      }
      readFeatures(statement, future);
    } else if (!(index === 0 && isText(statement))) {
      over = true;
    }
  }
  return future;
}

function isText(statement: Stmt): boolean {
  const value = statement._type === "Expr" ? statement.value : null;
  return value?._type === "Constant" && typeof value.value === "string";
}

function readFeatures(statement: ImportFrom, future: Future): void {
  for (const { name } of statement.names) {
    if (name === "braces") throw featureMistake("not a chance", statement);
    if (!FEATURES.has(name)) throw featureMistake(`future feature ${name} is not defined`, statement);
    if (name === "annotations") future.annotations = true;
  }
  future.line = statement.lineno;
}

function featureMistake(message: string, at: Located): PySyntaxError {
  return new PySyntaxError("SyntaxError", message, at.lineno, at.col_offset + 1, at.lineno, null, null);
}
