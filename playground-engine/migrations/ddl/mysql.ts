// MySQL and MariaDB state a column anew (MODIFY, CHANGE); what is not changed has to be known.
import {
  CheckConstraint,
  Computed,
  type Constraint,
  type ForeignKeyConstraint,
  Identity,
  type Column,
  type Index,
  PrimaryKeyConstraint,
  ForeignKeyConstraint as ForeignKeyConstraintClass,
  UniqueConstraint,
} from "../../sql/schema/index.ts";
import { DropConstraint } from "../../sql/ddl.ts";
import {
  BinaryExpression,
  type ClauseElement,
  DateTime,
  Enum,
  FunctionElement,
  Grouping,
  Integer,
  String as StringType,
  type TypeEngine,
  UnaryExpression,
} from "../../sql/index.ts";
import { ascOp, descOp } from "../../sql/operators.ts";
import { compilesAlways } from "../../compiler/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { CommandError } from "../errors.ts";
import {
  alter,
  AlterColumn,
  ColumnDefault,
  ColumnName,
  ColumnNullable,
  ColumnType,
  defaultText,
  literal,
  type Printer,
  spelled,
  typeText,
} from "./elements.ts";
import { type AlterColumnChanges, DefaultImpl, registerImpl, type RenderExpression } from "./impl.ts";

export class MySQLAlterDefault extends AlterColumn {}
interface Spec {
  readonly newname: string;
  readonly nullable: Value;
  readonly type: Value;
  readonly default: Value;
  readonly autoincrement: Value;
  readonly comment: Value;
}
/** CHANGE: the whole column as it is to be. */
export class MySQLChangeColumn extends AlterColumn {
  readonly spec: Spec;
  constructor(name: string, columnName: string, schema: string | null, spec: Spec) {
    super(name, columnName, spec.newname, schema);
    if (spec.type === null || spec.type === undefined)
      throw new CommandError("All MySQL CHANGE/MODIFY COLUMN operations require the existing type.");
    this.spec = spec;
  }
}
/** MODIFY: the same under its own name. */
export class MySQLModifyColumn extends MySQLChangeColumn {}

const said = (v: Value): boolean => v !== null && v !== undefined;
const withoutCall = (s: string): string => s.toLowerCase().replace(/^(.*?)(?:\(\))?$/s, "$1");
const quotesOff = (s: string): string => s.replace(/^'|'$/g, "");
function onUpdate(s: string): RegExpExecArray | null {
  return /^(.*) (on update.*?)(?:\(\))?$/.exec(s.toLowerCase());
}
function typed(t: Value): TypeEngine | null {
  return (typeof t === "function" ? new (t as new () => TypeEngine)() : t) as TypeEngine | null;
}

export class MySQLImpl extends DefaultImpl {
  override get typeSynonyms(): readonly (readonly string[])[] {
    return [...super.typeSynonyms, ["BOOL", "TINYINT"], ["JSON", "LONGTEXT"]];
  }
  override readonly typeArgExtract: readonly RegExp[] = [/character set ([\w\-_]+)/, /collate ([\w\-_]+)/];

  override renderDdlSqlExpr(expression: ClauseElement, options: RenderExpression = {}): string {
    const grouped =
      expression instanceof BinaryExpression ||
      expression instanceof FunctionElement ||
      (expression instanceof UnaryExpression &&
        expression.modifier !== descOp &&
        expression.modifier !== ascOp);
    return super.renderDdlSqlExpr(
      options.isIndex && grouped
        ? (new Grouping(expression as never) as unknown as ClauseElement)
        : expression,
      options,
    );
  }

  override alterColumn(
    table: string,
    column: string,
    changes: AlterColumnChanges,
    schema: string | null,
    kw: Kwargs = new Map(),
  ): void {
    const { serverDefault = false, existingServerDefault = null, comment = false } = changes;
    const generated = (Kind: typeof Computed | typeof Identity): boolean =>
      serverDefault instanceof Kind || existingServerDefault instanceof Kind;
    if (generated(Computed) || generated(Identity))
      super.alterColumn(
        table,
        column,
        { ...changes, name: null, comment: false, autoincrement: null, existingAutoincrement: null },
        schema,
        kw,
      );
    const type = said(changes.type) ? changes.type : changes.existingType;
    const spec = (): Spec => ({
      newname: said(changes.name) ? changes.name! : column,
      nullable: said(changes.nullable) ? changes.nullable : (changes.existingNullable ?? true),
      type,
      default: serverDefault !== false ? serverDefault : existingServerDefault,
      autoincrement: said(changes.autoincrement)
        ? changes.autoincrement
        : (changes.existingAutoincrement ?? null),
      comment: comment !== false ? comment : (changes.existingComment ?? null),
    });
    if (said(changes.name) || this.allowsFunctionalDefault(type, serverDefault))
      this.run(new MySQLChangeColumn(table, column, schema, spec()));
    else if (said(changes.nullable) || said(changes.type) || said(changes.autoincrement) || comment !== false)
      this.run(new MySQLModifyColumn(table, column, schema, spec()));
    else if (serverDefault !== false) this.run(new MySQLAlterDefault(table, column, serverDefault, schema));
  }
  private allowsFunctionalDefault(type: Value, serverDefault: Value): boolean {
    return said(type) && typed(type)!.typeAffinity === DateTime && serverDefault !== null;
  }
  override dropConstraint(constraint: Constraint): void {
    if (constraint instanceof CheckConstraint && constraint._typeBound) return;
    super.dropConstraint(constraint);
  }

