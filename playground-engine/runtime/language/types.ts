// What an expression of a program may be, as far as completion needs it: modules, classes and objects of the library as Python has
// them here, and classes, functions and objects of the reader's own files as their text tells.
import type { PyModule } from "../../python/runtime/modules.ts";
import type { PyType, Value } from "../../python/runtime/object.ts";
import type * as ast from "../../python/syntax/ast.ts";
import type { SourceFile } from "./source.ts";

export type Type =
  | { readonly kind: "module"; readonly module: PyModule }
  | { readonly kind: "file"; readonly file: SourceFile }
  /** A class of the library. */
  | { readonly kind: "class"; readonly cls: PyType }
  /** An object of a class of the library; `of` is what it holds: the rows of a result, the items of a list. */
  | { readonly kind: "object"; readonly cls: PyType; readonly of?: Type }
  /** A function of the library, or a method with the object that it is of. */
  | { readonly kind: "function"; readonly fn: Value; readonly self?: Type }
  | { readonly kind: "own class"; readonly file: SourceFile; readonly node: ast.ClassDef }
  | { readonly kind: "own object"; readonly file: SourceFile; readonly node: ast.ClassDef }
  | {
      readonly kind: "own function";
      readonly file: SourceFile;
      readonly node: ast.FunctionDef | ast.AsyncFunctionDef;
      readonly self?: Type;
    };
