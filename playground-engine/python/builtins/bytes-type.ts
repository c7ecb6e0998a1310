// bytes.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#binary-sequence-types-bytes-bytearray-memoryview.
import * as b from "./bytes-methods.ts";
import { nativeType } from "../runtime/native-type.ts";
import { PyBytes, PyTuple, TYPE, type PyType, type Value } from "../runtime/object.ts";
import { BytesIterator, common, contents, fromhex, maketrans } from "./bytes-common.ts";
import { hashStr } from "./hashing.ts";
import { bytesRepr } from "./str-repr.ts";

function newBytes(cls: PyType, data: Uint8Array): PyBytes {
  const v = new PyBytes(data);
  if (cls !== bytesType) v[TYPE] = cls;
  return v;
}

export const bytesType: PyType = nativeType({
  name: "bytes",
  doc: "A sequence of ints from 0 to 255 that cannot be changed.",
  host: PyBytes,
  allocator: (cls) => newBytes(cls, new Uint8Array(0)),
  new: [
    "(cls, source=..., encoding=..., errors=...)",
    (cls: PyType, source: Value | undefined, encoding: Value | undefined, errors: Value | undefined) => {
      if (cls === bytesType && source instanceof PyBytes && source[TYPE] === cls && encoding === undefined)
        return source;
      return newBytes(cls, contents("bytes", source, encoding, errors));
    },
  ],
  methods: {
    ...common,
    __repr__: ["(self, /)", (self: PyBytes) => bytesRepr(self.data)],
    __hash__: ["(self, /)", (self: PyBytes) => hashStr(b.toLatin(self.data))],
    __iter__: ["(self, /)", (self: PyBytes) => new BytesIterator(self)],
    __bytes__: ["(self, /)", (self: PyBytes) => self],
    __getnewargs__: ["(self, /)", (self: PyBytes) => new PyTuple([new PyBytes(self.data)])],
  },
  classMethods: { fromhex },
  staticMethods: { maketrans },
});
