// What the engine asks of a running Python program beside its values: warnings, logging, the clock.
import type { DateTimeParts, HostLogger } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { getAttr, getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { afterLoad, importModule, modules, needsModules } from "../python/runtime/modules.ts";
import { asStr, PyTuple, type PyType, type Value } from "../python/runtime/object.ts";
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

needsModules(/\becho|logging/, "logging");
needsModules(/dictConfig|fileConfig/, "logging.config");
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
    log: (level, message, args = []) => {
      const values = args.map(toPython);
      if (modules.has("logging")) return void call(getAttr(logger(), "log"), [level, message, ...values]);
      const text =
        values.length > 0 ? asStr(call(getAttr(message, "__mod__"), [new PyTuple(values)]))! : message;
      if (!echo(name, level, text)) lastResort(level, text);
    },
    emit: (level, message) => {
      if (echo(name, level, message)) return;
      if (modules.has("logging")) call(getAttr(logger(), "_log"), [level, message, new PyTuple([])]);
      else lastResort(level, message);
    },
    addDefaultHandler: () => {
      const stdout = getAttr(importModule("sys"), "stdout");
      if (!modules.has("logging")) {
        if (!echoes.has(name)) echoes.set(name, stdout);
      } else if (toArray(getAttr(logger(), "handlers")).length === 0) addHandler(name, stdout);
    },
  };
  loggers.set(name, known);
  return known;
}

// Most programs that have lines echoed never import logging, which takes long to start. Until one does, the engine writes what the
// handlers would have written; then it makes them.
const echoes = new Map<string, Value>();
onReset(() => echoes.clear());
afterLoad("logging", () => {
  if (modules.has("sqlalchemy")) quieten();
  for (const [name, stream] of echoes) addHandler(name, stream);
  echoes.clear();
});
afterLoad("sqlalchemy", () => {
  if (modules.has("logging")) quieten();
});

/** As importing SQLAlchemy does: below a warning it says nothing, whatever level the root logger has. */
function quieten(): void {
  const top = call(getAttr(importModule("logging"), "getLogger"), ["sqlalchemy"]);
  if (getAttr(top, "level") === 0) call(getAttr(top, "setLevel"), [30]);
}

function addHandler(name: string, stream: Value): void {
  const logging = importModule("logging");
  const handler = call(getAttr(logging, "StreamHandler"), [stream]);
  call(getAttr(handler, "setFormatter"), [
    call(getAttr(logging, "Formatter"), ["%(asctime)s %(levelname)s %(name)s %(message)s"]),
  ]);
  call(getAttr(call(getAttr(logging, "getLogger"), [name]), "addHandler"), [handler]);
}

/** As a logger writes that has no handlers, its own or others': warnings and errors, their text alone. */
function lastResort(level: number, text: string): void {
  if (level < 30) return;
  call(getAttr(getAttr(importModule("sys"), "stderr"), "write"), [`${text}\n`]);
}

const LEVELS: Readonly<Record<number, string>> = { 10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR" };

/** Writes a line to the streams of this logger and of those above it; false where there are none. */
function echo(name: string, level: number, message: string): boolean {
  let written = false;
  for (let at = name; at !== "" && echoes.size; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    const stream = echoes.get(at);
    if (stream === undefined) continue;
    const now = new Date();
    const two = (n: number): string => String(n).padStart(2, "0");
    const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
    const millis = String(now.getMilliseconds()).padStart(3, "0");
    call(getAttr(stream, "write"), [`${date} ${time},${millis} ${LEVELS[level]} ${name} ${message}\n`]);
    const flush = getAttrOrUndefined(stream, "flush");
    if (flush !== undefined) call(flush, []);
    written = true;
  }
  return written;
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
