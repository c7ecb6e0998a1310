// The module io: streams are built in (builtins/io); this gives them their names.
// Behaviour: docs.python.org/3.11/library/io.html.
import { E } from "../runtime/exceptions.ts";
import { builtinsModule, defineModule } from "../runtime/modules.ts";
import { asStr, type Value } from "../runtime/object.ts";
import {
  bufferedIOBaseType,
  ioBaseType,
  rawIOBaseType,
  textIOBaseType,
  unsupportedOperationType,
} from "../builtins/io/bases.ts";
import { bytesIOType, fileIOType, randomType, readerType, writerType } from "../builtins/io/binary.ts";
import { openFile } from "../builtins/io/open.ts";
import { stringIOType, textIOWrapperType } from "../builtins/io/text.ts";

defineModule("io", () => ({
  name: "io",
  doc: "Streams of text and bytes.",
  functions: {
    text_encoding: ["(encoding, stacklevel=2, /)", (e: Value) => (e === null ? "locale" : (asStr(e) ?? e))],
    open_code: ["(path)", (path: Value) => openFile(path, "rb", -1, null, null, null)],
  },
  members: {
    open: builtinsModule.dict.get("open"),
    StringIO: stringIOType,
    BytesIO: bytesIOType,
    FileIO: fileIOType,
    BufferedReader: readerType,
    BufferedWriter: writerType,
    BufferedRandom: randomType,
    TextIOWrapper: textIOWrapperType,
    UnsupportedOperation: unsupportedOperationType,
    BlockingIOError: E.BlockingIOError,
    IOBase: ioBaseType,
    RawIOBase: rawIOBaseType,
    BufferedIOBase: bufferedIOBaseType,
    TextIOBase: textIOBaseType,
    DEFAULT_BUFFER_SIZE: 8192,
    SEEK_SET: 0,
    SEEK_CUR: 1,
    SEEK_END: 2,
  },
}));
