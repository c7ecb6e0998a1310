// Alembic's functions by their modules.
import { method } from "../../python/runtime/native.ts";
import * as room from "../../migrations/index.ts";
import { importModule } from "../../python/runtime/modules.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { PyList, PyTuple, type Value } from "../../python/runtime/object.ts";
import { host } from "../../util/host.ts";
import { give, giveEach, offer } from "../modules.ts";

/** The elements of what one may iterate, else the thing itself. */
function listOf(v: Value): Iterable<unknown> {
  return host.iterate(v) ?? [v];
}

/** Functions by their modules. */
export function bindFunctions(): void {
  offer("alembic.command", room.command);
  giveEach("alembic.config.command", () => importModule("alembic.command"));
  give("alembic.config.main", () =>
    nativeFunction(
      "main",
      method("(argv=None, prog=None, **kwargs)", (argv: Value, prog: Value) =>
        room.main(
          argv instanceof PyList || argv instanceof PyTuple ? (argv.items as string[]) : null,
          prog as string | null,
        ),
      ),
    ),
  );
  offer("alembic.util.langhelpers", {
    revId: () => room.newRevisionId(),
    toTuple: (v: Value, standard: Value) => (v === null ? standard : host.makeTuple(listOf(v))),
  });
  give("alembic.util.to_list", () =>
    nativeFunction(
      "to_list",
      method("(x, default=None)", (v: Value, standard: Value) =>
        v === null ? standard : host.kindOf(v) === "list" ? v : host.makeList(listOf(v)),
      ),
    ),
  );
  // there is no compiled code beside a file
  offer("alembic.util.pyfiles", { pycFileFromPath: () => null, loadPythonFile: room.loadPythonFile });
  offer("alembic.util.messaging", {
    formatAsComma: room.messaging.formatAsComma,
    msg: (text: string, newline: boolean, _flush: boolean, quiet: boolean) =>
      room.messaging.msg(text, { quiet }, newline),
  });
  offer("alembic.script.write_hooks", room.writeHooks);
}
