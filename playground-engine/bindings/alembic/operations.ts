// Operations, with the directives that a program registers.
import { method } from "../../python/runtime/native.ts";
import * as room from "../../migrations/index.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { nativeFunction, PyBuiltin } from "../../python/runtime/native-function.ts";
import { fillType } from "../../python/runtime/native-type.ts";
import type { Kwargs, PyType, Value } from "../../python/runtime/object.ts";
import { onReset } from "../../util/reset.ts";
import { extend, typeFor } from "../define.ts";
import { offer } from "../modules.ts";

/** Directives that a program added to `op`, to be taken away when it ends. */
const registered: (readonly [PyType, string])[] = [];

/** Directives are functions that Alembic makes of their operations: no class stands before their names. */
function nameDirectives(): void {
  for (const cls of ["Operations", "BatchOperations"])
    for (const [name, member] of typeFor(`alembic.operations.base.${cls}`).dict)
      if (member instanceof PyBuiltin && name !== "_noop") member.qualified = name;
}

export function bindOperations(): void {
  nameDirectives();
  extend("alembic.operations.base.AbstractOperations", {
    classMethods: {
      register_operation: method(
        "(cls, name, sourcename=None)",
        (cls: PyType, name: string, sourcename: string | null) =>
          nativeFunction(
            "register",
            method("(op_cls)", (opCls: Value) => {
              const directive = method("(self, *args, **kw)", (self: Value, args: Value[], kw: Kwargs) =>
                call(getAttr(opCls, sourcename ?? name), [self, ...args], kw),
              );
              fillType(cls, { methods: { [name]: directive } });
              cls.changed();
              registered.push([cls, name]);
              return opCls;
            }),
          ),
      ),
    },
  });
  offer("alembic.operations.toimpl", room.toimpl);
  const known = room.implementations.branch();
  onReset(() => {
    room.implementations.resetTo(known);
    for (const [cls, name] of registered.splice(0)) {
      cls.dict.delete(name);
      cls.changed();
    }
  });
}
