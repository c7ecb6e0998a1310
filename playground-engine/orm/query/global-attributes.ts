// What holds for a whole statement while it is compiled, subqueries included: criteria by mapper.
// Behaviour: SQLAlchemy orm/context.py (_global_attributes).
import { tokenOf } from "../../sql/cache-key.ts";
import type { LoaderCriteriaOption } from "./criteria.ts";

export class GlobalAttributes {
  /** An ORM statement is at the top. */
  toplevelOrm = false;
  private readonly criteria = new Map<number, LoaderCriteriaOption[]>();

  addCriteria(mapper: object, option: LoaderCriteriaOption): void {
    const token = tokenOf(mapper);
    const of = this.criteria.get(token);
    if (of) of.push(option);
    else this.criteria.set(token, [option]);
  }

  criteriaFor(mapper: object): readonly LoaderCriteriaOption[] | undefined {
    return this.criteria.size ? this.criteria.get(tokenOf(mapper)) : undefined;
  }

  get hasCriteria(): boolean {
    return this.criteria.size > 0;
  }
}

const byCompiler = new WeakMap<object, GlobalAttributes>();

export function globalAttributesOf(compiler: object): GlobalAttributes {
  let found = byCompiler.get(compiler);
  if (!found) byCompiler.set(compiler, (found = new GlobalAttributes()));
  return found;
}
