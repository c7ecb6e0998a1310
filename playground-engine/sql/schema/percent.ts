// Python's `text % mapping`, as naming conventions and DDL() use it.
import { host, type Value } from "../../util/host.ts";

const SPEC = /%(?:\(([^)]*)\))?([#0\- +]*)(\d*)(?:\.(\d+))?(.?)/gs;

/** Fill `%(name)s` in; `lookup` throws the host's KeyError for names it does not know. */
export function percentFormat(
  template: string,
  lookup: (name: string) => Value,
  whole: Value = null,
): string {
  return template.replace(
    SPEC,
    (
      _,
      name: string | undefined,
      flags: string,
      width: string,
      precision: string | undefined,
      conversion: string,
      at: number,
    ) => {
      if (conversion === "%") return "%";
      if (conversion === "")
        throw host.error("ValueError", name === undefined ? "incomplete format" : "incomplete format key");
      const value = name === undefined ? whole : lookup(name);
      let text: string;
      switch (conversion) {
        case "s":
          text = host.str(value);
          break;
        case "r":
        case "a":
          text = host.repr(value);
          break;
        case "d":
        case "i":
        case "u": {
          const kind = host.kindOf(value);
          if (kind !== "int" && kind !== "bool")
            throw host.error(
              "TypeError",
              `%${conversion} format: a real number is required, not ${host.typeName(value)}`,
            );
          text = String(Number(value));
          break;
        }
        default: {
          const code = conversion.codePointAt(0) as number;
          const index = at + template.slice(at).indexOf(conversion, 1);
          throw host.error(
            "ValueError",
            `unsupported format character '${conversion}' (0x${code.toString(16)}) at index ${index}`,
          );
        }
      }
      if (precision !== undefined && "sra".includes(conversion)) text = text.slice(0, Number(precision));
      const w = Number(width || 0);
      if (flags.includes("-")) return text.padEnd(w);
      return text.padStart(w, flags.includes("0") && "diu".includes(conversion) ? "0" : " ");
    },
  );
}
