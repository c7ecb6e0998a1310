// Classes whose mapping waits: until their tables are reflected, or all concrete subclasses are there.
// Behaviour: SQLAlchemy orm/decl_base.py (_DeferredMapperConfig).
import { UnmappedClassError } from "../../errors/index.ts";
import { host, type Kwargs } from "../../util/host.ts";
import { sort } from "../../util/topological.ts";
import { face, type ClassRef } from "../face.ts";
import { registerInspector } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { mapperOfClass, safeClassName } from "../state/access.ts";
import { ClassScan } from "./class-scan.ts";
import { deferredConfigs } from "./config.ts";

export class DeferredConfig extends ClassScan {
  override get isDeferred(): boolean {
    return true;
  }

  protected override register(): void {
    deferredConfigs.set(this.cls, this);
  }
  protected override earlyMapping(): void {}

  override map(kwargs: Kwargs = new Map()): Mapper {
    deferredConfigs.delete(this.cls);
    return super.map(kwargs);
  }

  static hasCls(cls: ClassRef): boolean {
    return deferredConfigs.has(cls);
  }
  static configForCls(cls: ClassRef): DeferredConfig {
    return deferredConfigs.get(cls) as DeferredConfig;
  }

  /** Configurations of classes below this one, parents first. */
  static classesForBase(base: ClassRef, sorted = true): DeferredConfig[] {
    const found = ([...deferredConfigs.values()] as DeferredConfig[]).filter((c) =>
      face().isSubclass(c.cls, base),
    );
    if (!sorted) return found;
    const byClass = new Map(found.map((c) => [c.cls, c]));
    const pairs = found.flatMap((c) =>
      face()
        .bases(c.cls)
        .flatMap((b) => (byClass.has(b) ? [[byClass.get(b) as DeferredConfig, c] as const] : [])),
    );
    return [...sort(pairs as never, found as never)] as DeferredConfig[];
  }
}

/** @throws UnmappedClassError */
function raiseUnmappedForClass(cls: ClassRef): never {
  const own = face().getClassAttribute(cls, "_sa_raise_deferred_config");
  if (own != null) host.call(own, []);
  throw new UnmappedClassError(
    `Class ${safeClassName(cls)} has a deferred mapping on it.  It is not yet usable as a mapped class.`,
  );
}

registerInspector((v) => {
  if (deferredConfigs.size > 0 && face().isClass(v) && deferredConfigs.has(v) && !mapperOfClass(v))
    raiseUnmappedForClass(v);
  return undefined;
});
