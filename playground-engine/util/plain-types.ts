// The values that a TypeScript program uses where JavaScript has none of its own: decimals, dates without time,
// times, durations, UUIDs, enums. Immutable, compared by value. The plain host makes and reads them.
import type { DateParts, TimeParts } from "./host.ts";

/** A decimal number, kept as its text. */
export class Decimal {
  readonly text: string;
  constructor(text: string | number) {
    this.text = String(text);
  }
  toString(): string {
    return this.text;
  }
}

/** A calendar date. */
export class PlainDate implements DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }
  toString(): string {
    return `${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)}`;
  }
}

/** A time of day. */
export class PlainTime implements TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  constructor(hour: number, minute = 0, second = 0, microsecond = 0) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
  }
  toString(): string {
    const fraction = this.microsecond ? "." + pad(this.microsecond, 6) : "";
    return `${pad(this.hour)}:${pad(this.minute)}:${pad(this.second)}${fraction}`;
  }
}

/** A duration in microseconds. */
export class Duration {
  readonly microseconds: bigint;
  constructor(microseconds: bigint | number) {
    this.microseconds = BigInt(microseconds);
  }
  toString(): string {
    return `${this.microseconds} microseconds`;
  }
}

/** A UUID as 32 hexadecimal digits. */
export class Uuid {
  readonly hex: string;
  constructor(text: string) {
    this.hex = text.replaceAll("-", "").toLowerCase();
  }
  toString(): string {
    return this.hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}

/** A member of an EnumType. */
export class EnumValue {
  readonly type: EnumType;
  readonly name: string;
  readonly value: unknown;
  constructor(type: EnumType, name: string, value: unknown) {
    this.type = type;
    this.name = name;
    this.value = value;
  }
  toString(): string {
    return `${this.type.name}.${this.name}`;
  }
}

/** An enumeration: `new EnumType("Color", [["RED", 1], ["BLUE", 2]])`. */
export class EnumType {
  readonly name: string;
  readonly members: readonly EnumValue[];
  constructor(name: string, members: Iterable<readonly [string, unknown]>) {
    this.name = name;
    const out: EnumValue[] = [];
    for (const [key, value] of members)
      out.push(out.find((m) => m.value === value) ?? new EnumValue(this, key, value));
    this.members = out;
  }
  /** The member of this name. */
  get(name: string): EnumValue | undefined {
    return this.members.find((m) => m.name === name);
  }
}

export function pad(n: number, width = 2): string {
  return String(n).padStart(width, "0");
}
