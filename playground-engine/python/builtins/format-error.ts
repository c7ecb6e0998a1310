// Failures of the pure parts (format-spec.ts, codecs.ts) as Python exceptions.
import { E, err, type PyException, raise } from "../runtime/exceptions.ts";
import { PyBytes, type Value } from "../runtime/object.ts";
import { CodecError, CodecLookupError, decodeBytes, encodeText } from "./codecs.ts";
import { FormatError } from "./format-spec.ts";

export function asFormatError<T>(make: () => T): T {
  try {
    return make();
  } catch (e) {
    if (e instanceof FormatError) raise(E[e.type], e.message);
    throw e;
  }
}

/** The UnicodeEncodeError or UnicodeDecodeError of a failure; `object` is what was to be converted. */
export function unicodeError(e: CodecError, object: Value): PyException {
  const made = err(
    e.kind === "encode" ? E.UnicodeEncodeError : E.UnicodeDecodeError,
    e.encoding,
    object,
    e.start,
    e.end,
    e.reason,
  );
  made
    .setMember("encoding", e.encoding)
    .setMember("object", object)
    .setMember("start", e.start)
    .setMember("end", e.end);
  return made.setMember("reason", e.reason);
}

function converted(e: unknown, object: Value): unknown {
  if (e instanceof CodecError) return unicodeError(e, object);
  if (e instanceof CodecLookupError) return err(E.LookupError, e.message);
  return e;
}

/** `s.encode(encoding, errors)` */
export function encode(s: string, encoding = "utf-8", errors = "strict"): Uint8Array {
  try {
    return encodeText(s, encoding, errors);
  } catch (e) {
    throw converted(e, s);
  }
}

/** `b.decode(encoding, errors)` */
export function decode(b: Uint8Array, encoding = "utf-8", errors = "strict"): string {
  try {
    return decodeBytes(b, encoding, errors);
  } catch (e) {
    throw converted(e, new PyBytes(b));
  }
}
