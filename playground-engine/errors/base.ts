// The root of SQLAlchemy's errors: what every one of them can do.
//
// str(error) is the message, then a link to its background where the class or the instance has a code. The bindings
// give each class a Python type of the name `pyName` in the module `pyModule`, with `pyBases` beside its JavaScript parent.
// Behaviour: SQLAlchemy exc.py (HasDescriptionCode, SQLAlchemyError).
import { host, type Value } from "../util/host.ts";

/** SQLAlchemy's version in links: 2.0 is "20". */
export const VERSION_TOKEN = "20";

export function backgroundLink(code: string, what: "error" | "warning" = "error"): string {
  return `(Background on this ${what} at: https://sqlalche.me/e/${VERSION_TOKEN}/${code})`;
}

export interface ErrorOptions {
  readonly code?: string | null;
}

export class SQLAlchemyError extends Error {
  static readonly pyName: string = "SQLAlchemyError";
  static readonly pyModule: string = "sqlalchemy.exc";
  /** Further Python base classes, by name: built-in ones. */
  static readonly pyBases: readonly string[] = [];
  /** What instances without a code of their own have. */
  static readonly code: string | null = null;

  /** What the program sees as `e.args`. */
  args: readonly Value[];
  code: string | null;

  /** @param message an array is a program's own arguments, and a Map its keywords */
  constructor(message?: Value | readonly Value[], options: ErrorOptions | ReadonlyMap<string, Value> = {}) {
    super();
    // The text depends on what is added later (add_detail, code): JavaScript's own `message` is derived, too.
    Object.defineProperty(this, "message", {
      get: () => this.str(),
      set: () => undefined,
      configurable: true,
    });
    this.args =
      message === undefined ? [] : Array.isArray(message) ? (message as readonly Value[]) : [message];
    const code = options instanceof Map ? options.get("code") : (options as ErrorOptions).code;
    this.code = (code as string | null | undefined) ?? (new.target as typeof SQLAlchemyError).code;
  }

  override get name(): string {
    return (this.constructor as typeof SQLAlchemyError).pyName;
  }

  get pyName(): string {
    return (this.constructor as typeof SQLAlchemyError).pyName;
  }

  get pyModule(): string {
    return (this.constructor as typeof SQLAlchemyError).pyModule;
  }

  /** The message alone, without link or statement. */
  messageText(): string {
    if (this.args.length === 1) return host.str(this.args[0]);
    return host.repr(host.makeTuple(this.args));
  }

  protected codeText(): string {
    return this.code ? backgroundLink(this.code) : "";
  }

  /** `str(error)` */
  str(): string {
    return this.code ? `${this.messageText()} ${this.codeText()}` : this.messageText();
  }

  override toString(): string {
    return this.str();
  }
}
