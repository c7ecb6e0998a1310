// Lines that engines and pools write through the host's logging: echo=True is a logger of one object's own.
//
// Without echo the level is that of the named logger, as the program configured it. With echo the object's level counts,
// and lines reach standard output even if logging was never set up. Behaviour: SQLAlchemy log.py.
import { host, type HostLogger } from "../util/host.ts";

export const DEBUG = 10;
export const INFO = 20;
const ERROR = 40;

export type EchoFlag = boolean | "debug" | null;

/** The logger of one engine or pool. */
export class InstanceLogger {
  readonly name: string;
  readonly echo: EchoFlag;
  private readonly logger: HostLogger;
  private readonly own: number | undefined;

  constructor(echo: EchoFlag, name: string) {
    this.name = name;
    this.echo = echo;
    this.logger = host.logger(name);
    this.own = echo === "debug" ? DEBUG : echo ? INFO : undefined;
    if (this.own !== undefined) this.logger.addDefaultHandler();
  }

  isEnabledFor(level: number): boolean {
    return this.own === undefined ? this.logger.isEnabledFor(level) : level >= this.own;
  }

  debug(message: string): void {
    this.log(DEBUG, message);
  }

  info(message: string): void {
    this.log(INFO, message);
  }

  error(message: string): void {
    this.log(ERROR, message);
  }

  private log(level: number, message: string): void {
    if (this.isEnabledFor(level)) this.logger.emit(level, message);
  }
}

/** Seconds to four significant digits, as Python's "%.4g" prints them. */
export function general4(seconds: number): string {
  if (seconds === 0) return "0";
  const exponent = Math.floor(Math.log10(Math.abs(seconds)));
  const rounded = Number(seconds.toPrecision(4));
  if (exponent < -4 || exponent >= 4) {
    const [mantissa = "", e = "0"] = rounded.toExponential().split("e");
    return `${mantissa}e${Number(e) < 0 ? "-" : "+"}${String(Math.abs(Number(e))).padStart(2, "0")}`;
  }
  return String(rounded);
}
