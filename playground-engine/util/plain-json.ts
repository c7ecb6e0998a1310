// JSON as Python's json module writes it ("a": 1, with spaces, non-ASCII escaped), and a pickle stand-in for
// TypeScript programs: tagged JSON in bytes, good for what the plain host can hold.
import { Decimal, Duration, PlainDate, PlainTime, Uuid } from "./plain-types.ts";

type Fail = (message: string) => unknown;

/** `json.dumps(v)` */
export function jsonDumps(v: unknown, fail: Fail): string {
  if (v === null || v === undefined) return "null";
  if (typeof v === "string") return jsonString(v);
  if (typeof v === "boolean" || typeof v === "bigint") return String(v);
  if (typeof v === "number")
    return Number.isNaN(v) ? "NaN" : Number.isFinite(v) ? String(v) : v < 0 ? "-Infinity" : "Infinity";
  if (Array.isArray(v)) return `[${v.map((x) => jsonDumps(x, fail)).join(", ")}]`;
  if (v instanceof Map) return jsonObject(v, fail);
  if (typeof v === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(v) as null))
    return jsonObject(Object.entries(v), fail);
  throw fail(
    `Object of type ${typeof v === "object" ? v.constructor.name : typeof v} is not JSON serializable`,
  );
}

function jsonObject(entries: Iterable<[unknown, unknown]>, fail: Fail): string {
  const parts: string[] = [];
  for (const [k, x] of entries)
    parts.push(`${jsonString(typeof k === "string" ? k : jsonDumps(k, fail))}: ${jsonDumps(x, fail)}`);
  return `{${parts.join(", ")}}`;
}

function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (ch) => "\\u" + ch.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

/** `json.loads(text)` */
export function jsonLoads(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (e) {
    throw fail(e instanceof Error ? e.message : String(e));
  }
}

/** A value as bytes, dates and decimals kept. */
export function pickleDumps(v: unknown, fail: Fail): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(tag(v, fail)));
}

/** What pickleDumps wrote. */
export function pickleLoads(bytes: Uint8Array): unknown {
  return untag(JSON.parse(new TextDecoder().decode(bytes)) as Tagged);
}

type Tagged = string | number | boolean | null | [string, ...unknown[]];

function tag(v: unknown, fail: Fail): Tagged {
  if (v === undefined || v === null) return null;
  if (typeof v === "string" || typeof v === "boolean") return v;
  if (typeof v === "number") return Number.isFinite(v) ? v : ["number", String(v)];
  if (typeof v === "bigint") return ["bigint", String(v)];
  if (Array.isArray(v)) return [Object.isFrozen(v) ? "tuple" : "list", ...v.map((x) => tag(x, fail))];
  if (v instanceof Map) return ["map", ...[...v].map(([k, x]) => [tag(k, fail), tag(x, fail)])];
  if (v instanceof Set) return ["set", ...[...v].map((x) => tag(x, fail))];
  if (v instanceof Date) return ["date", v.getTime()];
  if (v instanceof Uint8Array) return ["bytes", ...v];
  if (v instanceof Decimal) return ["Decimal", v.text];
  if (v instanceof Uuid) return ["Uuid", v.hex];
  if (v instanceof Duration) return ["Duration", String(v.microseconds)];
  if (v instanceof PlainDate) return ["PlainDate", v.year, v.month, v.day];
  if (v instanceof PlainTime) return ["PlainTime", v.hour, v.minute, v.second, v.microsecond];
  if (typeof v === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(v) as null))
    return ["object", ...Object.entries(v).map(([k, x]) => [k, tag(x, fail)])];
  throw fail(`cannot pickle '${typeof v === "object" ? v.constructor.name : typeof v}' object`);
}

function untag(v: Tagged): unknown {
  if (!Array.isArray(v)) return v;
  const [kind, ...rest] = v as [string, ...Tagged[]];
  const pairs = () => (rest as unknown as [Tagged, Tagged][]).map(([k, x]) => [untag(k), untag(x)] as const);
  switch (kind) {
    case "number":
      return Number(rest[0]);
    case "bigint":
      return BigInt(rest[0] as string);
    case "list":
      return rest.map(untag);
    case "tuple":
      return Object.freeze(rest.map(untag));
    case "map":
      return new Map(pairs());
    case "set":
      return new Set(rest.map(untag));
    case "date":
      return new Date(rest[0] as number);
    case "bytes":
      return Uint8Array.from(rest as number[]);
    case "Decimal":
      return new Decimal(rest[0] as string);
    case "Uuid":
      return new Uuid(rest[0] as string);
    case "Duration":
      return new Duration(BigInt(rest[0] as string));
    case "PlainDate":
      return new PlainDate(...(rest as [number, number, number]));
    case "PlainTime":
      return new PlainTime(...(rest as [number, number, number, number]));
    default:
      return Object.fromEntries(pairs() as [string, unknown][]);
  }
}
