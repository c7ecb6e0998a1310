// What the engine asks of a running Python program beside its values: warnings, logging, the clock.
import type { DateTimeParts, HostLogger } from "../util/host.ts";
import { getAttr } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { importModule, modules } from "../python/runtime/modules.ts";
import { PyTuple, type PyType, type Value } from "../python/runtime/object.ts";
import { E } from "../python/runtime/exceptions.ts";
import { isTrue } from "../python/runtime/truth.ts";
import { toArray } from "../python/runtime/iteration.ts";
import { toPython } from "./values.ts";
import { resolve } from "./modules.ts";

/** `warnings.warn` as SQLAlchemy calls it: shown at the program's own line. */
export function pythonWarn(category: string, message: string): void {
  const cls =
    (resolve(`sqlalchemy.exc.${category}`) as PyType | undefined) ??
    (E as Record<string, PyType | undefined>)[category] ??
    E.UserWarning;
  call(
    getAttr(importModule("warnings"), "warn"),
    [message, cls],
    new Map<string, Value>([["stacklevel", 1]]),
  );
}

const loggers = new Map<string, HostLogger>();

/** Loggers of the program's logging module, made when the engine first writes to one. */
export function pythonLogger(name: string): HostLogger {
  let known = loggers.get(name);
  if (known) return known;
  const logger = (): Value => call(getAttr(importModule("logging"), "getLogger"), [name]);
  known = {
    // logging that the program never imported stands at WARNING
    isEnabledFor: (level) =>
      !modules.has("logging") ? level >= 30 : isTrue(call(getAttr(logger(), "isEnabledFor"), [level])),
    log: (level, message, args = []) =>
      void call(getAttr(logger(), "log"), [level, message, ...args.map(toPython)]),
    emit: (level, message) => void call(getAttr(logger(), "_log"), [level, message, new PyTuple([])]),
    addDefaultHandler: () => {
      const logging = importModule("logging");
      const top = logger();
      // as SQLAlchemy does: a handler to standard output, unless its root logger has one
      if (toArray(getAttr(top, "handlers")).length > 0) return;
      const handler = call(getAttr(logging, "StreamHandler"), [getAttr(importModule("sys"), "stdout")]);
      call(getAttr(handler, "setFormatter"), [
        call(getAttr(logging, "Formatter"), ["%(asctime)s %(levelname)s %(name)s %(message)s"]),
      ]);
      call(getAttr(top, "addHandler"), [handler]);
    },
  };
  loggers.set(name, known);
  return known;
}

export function pythonNow(utc: boolean): DateTimeParts {
  const d = new Date();
  const microsecond = d.getMilliseconds() * 1000;
  return utc
    ? {
        year: d.getUTCFullYear(),
        month: d.getUTCMonth() + 1,
        day: d.getUTCDate(),
        hour: d.getUTCHours(),
        minute: d.getUTCMinutes(),
        second: d.getUTCSeconds(),
        microsecond,
      }
    : {
        year: d.getFullYear(),
        month: d.getMonth() + 1,
        day: d.getDate(),
        hour: d.getHours(),
        minute: d.getMinutes(),
        second: d.getSeconds(),
        microsecond,
      };
}