  override compareServerDefault(
    inspected: Column,
    model: Column,
    ofModel: string | null,
    reflected: string | null,
  ): boolean {
    if (
      model.type.typeAffinity === Integer &&
      inspected.primaryKey &&
      !inspected.autoincrement &&
      !ofModel &&
      reflected === "'0'"
    )
      return false;
    if (reflected && inspected.type.typeAffinity === Integer) return quotesOff(reflected) !== ofModel;
    if (ofModel && model.type.typeAffinity === StringType) return reflected !== `'${quotesOff(ofModel)}'`;
    if (!reflected || !ofModel) return reflected !== ofModel;
    const [theirs, ours] = [onUpdate(reflected), onUpdate(ofModel)];
    if (!theirs) return withoutCall(reflected) !== withoutCall(ofModel);
    if (!ours || theirs[2] !== ours[2]) return true;
    return withoutCall(theirs[1]!) !== withoutCall(ours[1]!);
  }
  override compareType(inspected: Column, model: Column): boolean {
    if (model.type instanceof Enum && inspected.type instanceof Enum) {
      const [a, b] = [model.type, inspected.type].map(
        (t) => new Set((t as unknown as { enums: Iterable<string> }).enums),
      );
      return a!.size !== b!.size || [...a!].some((e) => !b!.has(e));
    }
    return super.compareType(inspected, model);
  }
  override correctForAutogenConstraints(
    _uniques: unknown,
    connIndexes: Set<Index>,
    _metadataUniques: unknown,
    metadataIndexes: Set<Index>,
  ): void {
    const removed = new Set<string | null>();
    for (const i of [...connIndexes]) {
      if (i.unique) continue;
      const implied = [...(i.columns as unknown as Iterable<Column>)].some(
        (c) => i.name === c.name || [...c.foreignKeys].some((fk) => fk.constraint?.name === i.name),
      );
      if (!implied) continue;
      connIndexes.delete(i);
      removed.add(i.name);
    }
    for (const i of [...metadataIndexes]) if (removed.has(i.name)) metadataIndexes.delete(i);
  }
  override correctForAutogenForeignkeys(
    conn: Set<ForeignKeyConstraint>,
    metadata: Set<ForeignKeyConstraint>,
  ): void {
    const by = (all: Set<ForeignKeyConstraint>): Map<string, ForeignKeyConstraint> =>
      new Map([...all].map((fk) => [this.signature(fk, false).unnamedNoOptions, fk]));
    const mine = by(metadata);
    for (const [sig, fk] of by(conn)) {
      const model = mine.get(sig);
      for (const rule of ["ondelete", "onupdate"] as const)
        if (model?.[rule]?.toLowerCase() === "restrict" && fk[rule] === null)
          (fk as unknown as Record<string, Value>)[rule] = "RESTRICT";
    }
  }
}
export class MariaDBImpl extends MySQLImpl {}
registerImpl("mysql", MySQLImpl);
registerImpl("mariadb", MariaDBImpl);

const MYSQL = ["mysql", "mariadb"];
for (const cls of [ColumnNullable, ColumnName, ColumnDefault, ColumnType])
  spelled(
    cls as typeof ColumnNullable,
    () => {
      throw host.error("NotImplementedError", "Individual alter column constructs not supported by MySQL");
    },
    MYSQL,
  );
spelled(
  MySQLAlterDefault,
  (e, p) =>
    `${alter(p, e)} ALTER COLUMN ${p.preparer.quote(e.columnName)} ${e.value === null ? "DROP DEFAULT" : `SET DEFAULT ${defaultText(p, e.value)}`}`,
  MYSQL,
);
function spec(p: Printer, s: Spec): string {
  let text = `${typeText(p, s.type)} ${host.isTrue(s.nullable) ? "NULL" : "NOT NULL"}`;
  if (host.isTrue(s.autoincrement ?? null)) text += " AUTO_INCREMENT";
  if (s.default !== false && said(s.default)) text += ` DEFAULT ${defaultText(p, s.default)}`;
  if (host.isTrue(s.comment ?? null)) text += ` COMMENT ${literal(p, s.comment)}`;
  return text;
}
spelled(
  MySQLModifyColumn,
  (e, p) => `${alter(p, e)} MODIFY ${p.preparer.quote(e.columnName)} ${spec(p, e.spec)}`,
  MYSQL,
);
spelled(
  MySQLChangeColumn,
  (e, p) =>
    `${alter(p, e)} CHANGE ${p.preparer.quote(e.columnName)} ${p.preparer.quote(e.spec.newname)} ${spec(p, e.spec)}`,
  MYSQL,
);

interface DropPrinter extends Printer {
  visitDropConstraint(drop: DropConstraint, options: object): string;
  readonly preparer: Printer["preparer"] & {
    formatTable(t: Value): string;
    formatConstraint(c: Value): string;
  };
}
compilesAlways(
  DropConstraint as never,
  (given, printer) => {
    const drop = given as unknown as DropConstraint;
    const p = printer as unknown as DropPrinter;
    const c = drop.element as Constraint;
    if (
      c instanceof ForeignKeyConstraintClass ||
      c instanceof PrimaryKeyConstraint ||
      c instanceof UniqueConstraint
    )
      return p.visitDropConstraint(drop, {});
    if (!(c instanceof CheckConstraint))
      throw host.error(
        "NotImplementedError",
        "No generic 'DROP CONSTRAINT' in MySQL - please specify constraint type",
      );
    const maria = (p.dialect as unknown as { readonly isMariadb?: boolean }).isMariadb === true;
    return `ALTER TABLE ${p.preparer.formatTable(c.table)} DROP ${maria ? "CONSTRAINT" : "CHECK"} ${p.preparer.formatConstraint(c)}`;
  },
  MYSQL,
);
