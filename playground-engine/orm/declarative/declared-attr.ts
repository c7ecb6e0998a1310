// @declared_attr: a part of a mapping that each class computes for itself.
// Behaviour: SQLAlchemy orm/decl_api.py (declared_attr).
import { warn } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import { optManagerOfClass } from "../state/access.ts";

export interface DeclaredAttrOptions {
  readonly cascading?: boolean;
  readonly quiet?: boolean;
}

/** The scan in progress keeps what a declared_attr gave: the same object for every reading. */
interface Scan {
  readonly declaredAttrReg: Map<unknown, Value>;
}

export class DeclaredAttr {
  static readonly pyName: string = "declared_attr";
  static readonly pyModule: string = "sqlalchemy.orm.decl_api";
  readonly fget: Value;
  readonly _cascading: boolean;
  readonly _quiet: boolean;

  constructor(fn: Value, options: DeclaredAttrOptions = {}) {
    // A classmethod gives its function.
    this.fget = host.kindOf(fn) === "function" ? fn : (host.getAttribute(fn, "__func__") ?? fn);
    this._cascading = options.cascading ?? false;
    this._quiet = options.quiet ?? false;
  }

  /** @internal `__get__` of the descriptor. */
  get(_obj: Value, cls: ClassRef): Value {
    const manager = optManagerOfClass(cls);
    if (!manager) {
      const name = host.nameOf(this.fget);
      if (!/^__.+__$/.test(name))
        warn(
          `Unmanaged access of declarative attribute ${name} from non-mapped class ${face().className(cls)}`,
        );
      return host.call(this.fget, [cls]);
    }
    const scan = manager.isMapped ? null : (manager.declarativeScan as Scan | null);
    if (!scan) return host.call(this.fget, [cls]);
    if (!scan.declaredAttrReg.has(this)) scan.declaredAttrReg.set(this, host.call(this.fget, [cls]));
    return scan.declaredAttrReg.get(this);
  }

  get doc(): string | null {
    return (host.getAttribute(this.fget, "__doc__") as string | null | undefined) ?? null;
  }

  /** The function's return annotation. */
  get returnAnnotation(): Annotation | null {
    const all = host.getAttribute(this.fget, "__annotations__");
    for (const [name, v] of (all === undefined ? undefined : host.entries(all)) ?? [])
      if (name === "return") return face().describe?.(v) ?? null;
    return null;
  }
}

/** `@declared_attr.directive`: for `__tablename__` and the like. */
export class DeclaredDirective extends DeclaredAttr {
  static override readonly pyName: string = "_declared_directive";
}

/** `getattr(cls, name)`, declared_attr included. */
export function classAttribute(cls: ClassRef, name: string): Value | undefined {
  for (const c of face().mro(cls)) {
    const own = face().ownMember(c, name);
    if (own === undefined) continue;
    return own instanceof DeclaredAttr ? own.get(null, cls) : face().getClassAttribute(cls, name);
  }
  return face().getClassAttribute(cls, name);
}
