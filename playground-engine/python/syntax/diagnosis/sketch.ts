// What diagnosis keeps of an expression: its kind, its tokens, and the parts that messages depend on.

export interface Sketch {
  /** CPython's node name. */
  type: string;
  /** The first and last token. */
  first: number;
  last: number;
  /** Elements of a Tuple or List, the value of a Starred, the left side of a Compare. */
  parts?: Sketch[];
  /** The text of a Name; how messages call a Constant; the first operator of a Compare. */
  word?: string;
}

const NAMES: Record<string, string> = {
  Attribute: "attribute",
  Subscript: "subscript",
  Starred: "starred",
  Name: "name",
  List: "list",
  Tuple: "tuple",
  Lambda: "lambda",
  Call: "function call",
  BoolOp: "expression",
  BinOp: "expression",
  UnaryOp: "expression",
  GeneratorExp: "generator expression",
  Yield: "yield expression",
  YieldFrom: "yield expression",
  Await: "await expression",
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  Dict: "dict literal",
  Set: "set display",
  JoinedStr: "f-string expression",
  FormattedValue: "f-string expression",
  Compare: "comparison",
  IfExp: "conditional expression",
  NamedExpr: "named expression",
};

/** What CPython's messages call an expression. */
export function describe(sketch: Sketch): string {
  return sketch.type === "Constant" ? (sketch.word ?? "literal") : (NAMES[sketch.type] as string);
}

/** The first part of an expression that cannot be a target there, if any. */
export function invalidTarget(sketch: Sketch, use: "assign" | "for" | "delete"): Sketch | undefined {
  switch (sketch.type) {
    case "Name":
    case "Subscript":
    case "Attribute":
      return undefined;
    case "List":
    case "Tuple":
      for (const part of sketch.parts ?? []) {
        const found = invalidTarget(part, use);
        if (found !== undefined) return found;
      }
      return undefined;
    case "Starred":
      return use === "delete" ? sketch : invalidTarget((sketch.parts as Sketch[])[0] as Sketch, use);
    case "Compare":
      // `for x in y` without its keyword is a comparison, and only its left side is the target.
      if (use !== "for") return sketch;
      return sketch.word === "in" ? invalidTarget((sketch.parts as Sketch[])[0] as Sketch, use) : undefined;
    default:
      return sketch;
  }
}
