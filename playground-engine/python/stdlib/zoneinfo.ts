// The module zoneinfo: time zones by the rules of the browser's Intl.
// Behaviour: docs.python.org/3.11/library/zoneinfo.html. Abbreviations are Intl's where it has one, else an offset such as "+03".
import { E, raise } from "../runtime/exceptions.ts";
import { defineModule } from "../runtime/modules.ts";
import { asStr, PyList, PyTuple, type Value } from "../runtime/object.ts";
import { floatOrUndefined } from "../builtins/convert.ts";
import { definePythonModule } from "./python-source.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(key: string): Intl.DateTimeFormat {
  let f = formats.get(key);
  if (f === undefined) {
    f = new Intl.DateTimeFormat("en-US", {
      timeZone: key,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      era: "short",
    });
    formats.set(key, f);
  }
  return f;
}

/** Seconds east of UTC in a zone at a moment. */
function offsetAt(key: string, seconds: number): number {
  const whole = Math.floor(seconds);
  const p = new Map(
    formatOf(key)
      .formatToParts(new Date(whole * 1000))
      .map((x) => [x.type, x.value]),
  );
  const n = (type: Intl.DateTimeFormatPartTypes): number => Number(p.get(type));
  const local = new Date(0);
  local.setUTCFullYear(p.get("era") === "BC" ? 1 - n("year") : n("year"), n("month") - 1, n("day"));
  local.setUTCHours(n("hour"), n("minute"), n("second"), 0);
  return Math.round(local.getTime() / 1000 - whole);
}

function nameAt(key: string, seconds: number, offset: number): string {
  for (const locale of ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA"]) {
    const name = new Intl.DateTimeFormat(locale, { timeZone: key, timeZoneName: "short" })
      .formatToParts(new Date(seconds * 1000))
      .find((x) => x.type === "timeZoneName")?.value;
    if (name !== undefined && /^[A-Z]{2,5}$/.test(name)) return name;
  }
  const a = Math.abs(offset);
  const minutes = Math.floor(a / 60) % 60;
  return `${offset < 0 ? "-" : "+"}${String(Math.floor(a / 3600)).padStart(2, "0")}${minutes === 0 ? "" : String(minutes).padStart(2, "0")}`;
}

const seconds = (v: Value): number => floatOrUndefined(v) ?? 0;

defineModule("_zoneinfo", () => ({
  name: "_zoneinfo",
  functions: {
    known: [
      "(key)",
      (key: Value) => {
        try {
          formatOf(asStr(key) ?? raise(E.TypeError, "key must be a str"));
          return /^[A-Z]/.test(asStr(key)!) && !/^(?:GMT|UTC)[+-]/.test(asStr(key)!);
        } catch (e) {
          if (e instanceof RangeError) return false;
          throw e;
        }
      },
    ],
    at: [
      "(key, seconds)",
      (key: Value, at: Value) => {
        const k = asStr(key)!;
        const offset = offsetAt(k, seconds(at));
        const year = new Date(seconds(at) * 1000).getUTCFullYear();
        // the smaller offset of winter and summer is the standard one
        const standard = Math.min(...[0, 3, 6, 9].map((m) => offsetAt(k, Date.UTC(year, m, 1) / 1000)));
        return new PyTuple([offset, offset - standard, nameAt(k, seconds(at), offset)]);
      },
    ],
    offset: ["(key, seconds)", (key: Value, at: Value) => offsetAt(asStr(key)!, seconds(at))],
    names: ["()", () => new PyList([...Intl.supportedValuesOf("timeZone"), "UTC"])],
  },
}));

definePythonModule(
  "zoneinfo",
  String.raw`
import _zoneinfo
import datetime

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]
TZPATH = ()
_EPOCH = datetime.datetime(1970, 1, 1)


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


for _c in (ZoneInfoNotFoundError, InvalidTZPathWarning):
    _c.__module__ = "zoneinfo._common" if _c is ZoneInfoNotFoundError else "zoneinfo._tzpath"


class ZoneInfo(datetime.tzinfo):
    _known = {}

    def __new__(cls, key):
        found = cls._known.get((cls, key))
        if found is None:
            found = cls._known[cls, key] = cls.no_cache(key)
        return found

    @classmethod
    def no_cache(cls, key):
        if not _zoneinfo.known(key):
            raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
        self = super().__new__(cls)
        self._key = key
        return self

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for k in [k for k in cls._known if k[0] is cls and (only_keys is None or k[1] in only_keys)]:
            del cls._known[k]

    key = property(lambda self: self._key)

    def _find(self, dt):
        """Offset, daylight saving and name at a local time; fold chooses where it comes twice or never."""
        if dt is None:
            return None
        naive = dt.replace(tzinfo=None, fold=0)
        local = (naive - _EPOCH) // datetime.timedelta(seconds=1)
        before = _zoneinfo.offset(self._key, local - 86400)
        after = _zoneinfo.offset(self._key, local + 86400)
        first = _zoneinfo.offset(self._key, local - before)
        second = _zoneinfo.offset(self._key, local - after)
        if first == before and second == after and before != after:
            offset = after if dt.fold else before      # the hour that comes twice
        elif first != before and second != after:
            offset = after if dt.fold else before      # the hour that never comes
            found = _zoneinfo.at(self._key, local - before + (1 if dt.fold else 0) + (0 if dt.fold else -abs(after - before)))
            return (offset, found[1] if found[0] == offset else 0, found[2])
        else:
            offset = before if first == before else after
        return _zoneinfo.at(self._key, local - offset)

    def utcoffset(self, dt):
        found = self._find(dt)
        return None if found is None else datetime.timedelta(seconds=found[0])

    def dst(self, dt):
        found = self._find(dt)
        return None if found is None else datetime.timedelta(seconds=found[1])

    def tzname(self, dt):
        found = self._find(dt)
        return None if found is None else found[2]

    def fromutc(self, dt):
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        naive = dt.replace(tzinfo=None)
        seconds = (naive - _EPOCH) // datetime.timedelta(seconds=1)
        offset = _zoneinfo.offset(self._key, seconds)
        local = dt + datetime.timedelta(seconds=offset)
        before = _zoneinfo.offset(self._key, seconds - 86400)
        again = before > offset and _zoneinfo.offset(self._key, seconds + offset - before) == before
        return local.replace(fold=1 if again else 0)

    def __str__(self):
        return self._key

    def __repr__(self):
        return "%s.%s(key=%r)" % (self.__class__.__module__, self.__class__.__qualname__, self._key)

    def __reduce__(self):
        return self.__class__, (self._key,)


def available_timezones():
    return set(_zoneinfo.names())


def reset_tzpath(to=None):
    pass
`,
);
