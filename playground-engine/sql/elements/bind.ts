// BindParameter: a value that travels beside the text of a statement.
//
// Its type comes from what it is compared with, or from the value. `unique` parameters get a name of their own when printed;
// `expanding` ones hold the list of an IN. Behaviour: SQLAlchemy sql/elements.py (BindParameter).
import { host, type Value } from "../../util/host.ts";
import type { CacheKeyBuilder } from "../cache-key.ts";
import { tokenOf } from "../cache-key.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import { isAnonymous, ParameterKey, plainName, QuotedName, quoteOf, type NameArgument } from "../names.ts";
import type { Operator } from "../operators.ts";
import { classNameOf, reprOf } from "../repr.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import {
  NO_VALUE_IN_LIST,
  toInstance,
  usedAsType,
  type TypeArgument,
  type TypeEngine,
} from "../types/engine.ts";
import { typeLate } from "../types/type-late.ts";
import type { CloneOptions } from "../visitable.ts";
import type { ClauseElement } from "./clause.ts";
import { KeyedColumnElement } from "./column.ts";

export interface BindOptions {
  readonly type?: TypeArgument;
  readonly unique?: boolean;
  /** undefined: required where neither value nor callable was given */
  readonly required?: boolean | undefined;
  readonly quote?: boolean | null;
  /** A callable of the host that gives the value at execution. */
  readonly callable?: Value;
  readonly expanding?: boolean;
  readonly isoutparam?: boolean;
  readonly literalExecute?: boolean;
  /** @internal what the value stands beside */
  readonly comparedToOperator?: Operator | null;
  /** @internal */
  readonly comparedToType?: TypeEngine | null;
  /** @internal a value of INSERT or UPDATE */
  readonly isCrud?: boolean;
}

/** A tuple type, as far as parameters of tuples know it. */
interface TupleTypeLike extends TypeEngine {
  resolveValuesToTypes(value: Value): TypeEngine;
}

export class BindParameter extends KeyedColumnElement {
  static override readonly visitName: string = "bindparam";
  static override readonly inheritCache: boolean = true;
  static override readonly traverse: TraverseSpec = [
    ["key", "anon-name"],
    ["type", "type"],
    ["callable", "plain"],
    ["value", "plain"],
    ["literalExecute", "boolean"],
  ];
  static {
    roles.playsRoles(this, roles.InElementRole);
  }

  declare key: string;
  value: Value;
  callable: Value;
  unique: boolean;
  required: boolean;
  expanding: boolean;
  /** The IN operator of an expanding parameter: an empty list prints by it. */
  expandOp: Operator | null = null;
  isoutparam: boolean;
  literalExecute: boolean;
  _isCrud: boolean;
  /** The key without a number. */
  _origKey: string;
  /** Its key, and the first one, which copies keep: written out when they are asked for where they are counted through a statement. */
  private readonly first: ParameterKey;
  private own: ParameterKey;

  constructor(key: NameArgument | null, value?: Value, options: BindOptions = {}) {
    super();
    const name = key === null ? null : plainName(key);
    // what is no string is no name where it is empty, and refused when it is printed where it is not
    const given = name === null || typeof name === "string" || host.isTrue(name) ? name : null;
    const quote = options.quote ?? (key instanceof QuotedName ? quoteOf(key) : null);
    if (quote !== null) this.quote = quote;
    this.callable = options.callable ?? null;
    this.required = options.required ?? (value === undefined && this.callable === null);
    this.value = value === undefined ? null : value;
    this.unique = options.unique ?? false;
    const counted = this.unique ? given !== null && !isAnonymous(given) : !!given;
    this.own = this.first =
      this.unique || !given
        ? new ParameterKey(this.hash, counted ? given! : "param")
        : new ParameterKey(0, given, given);
    this._origKey = given || "param";
    this.isoutparam = options.isoutparam ?? false;
    this.expanding = options.expanding ?? false;
    this.literalExecute = options.literalExecute ?? false;
    this._isCrud = options.isCrud ?? false;
    this._type = this.typeFor(options);
  }

  private typeFor(options: BindOptions): TypeEngine {
    const given = options.type ?? null;
    if (given === null) {
      const value = this.checkValue();
      const compared = options.comparedToType ?? null;
      return compared !== null
        ? compared.coerceComparedValue(options.comparedToOperator ?? null, value)
        : typeLate.resolveValueToType(value);
    }
    const type = usedAsType(toInstance(given), "_is_tuple_type");
    if (!type.isTupleType || !this.hasValue()) return type;
    return (type as TupleTypeLike).resolveValuesToTypes(this.expanding ? this.checkValue() : this.value);
  }

  private hasValue(): boolean {
    return this.value !== null && host.isTrue(this.value);
  }

  /** The value that tells the type: of a list its first element. */
  private checkValue(): Value {
    if (!this.expanding) return this.value;
    if (!this.hasValue()) return NO_VALUE_IN_LIST;
    for (const first of host.iterate(this.value) ?? []) return first;
    return NO_VALUE_IN_LIST;
  }

  get _identifyingKey(): string {
    return this.first.text;
  }

  get _keyIsAnon(): boolean {
    return isAnonymous(this.key);
  }

  _withValue(value: Value, maintainKey = false, required?: boolean): BindParameter {
    const made = this._clone({ maintainKey });
    made.value = value;
    made.callable = null;
    if (required !== undefined) made.required = required;
    if (made.type === typeLate.nullType) made.type = typeLate.resolveValueToType(value);
    return made;
  }

  /** The value, or what the callable gives now. */
  get effectiveValue(): Value {
    return this.callable !== null ? host.call(this.callable, []) : this.value;
  }

  /** A copy whose value is put into the text when it is executed. */
  renderLiteralExecute(): BindParameter {
    const made = super._clone();
    made.literalExecute = true;
    return made;
  }

  override _negateInBinary(negatedOp: Operator, originalOp: Operator): ClauseElement {
    if (this.expandOp !== originalOp) return this;
    const made = this._clone();
    made.expandOp = negatedOp;
    return made;
  }

  override _withBinaryElementType(type: TypeEngine): ClauseElement {
    const made = super._clone();
    made.type = type;
    return made;
  }

  override _clone(options: CloneOptions = {}): this {
    const made = super._clone(options);
    if (!options.maintainKey && this.unique) made.own = made.newKey();
    return made;
  }

  private newKey(): ParameterKey {
    return new ParameterKey(this.hash, this._origKey || "param");
  }

  _convertToUnique(): void {
    if (this.unique) return;
    this.unique = true;
    this.own = this.newKey();
  }

  override _genCacheKey(b: CacheKeyBuilder): void {
    const cls = this.constructor as typeof BindParameter;
    if (!Object.hasOwn(cls, "inheritCache") || !cls.inheritCache) return b.spoil();
    if (!b.enter(this)) return;
    b.bindparams.push(this);
    const type = this.type.staticCacheKey;
    if (type === null) return b.spoil();
    b.word(`?${tokenOf(cls)}<${type}>`);
    b.string(this.own.numbered(b));
    if (this.literalExecute) b.word("!");
  }

  override repr(): string {
    return `${classNameOf(this)}(${reprOf(this.key)}, ${reprOf(this.value)}, type_=${reprOf(this.type)})`;
  }
}
Object.defineProperty(BindParameter.prototype, "key", {
  get(this: { own: ParameterKey }): string {
    return this.own.text;
  },
  set(this: { own: ParameterKey }, key: string) {
    this.own = new ParameterKey(0, key, key);
  },
  configurable: true,
});
defaults(BindParameter, { _isBindParameter: true });
late.BindParameter = BindParameter;
