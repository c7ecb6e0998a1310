// What programs see of code objects and cells.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#the-standard-type-hierarchy, library/inspect.html#types-and-members.
import { eq, ge, gt, le, lt, ne } from "./comparison.ts";
import { E, raise } from "./exceptions.ts";
import { functionOf } from "./function-types.ts";
import { Cell, cellType, codeType, PyCode } from "./function.ts";
import { address } from "./hash.ts";
import { fillType } from "./native-type.ts";
import type { NativeMethod } from "./native.ts";
import { asInt, asStr, NotImplemented, PyBytes, PyTuple, typeOf, type Kwargs, type Value } from "./object.ts";

const names = (list: readonly string[]): PyTuple => new PyTuple(list);

fillType(codeType, {
  methods: {
    __repr__: [
      "(self, /)",
      (c: PyCode) =>
        `<code object ${c.name} at ${address(c)}, file "${c.filename}", line ${c.spec.firstlineno}>`,
    ],
    co_positions: [
      "(self, /)",
      (c: PyCode) => {
        const out: Value[] = [];
        for (let i = 4; i + 3 < c.positions.length; i += 4)
          out.push(new PyTuple([c.positions[i], c.positions[i + 2], c.positions[i + 1], c.positions[i + 3]]));
        return new PyTuple(out);
      },
    ],
    replace: [
      "(self, /, **kwargs)",
      (c: PyCode, kwargs: Kwargs) => {
        const made = new PyCode({
          ...c.spec,
          flags: Number(asInt(kwargs.get("co_flags") ?? c.flags) ?? c.flags),
          firstlineno: Number(asInt(kwargs.get("co_firstlineno") ?? c.spec.firstlineno) ?? 0),
          name: asStr(kwargs.get("co_name") ?? null) ?? c.name,
          filename: asStr(kwargs.get("co_filename") ?? null) ?? c.filename,
          qualname: asStr(kwargs.get("co_qualname") ?? null) ?? c.qualname,
        });
        made.positions = c.positions;
        made.run = c.run;
        const f = functionOf.get(c);
        if (f) functionOf.set(made, f);
        return made;
      },
    ],
  },
  getters: {
    co_name: (c: PyCode) => c.name,
    co_qualname: (c: PyCode) => c.qualname,
    co_filename: (c: PyCode) => c.filename,
    co_firstlineno: (c: PyCode) => c.spec.firstlineno,
    co_argcount: (c: PyCode) => c.params.names.length,
    co_posonlyargcount: (c: PyCode) => c.params.posOnly,
    co_kwonlyargcount: (c: PyCode) => c.params.kwOnly.length,
    co_nlocals: (c: PyCode) => c.spec.varnames.length,
    co_varnames: (c: PyCode) => names(c.spec.varnames),
    co_names: (c: PyCode) => names(c.spec.names),
    co_freevars: (c: PyCode) => names(c.spec.freevars),
    co_cellvars: (c: PyCode) => names(c.spec.cellvars),
    co_consts: (c: PyCode) => new PyTuple([...c.spec.consts, ...c.inner]),
    co_flags: (c: PyCode) => c.flags,
    co_stacksize: () => 0,
    co_code: () => new PyBytes(new Uint8Array(0)),
    co_lnotab: () => new PyBytes(new Uint8Array(0)),
  },
});

/** Cells compare by what they hold, empty ones first. */
function cellCompare(f: (a: Value | undefined, b: Value | undefined) => Value): NativeMethod {
  return [
    "(self, value, /)",
    (a: Cell, b: Value) => (b instanceof Cell ? f(a.get(), b.get()) : NotImplemented),
  ];
}

fillType(cellType, {
  new: [
    "(cls, contents=..., /)",
    (_cls: Value, contents: Value | undefined) => {
      let v = contents;
      return new Cell(
        () => v,
        (x) => (v = x),
      );
    },
  ],
  methods: {
    __eq__: cellCompare((a, b) => (a === undefined || b === undefined ? a === b : eq(a, b))),
    __ne__: cellCompare((a, b) => (a === undefined || b === undefined ? a !== b : ne(a, b))),
    __lt__: cellCompare((a, b) =>
      a === undefined || b === undefined ? a === undefined && b !== undefined : lt(a, b),
    ),
    __le__: cellCompare((a, b) => (a === undefined || b === undefined ? a === undefined : le(a, b))),
    __gt__: cellCompare((a, b) =>
      a === undefined || b === undefined ? b === undefined && a !== undefined : gt(a, b),
    ),
    __ge__: cellCompare((a, b) => (a === undefined || b === undefined ? b === undefined : ge(a, b))),
    __repr__: [
      "(self, /)",
      (c: Cell) => {
        const v = c.get();
        return v === undefined
          ? `<cell at ${address(c)}: empty>`
          : `<cell at ${address(c)}: ${typeOf(v).name} object at ${address(v)}>`;
      },
    ],
  },
  getters: {
    cell_contents: {
      get: (c: Cell) => {
        const v = c.get();
        if (v === undefined) raise(E.ValueError, "Cell is empty");
        return v;
      },
      set: (c: Cell, v: Value) => c.set(v),
      delete: (c: Cell) => c.set(undefined),
    },
  },
});

for (const t of [codeType, cellType]) t.doc ??= null;
