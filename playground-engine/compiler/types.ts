// Types as DDL and CAST print them. A dialect derives its own and overrides what it calls differently.
//
// Upper-case types print themselves; CamelCase ones go to the upper-case type that the dialect has for them.
// Behaviour: SQLAlchemy sql/compiler.py (GenericTypeCompiler, StrSQLTypeCompiler).
import { host } from "../util/host.ts";
import { CompileError } from "../errors/index.ts";
import type { TypeDecorator } from "../sql/types/decorator.ts";
import { TypeEngine, UserDefinedType } from "../sql/types/engine.ts";
import type { Enum } from "../sql/types/enum.ts";
import { classLabel, reprOf } from "../sql/repr.ts";
import type { Uuid } from "../sql/types/uuid.ts";
import type { Visitable } from "../sql/visitable.ts";
import { TypeCompiler } from "./compiled.ts";
import { optionsToKwargs, type RenderOptions } from "./render-options.ts";

type Sized = TypeEngine & { readonly length?: number | null };
type Texty = Sized & { readonly collation?: string | null };
type Exact = TypeEngine & { readonly precision?: number | null; readonly scale?: number | null | undefined };

export class GenericTypeCompiler extends TypeCompiler {
  visitFLOAT(_type: TypeEngine, _options: RenderOptions): string {
    return "FLOAT";
  }
  visitDOUBLE(_type: TypeEngine, _options: RenderOptions): string {
    return "DOUBLE";
  }
  visitDOUBLE_PRECISION(_type: TypeEngine, _options: RenderOptions): string {
    return "DOUBLE PRECISION";
  }
  visitREAL(_type: TypeEngine, _options: RenderOptions): string {
    return "REAL";
  }
  visitNUMERIC(type: Exact, _options: RenderOptions): string {
    return this.exact("NUMERIC", type);
  }
  visitDECIMAL(type: Exact, _options: RenderOptions): string {
    return this.exact("DECIMAL", type);
  }
  visitINTEGER(_type: TypeEngine, _options: RenderOptions): string {
    return "INTEGER";
  }
  visitSMALLINT(_type: TypeEngine, _options: RenderOptions): string {
    return "SMALLINT";
  }
  visitBIGINT(_type: TypeEngine, _options: RenderOptions): string {
    return "BIGINT";
  }
  visitTIMESTAMP(_type: TypeEngine, _options: RenderOptions): string {
    return "TIMESTAMP";
  }
  visitDATETIME(_type: TypeEngine, _options: RenderOptions): string {
    return "DATETIME";
  }
  visitDATE(_type: TypeEngine, _options: RenderOptions): string {
    return "DATE";
  }
  visitTIME(_type: TypeEngine, _options: RenderOptions): string {
    return "TIME";
  }
  visitCLOB(_type: TypeEngine, _options: RenderOptions): string {
    return "CLOB";
  }
  visitNCLOB(_type: TypeEngine, _options: RenderOptions): string {
    return "NCLOB";
  }
  visitCHAR(type: Texty, _options: RenderOptions): string {
    return this.renderStringType("CHAR", type.length, type.collation);
  }
  visitNCHAR(type: Texty, _options: RenderOptions): string {
    return this.renderStringType("NCHAR", type.length, type.collation);
  }
  visitVARCHAR(type: Texty, _options: RenderOptions): string {
    return this.renderStringType("VARCHAR", type.length, type.collation);
  }
  visitNVARCHAR(type: Texty, _options: RenderOptions): string {
    return this.renderStringType("NVARCHAR", type.length, type.collation);
  }
  visitTEXT(type: Texty, _options: RenderOptions): string {
    return this.renderStringType("TEXT", type.length, type.collation);
  }
  visitUUID(_type: TypeEngine, _options: RenderOptions): string {
    return "UUID";
  }
  visitBLOB(_type: TypeEngine, _options: RenderOptions): string {
    return "BLOB";
  }
  visitBINARY(type: Sized, _options: RenderOptions): string {
    return this.sized("BINARY", type.length);
  }
  visitVARBINARY(type: Sized, _options: RenderOptions): string {
    return this.sized("VARBINARY", type.length);
  }
  visitBOOLEAN(_type: TypeEngine, _options: RenderOptions): string {
    return "BOOLEAN";
  }

