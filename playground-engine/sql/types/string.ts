// Text types. Behaviour: SQLAlchemy sql/sqltypes.py (String and its family).
import { host, type Kind, type Value } from "../../util/host.ts";
import { ConcatenableComparator, type ComparatorClass } from "./comparator.ts";
import type { LiteralProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";
import { signature } from "./signature.ts";
import { typeLate } from "./type-late.ts";

/** SQL text of a str literal: quotes doubled, and percent signs where the paramstyle wants it. */
export function quoteLiteral(text: string, dialect: TypeDialect): string {
  const quoted = text.replaceAll("'", "''");
  return `'${dialect.doublePercents ? quoted.replaceAll("%", "%%") : quoted}'`;
}

export class String extends TypeEngine {
  static override readonly visitName: string = "string";
  static override readonly signature = signature("length=None, collation=None");
  length: number | null;
  collation: string | null;

  constructor(length: number | null = null, collation: string | null = null) {
    super();
    this.length = length;
    this.collation = collation;
  }

  override get comparatorFactory(): ComparatorClass {
    return ConcatenableComparator;
  }
  override get pythonType(): Kind | Value {
    return "str";
  }

  override withCollation(collation: string): TypeEngine {
    const made = this.copy();
    made.collation = collation;
    return made;
  }

  override resolveForLiteral(value: Value): TypeEngine {
    return /^[\x00-\x7f]*$/.test(value as string) ? typeLate.string : typeLate.unicode;
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return (value) => {
      if (host.kindOf(value) !== "str") throw host.noAttribute(value, "replace");
      return quoteLiteral(host.str(value), dialect);
    };
  }
}

export class Text extends String {
  static override readonly visitName: string = "text";
}

export class Unicode extends String {
  static override readonly visitName: string = "unicode";
}

export class UnicodeText extends Text {
  static override readonly visitName: string = "unicode_text";
}

export class TEXT extends Text {
  static override readonly visitName: string = "TEXT";
}

export class CLOB extends Text {
  static override readonly visitName: string = "CLOB";
}

export class VARCHAR extends String {
  static override readonly visitName: string = "VARCHAR";
}

export class NVARCHAR extends Unicode {
  static override readonly visitName: string = "NVARCHAR";
}

export class CHAR extends String {
  static override readonly visitName: string = "CHAR";
}

export class NCHAR extends Unicode {
  static override readonly visitName: string = "NCHAR";
}
