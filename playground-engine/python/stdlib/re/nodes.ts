// A regular expression as a tree, and its errors.

export const FLAGS = {
  TEMPLATE: 1,
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  DEBUG: 128,
  ASCII: 256,
} as const;

/** One member of a character set. */
export type SetItem =
  | { readonly kind: "char"; readonly code: number }
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "class"; readonly name: ClassName };

/** d, w, s and their opposites. */
export type ClassName = "d" | "D" | "w" | "W" | "s" | "S";

export type Node =
  | { readonly type: "empty" }
  | { readonly type: "char"; readonly code: number; readonly ignoreCase: boolean }
  | { readonly type: "any"; readonly dotAll: boolean }
  | {
      readonly type: "set";
      readonly items: readonly SetItem[];
      readonly negate: boolean;
      readonly ignoreCase: boolean;
      readonly ascii: boolean;
    }
  | {
      readonly type: "at";
      readonly where: "start" | "line-start" | "end" | "line-end" | "text-end" | "boundary" | "not-boundary";
      readonly ascii: boolean;
    }
  | { readonly type: "seq"; readonly items: readonly Node[] }
  | { readonly type: "alt"; readonly options: readonly Node[] }
  | { readonly type: "group"; readonly index: number; readonly body: Node }
  | {
      readonly type: "repeat";
      readonly min: number;
      readonly max: number;
      readonly mode: "greedy" | "lazy" | "possessive";
      readonly body: Node;
    }
  | {
      readonly type: "look";
      readonly behind: boolean;
      readonly negate: boolean;
      readonly body: Node;
      /** of a look-behind */ readonly width: number;
    }
  | { readonly type: "backref"; readonly group: number; readonly ignoreCase: boolean }
  | { readonly type: "atomic"; readonly body: Node }
  | { readonly type: "conditional"; readonly group: number; readonly yes: Node; readonly no: Node };

export interface Parsed {
  readonly root: Node;
  readonly flags: number;
  /** Groups without group 0. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** re.error, before it is a Python exception. */
export class RegexError {
  readonly message: string;
  readonly position: number | undefined;
  constructor(message: string, position?: number) {
    this.message = message;
    this.position = position;
  }
}

/** Fewest and most characters that a node can match. */
export function widthOf(
  n: Node,
  groupWidths: ReadonlyMap<number, readonly [number, number]>,
): [number, number] {
  switch (n.type) {
    case "char":
    case "any":
    case "set":
      return [1, 1];
    case "seq": {
      let [lo, hi] = [0, 0];
      for (const i of n.items) {
        const [a, b] = widthOf(i, groupWidths);
        lo += a;
        hi += b;
      }
      return [lo, hi];
    }
    case "alt": {
      let [lo, hi] = [Infinity, 0];
      for (const o of n.options) {
        const [a, b] = widthOf(o, groupWidths);
        lo = Math.min(lo, a);
        hi = Math.max(hi, b);
      }
      return [lo, hi];
    }
    case "group":
    case "atomic":
      return widthOf(n.body, groupWidths);
    case "repeat": {
      const [a, b] = widthOf(n.body, groupWidths);
      return [a * n.min, b === 0 ? 0 : b * n.max];
    }
    case "backref":
      return [...(groupWidths.get(n.group) ?? [0, Infinity])] as [number, number];
    case "conditional": {
      const [a, b] = widthOf(n.yes, groupWidths);
      const [c, d] = widthOf(n.no, groupWidths);
      return [Math.min(a, c), Math.max(b, d)];
    }
    default:
      return [0, 0];
  }
}
