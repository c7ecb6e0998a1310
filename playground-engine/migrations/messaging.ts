// What commands print, as the real program words it.
import { CommandError } from "./errors.ts";
import { host, type Value } from "../util/host.ts";
import { seams } from "./seams.ts";

export interface MessagingOptions {
  readonly quiet: boolean;
}

export function msg(text: string, options: MessagingOptions, newline = true): void {
  if (!options.quiet) seams.write(newline ? `${text}\n` : text);
}

/** "Generating … ...  done" around an action. */
export function status<T>(text: string, options: MessagingOptions, action: () => T, newline = false): T {
  msg(`${text} ...`, options, newline);
  try {
    const done = action();
    msg("  done", options);
    return done;
  } catch (e) {
    msg("  FAILED", options);
    throw e;
  }
}

/** @throws the CommandError's end of the program: its text, and status -1 */
export function fail(e: CommandError, options: MessagingOptions): void {
  host.logger("alembic.util.messaging").log(40, e.message.replaceAll("%", "%%"));
  msg(`FAILED: ${e.message}`, options);
}

export function formatAsComma(v: Value): string {
  if (v === null || v === undefined) return "";
  if (typeof v === "string") return v;
  const items = host.iterate(v);
  if (!items) throw host.error("ValueError", `Don't know how to comma-format ${host.repr(v)}`);
  return [...items].join(", ");
}
