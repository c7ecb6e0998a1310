// tzinfo, the base of time zones, and what the others ask of one.
// Behaviour: docs.python.org/3.11/library/datetime.html#tzinfo-objects.
import { callMethod, getAttrOrUndefined } from "../../runtime/attributes.ts";
import { call0 } from "../../runtime/call.ts";
import { E, raise } from "../../runtime/exceptions.ts";
import { nativeType } from "../../runtime/native-type.ts";
import { method, type NativeMethod } from "../../runtime/native.ts";
import { asStr, PyObject, PyTuple, type PyType, typeOf, type Value } from "../../runtime/object.ts";
import {
  PyDateTime,
  PyTimedelta,
  PyTimezone,
  fromMicros,
  fromWallMicros,
  totalMicros,
  wallMicros,
} from "./values.ts";

const abstract = (name: string): NativeMethod =>
  method("(self, dt, /)", () => raise(E.NotImplementedError, `a tzinfo subclass must implement ${name}()`));

export const tzinfoType: PyType = nativeType({
  name: "tzinfo",
  module: "datetime",
  dotted: true,
  allocator: (cls) => new PyObject(cls),
  hasDict: true,
  methods: {
    utcoffset: abstract("utcoffset"),
    tzname: abstract("tzname"),
    dst: abstract("dst"),
    fromutc: method("(self, dt, /)", (zone: Value, dt: PyDateTime) => {
      if (dt.tzinfo !== zone) raise(E.ValueError, "fromutc: dt.tzinfo is not self");
      const offset = offsetOf(zone, dt);
      if (offset === null) raise(E.ValueError, "fromutc: non-None utcoffset() result required");
      if (zone instanceof PyTimezone) return fromWallMicros(wallMicros(dt) + offset, zone);
      const dst = micros(callMethod(zone, "dst", dt), "dst");
      if (dst === null) raise(E.ValueError, "fromutc: non-None dst() result required");
      let at = fromWallMicros(wallMicros(dt) + offset - dst, zone);
      const then = micros(callMethod(zone, "dst", at), "dst");
      if (then === null) raise(E.ValueError, "fromutc(): dt.dst gave inconsistent results; cannot convert");
      at = fromWallMicros(wallMicros(at) + then, zone);
      return at;
    }),
    __reduce__: method("(self, /)", (zone: Value) => {
      const given = getAttrOrUndefined(zone, "__getinitargs__");
      const args = given === undefined ? new PyTuple([]) : call0(given);
      const state = callMethod(zone, "__getstate__");
      return new PyTuple(state === null ? [typeOf(zone), args] : [typeOf(zone), args, state]);
    }),
  },
});

/** What a zone's utcoffset() or dst() gave, in microseconds. @throws TypeError, ValueError */
function micros(v: Value, name: string): bigint | null {
  if (v === null) return null;
  if (!(v instanceof PyTimedelta))
    raise(E.TypeError, `tzinfo.${name}() must return None or timedelta, not '${typeOf(v).name}'`);
  const us = totalMicros(v);
  const day = 86_400_000_000n;
  if (us <= -day || us >= day)
    raise(
      E.ValueError,
      "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)",
    );
  return us;
}

/** Offset of a zone at a moment (or null for a time), in microseconds; null where it has none. */
export function offsetOf(zone: Value, dt: Value): bigint | null {
  if (zone === null) return null;
  if (zone instanceof PyTimezone) return BigInt(zone.offset);
  return micros(callMethod(zone, "utcoffset", dt), "utcoffset");
}

/** `tzinfo.dst(dt)` */
export function dstOf(zone: Value, dt: Value): bigint | null {
  return zone === null ? null : micros(callMethod(zone, "dst", dt), "dst");
}

/** `tzinfo.tzname(dt)` @throws TypeError for anything but a str or None */
export function zoneName(zone: Value, dt: Value): Value {
  const name = zone === null ? null : callMethod(zone, "tzname", dt);
  if (name !== null && asStr(name) === undefined)
    raise(E.TypeError, `tzinfo.tzname() must return None or a string, not '${typeOf(name).name}'`);
  return name;
}

export function deltaOrNone(us: bigint | null): Value {
  return us === null ? null : fromMicros(us);
}

export function checkZone(v: Value): Value {
  if (v === null || v instanceof PyTimezone || typeOf(v).isSubtypeOf(tzinfoType)) return v;
  return raise(
    E.TypeError,
    `tzinfo argument must be None or of a tzinfo subclass, not type '${typeOf(v).name}'`,
  );
}
