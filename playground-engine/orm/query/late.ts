// What the query side gives to the lower parts of the ORM.
import { Select } from "../../sql/selectable/select.ts";
import type { Value } from "../../util/host.ts";
import { late } from "../late.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { PathRegistry } from "../path-registry.ts";
import { ORMAdapter } from "./adapter.ts";
import { Bundle, type RowGetter } from "./bundle.ts";
import { EntitiesState } from "./entities-state.ts";
import { FromStatement } from "./from-statement.ts";
import { defaultUpdateOptions, ORMCompileOptions } from "./load-options.ts";

late.rootPath = () => PathRegistry.root;
late.updateOptions = () => defaultUpdateOptions;
late.ormCompileOptions = (statement) => {
  const options = (statement as { readonly _compileOptions?: unknown })._compileOptions;
  return options instanceof ORMCompileOptions ? options : null;
};
late.mappersOfStatement = (statement) => {
  if (!((statement as unknown) instanceof Select || (statement as unknown) instanceof FromStatement))
    return [];
  const mappers = new EntitiesState(statement as never, false)._entities
    .map((e) => e.mapper)
    .filter((m): m is Mapper => m !== null);
  return [...new Set(mappers)] as never;
};
late.polymorphicAdapter = (mapper) => {
  const m = mapper as unknown as Mapper;
  return new ORMAdapter(m, {
    selectable: m.selectable,
    equivalents: m._equivalentColumns,
    limitOnEntity: false,
  });
};

/** Columns of a composite: one value. */
class CompositeBundle extends Bundle {
  private readonly make: (values: readonly Value[]) => Value;
  constructor(name: string, exprs: readonly Value[], make: (values: readonly Value[]) => Value) {
    super(name, exprs);
    this.make = make;
  }
  override createRowProcessor(_query: unknown, procs: readonly RowGetter[]): RowGetter {
    return (row) => this.make(procs.map((p) => p(row)));
  }
}
late.makeBundle = (name, expressions, make) => new CompositeBundle(name, expressions, make);
