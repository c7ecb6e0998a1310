// PickleType: any value, as bytes. Behaviour: SQLAlchemy sql/sqltypes.py (PickleType).
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { LargeBinary } from "./binary.ts";
import { TypeDecorator } from "./decorator.ts";
import type { BindProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { toInstance, TypeEngine, type TypeArgument } from "./engine.ts";
import { signature } from "./signature.ts";

const HIGHEST_PROTOCOL = 5;

export class PickleType extends TypeDecorator {
  static override readonly impl = LargeBinary;
  static override cacheOk: boolean | null = true;
  static override readonly signature = signature("protocol=5, pickler=None, comparator=None, impl=None");
  readonly protocol: number;
  /** An object with dumps and loads, or null for pickle. */
  readonly pickler: Value;
  readonly comparator: Value;

  constructor(
    protocol = HIGHEST_PROTOCOL,
    pickler: Value = null,
    comparator: Value = null,
    impl: TypeArgument = null,
  ) {
    super();
    this.protocol = protocol;
    this.pickler = pickler;
    this.comparator = comparator;
    if (impl != null) this.implInstance = toInstance(impl);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    return TypeEngine.construct.call(this, args, kwargs);
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const impl = this.implInstance.bindProcessor(dialect);
    return (value) => {
      const stored = value === null ? null : this.dumps(value);
      return impl ? impl(stored) : stored;
    };
  }

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const impl = this.implInstance.resultProcessor(dialect, coltype);
    return (value) => {
      const stored = impl ? impl(value) : value;
      return stored === null ? null : this.loads(stored);
    };
  }

  private dumps(value: Value): Value {
    return this.pickler === null
      ? host.types.pickleDumps(value)
      : host.call(host.getAttribute(this.pickler, "dumps"), [value, this.protocol]);
  }

  private loads(stored: Value): Value {
    return this.pickler === null
      ? host.types.pickleLoads(stored)
      : host.call(host.getAttribute(this.pickler, "loads"), [stored]);
  }

  override compareValues(x: Value, y: Value): boolean {
    return this.comparator === null ? host.equal(x, y) : host.isTrue(host.call(this.comparator, [x, y]));
  }
}
