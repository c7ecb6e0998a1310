// Types that a program derives: made by calling the program's class, copied, shown and cached by what its `__init__` takes and
// keeps on the instance. Behaviour: SQLAlchemy util/langhelpers.py (constructor_copy, generic_repr, get_cls_kwargs).
import {
  camelCase,
  type InitArgument,
  type Signature,
  type TypeDecorator,
  TypeEngine,
} from "../../sql/types/index.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { callVec } from "../../python/runtime/call.ts";
import { PyFunction } from "../../python/runtime/function.ts";
import type { NativeMethod } from "../../python/runtime/native.ts";
import { dictOf, type Kwargs, type PyType, type Value } from "../../python/runtime/object.ts";
import { type HostClass } from "../class-table.ts";
import { extend } from "../define.ts";
import { onDerive } from "../derive.ts";
import { toPython } from "../values.ts";

/** Parameters that can be given by position, and whether there are more of both kinds; keyword-only ones do not count. */
function signatureOf(init: PyFunction): Signature {
  const { names, varArgs, varKw } = init.params;
  const first = names.length - init.defaults.length;
  const argument = (name: string, kind: InitArgument["kind"], standard?: Value): InitArgument => ({
    name,
    attribute: camelCase(name),
    kind,
    default: standard,
  });
  const out = names
    .slice(1)
    .map((name, i) =>
      i + 1 < first ? argument(name, "required") : argument(name, "optional", init.defaults[i + 1 - first]),
    );
  if (varArgs !== null) out.push(argument(varArgs, "varargs"));
  if (varKw !== null) out.push(argument(varKw, "kwargs"));
  return out;
}

function describe(cls: PyType, made: HostClass): void {
  const { prototype } = made as unknown as { readonly prototype: object };
  if (!(prototype instanceof TypeEngine)) return;
  const construct = (args: readonly Value[], kwargs: Kwargs = new Map()): Value => {
    const given = [...kwargs].filter(([, v]) => v !== undefined);
    return callVec(
      cls,
      [...args.map(toPython), ...given.map(([, v]) => toPython(v))],
      given.map(([name]) => name),
    );
  };
  Object.defineProperty(made, "construct", { value: construct });
  const init = cls.dict.get("__init__");
  if (init instanceof PyFunction) Object.defineProperty(made, "signature", { value: signatureOf(init) });
  const base = (Object.getPrototypeOf(prototype) as TypeEngine).initArgument;
  const initArgument = function (this: TypeEngine, argument: InitArgument): Value | undefined {
    return dictOf(this)?.get(argument.name) ?? base.call(this, argument);
  };
  Object.defineProperty(prototype, "initArgument", { value: initArgument });
}

export function bindTypes(): void {
  onDerive(describe);
  // what a decorator lacks its impl may have
  extend("sqlalchemy.sql.type_api.TypeDecorator", {
    methods: {
      __getattr__: [
        "(self, key, /)",
        ((self: TypeDecorator, key: string) => getAttr(self.implInstance, key)) as unknown as NativeMethod[1],
      ],
    },
  });
}