  visitUuid(type: Uuid, options: RenderOptions): string {
    return type.nativeUuid && this.dialect.supportsNativeUuid
      ? this.visitUUID(type, options)
      : this.renderStringType("CHAR", 32, null);
  }
  visitLargeBinary(type: TypeEngine, options: RenderOptions): string {
    return this.visitBLOB(type, options);
  }
  visitBoolean(type: TypeEngine, options: RenderOptions): string {
    return this.visitBOOLEAN(type, options);
  }
  visitTime(type: TypeEngine, options: RenderOptions): string {
    return this.visitTIME(type, options);
  }
  visitDatetime(type: TypeEngine, options: RenderOptions): string {
    return this.visitDATETIME(type, options);
  }
  visitDate(type: TypeEngine, options: RenderOptions): string {
    return this.visitDATE(type, options);
  }
  visitBigInteger(type: TypeEngine, options: RenderOptions): string {
    return this.visitBIGINT(type, options);
  }
  visitSmallInteger(type: TypeEngine, options: RenderOptions): string {
    return this.visitSMALLINT(type, options);
  }
  visitInteger(type: TypeEngine, options: RenderOptions): string {
    return this.visitINTEGER(type, options);
  }
  visitReal(type: TypeEngine, options: RenderOptions): string {
    return this.visitREAL(type, options);
  }
  visitFloat(type: TypeEngine, options: RenderOptions): string {
    return this.visitFLOAT(type, options);
  }
  visitDouble(type: TypeEngine, options: RenderOptions): string {
    return this.visitDOUBLE(type, options);
  }
  visitNumeric(type: Exact, options: RenderOptions): string {
    return this.visitNUMERIC(type, options);
  }
  visitString(type: Texty, options: RenderOptions): string {
    return this.visitVARCHAR(type, options);
  }
  visitUnicode(type: Texty, options: RenderOptions): string {
    return this.visitVARCHAR(type, options);
  }
  visitText(type: Texty, options: RenderOptions): string {
    return this.visitTEXT(type, options);
  }
  visitUnicodeText(type: Texty, options: RenderOptions): string {
    return this.visitTEXT(type, options);
  }
  visitEnum(type: Enum, options: RenderOptions): string {
    return this.visitVARCHAR(type, options);
  }

  visitNull(type: TypeEngine, _options: RenderOptions): string {
    throw new CompileError(
      `Can't generate DDL for ${reprOf(type)}; did you forget to specify a type on this Column?`,
    );
  }

  visitTypeDecorator(type: TypeDecorator, options: RenderOptions): string {
    return this.process(type.typeEngine(this.dialect), options);
  }

  visitUserDefined(type: UserDefinedType, options: RenderOptions): string {
    return type.getColSpec(optionsToKwargs(options));
  }

  // -- parts ------------------------------------------------------------------------------------

  protected renderStringType(
    name: string,
    length: number | null | undefined,
    collation: string | null | undefined,
  ): string {
    return this.sized(name, length) + (collation ? ` COLLATE "${collation}"` : "");
  }

  protected sized(name: string, length: number | null | undefined): string {
    return length ? `${name}(${host.str(length)})` : name;
  }

  protected exact(name: string, { precision, scale }: Exact): string {
    if (precision == null) return name;
    return scale == null
      ? `${name}(${host.str(precision)})`
      : `${name}(${host.str(precision)}, ${host.str(scale)})`;
  }
}

/** Of str(): every type has some text. */
export class StrSQLTypeCompiler extends GenericTypeCompiler {
  /** What is no type is shown as it is. */
  override process(type: TypeEngine, options?: RenderOptions): string {
    return type instanceof TypeEngine ? super.process(type, options) : reprOf(type);
  }

  override visitUnsupportedCompilation(element: Visitable): string {
    const type = element as TypeEngine;
    const name = classLabel(type.typeClass);
    return name === name.toUpperCase() ? name : type.repr();
  }

  override visitNull(): string {
    return "NULL";
  }

  override visitUserDefined(type: UserDefinedType, options: RenderOptions): string {
    if (type.getColSpec === UserDefinedType.prototype.getColSpec) return type.repr();
    return super.visitUserDefined(type, options);
  }
}
