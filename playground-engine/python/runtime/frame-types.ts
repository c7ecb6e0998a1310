// What programs see of frames and tracebacks.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#the-standard-type-hierarchy, library/inspect.html#types-and-members.
import { E, raise } from "./exceptions.ts";
import { Activation, frameType, PyFrame, PyTraceback, tracebackType } from "./frames.ts";
import { globalsDict } from "./function-types.ts";
import { CO } from "./function.ts";
import { address } from "./hash.ts";
import { late } from "./late.ts";
import { builtinsModule } from "./modules.ts";
import { fillType } from "./native-type.ts";
import { typeOf, type Value } from "./object.ts";

fillType(frameType, {
  methods: {
    __repr__: [
      "(self, /)",
      (f: PyFrame) =>
        `<frame at ${address(f)}, file '${f.code.filename}', line ${f.lineno}, code ${f.code.name}>`,
    ],
    clear: ["(self, /)", () => null],
  },
  getters: {
    f_back: (f: PyFrame) => f.back,
    f_code: (f: PyFrame) => f.code,
    f_lineno: (f: PyFrame) => f.lineno,
    f_globals: (f: PyFrame) => globalsDict(f.globals),
    f_builtins: () => late.dictOver(builtinsModule.dict),
    f_lasti: (f: PyFrame) => f.pos,
    f_trace: { get: () => null, set: () => undefined },
    f_trace_lines: { get: () => true, set: () => undefined },
    f_trace_opcodes: { get: () => false, set: () => undefined },
    f_locals: (f: PyFrame) => {
      const l = f.locals?.();
      if (l === undefined)
        return (f.code.flags & CO.NEWLOCALS) === 0 ? globalsDict(f.globals) : late.dict(new Map());
      return l;
    },
  },
});

fillType(tracebackType, {
  new: [
    "(cls, tb_next, tb_frame, tb_lasti, tb_lineno)",
    (_cls: Value, next: Value, frame: Value, lasti: Value) => {
      if (!(frame instanceof PyFrame))
        raise(E.TypeError, `traceback() argument 'tb_frame' must be frame, not ${typeOf(frame).name}`);
      return new PyTraceback(next, new Activation(frame.code, frame.globals), Number(lasti), frame.locals);
    },
  ],
  getters: {
    tb_next: {
      get: (t: PyTraceback) => t.next,
      set: (t: PyTraceback, v: Value) => {
        if (v !== null && !(v instanceof PyTraceback))
          raise(E.TypeError, `expected traceback object, got '${typeOf(v).name}'`);
        for (let x: Value = v; x instanceof PyTraceback; x = x.next)
          if (x === t) raise(E.ValueError, "traceback loop detected");
        t.next = v;
      },
    },
    tb_frame: (t: PyTraceback) => t.frame,
    tb_lineno: (t: PyTraceback) => t.lineno,
    tb_lasti: (t: PyTraceback) => t.pos,
  },
});

for (const t of [frameType, tracebackType]) t.doc ??= null;
