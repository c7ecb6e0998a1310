// MapperProperty: what a mapper knows of one attribute. Behaviour: SQLAlchemy orm/interfaces.py.
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import { host, type Value } from "../../util/host.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import { NOT_EXTENSION } from "../ext/extension-type.ts";
import { face, type AttrDict, type Instance } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { PathRegistry } from "../path-registry.ts";
import type { Session } from "../session/session.ts";
import type { Cascaded, CascadeType } from "../state/contracts.ts";
import type { InstanceState } from "../state/state.ts";
import {
  hasDataclassArguments,
  READONLY_ATTRIBUTE_OPTIONS,
  type AttributeOptions,
} from "./attribute-options.ts";
import type { MappedAttribute } from "./mapped-attribute.ts";
import type { PropComparator } from "./prop-comparator.ts";

let made = 0;

export abstract class MapperProperty implements HasCacheKey, MappedAttribute {
  readonly isProperty = true;
  readonly extensionType = NOT_EXTENSION;
  readonly isSelectable: boolean = false;
  readonly isAliasedClass = false;
  readonly isInstance = false;
  readonly isMapper = false;
  readonly isBundle = false;
  readonly isClauseElement: boolean = false;
  readonly isAttribute = false;
  readonly _isRelationship: boolean = false;
  readonly _linksToEntity: boolean = false;
  key!: string;
  parent!: Mapper;
  doc: string | null = null;
  comparator!: PropComparator;
  readonly _attributeOptions: AttributeOptions;
  readonly _hasDataclassArguments: boolean;
  /** Properties sort by when they were made, where nothing else decides. */
  readonly _creationOrder: number = ++made;
  _configureStarted = false;
  _configureFinished = false;
  private infoMemo: Map<Value, Value> | undefined;

  constructor(attributeOptions?: AttributeOptions, assumeReadonly = false) {
    const meant = assumeReadonly ? READONLY_ATTRIBUTE_OPTIONS : {};
    this._hasDataclassArguments = hasDataclassArguments(attributeOptions, meant);
    this._attributeOptions = this._hasDataclassArguments ? (attributeOptions as AttributeOptions) : meant;
  }

  get info(): Map<Value, Value> {
    // A dictionary of the program's, which it may change; typed by what the engine does with it.
    return (this.infoMemo ??= host.makeDict([]) as Map<Value, Value>);
  }
  set info(v: Map<Value, Value>) {
    this.infoMemo = v;
  }

  /** Adds what the property needs to a SELECT. */
  setup(
    _context: unknown,
    _entity: unknown,
    _path: PathRegistry,
    _adapter: unknown,
    _options: unknown,
  ): void {}

  /** Adds to `populators` what fills the attribute from a row. */
  createRowProcessor(
    _context: unknown,
    _entity: unknown,
    _path: PathRegistry,
    _mapper: Mapper,
    _result: unknown,
    _adapter: unknown,
    _populators: unknown,
  ): void {}

  cascadeIterator(
    _type: CascadeType,
    _state: InstanceState,
    _dict: AttrDict,
    _visited: Set<InstanceState>,
    _haltOn?: (state: InstanceState) => boolean,
  ): readonly Cascaded[] {
    return [];
  }

  setParent(parent: Mapper, _init: boolean): void {
    this.parent = parent;
  }

  /** Puts the attribute on the class. */
  instrumentClass(_mapper: Mapper): void {}

  init(): void {
    this._configureStarted = true;
    this.doInit();
    this._configureFinished = true;
  }

  doInit(): void {}

  postInstrumentClass(_mapper: Mapper): void {}

  /** The attribute of the mapped class. */
  get classAttribute(): QueryableAttribute {
    return face().getClassAttribute(this.parent.class_, this.key) as QueryableAttribute;
  }

  merge(
    _session: Session,
    _sourceState: InstanceState,
    _sourceDict: AttrDict,
    _destState: InstanceState,
    _destDict: AttrDict,
    _load: boolean,
    _recursive: Map<InstanceState, Instance>,
    _resolveConflictMap: Map<string, Instance>,
  ): void {}

  /** @internal Attributes that an option on this one concerns. */
  _columnStrategyAttrs(): readonly QueryableAttribute[] {
    return [];
  }

  _genCacheKey(builder: CacheKeyBuilder): void {
    if (!builder.enter(this)) return;
    builder.word("prop");
    builder.multi(this.parent);
    builder.string(this.key);
  }

  /** "User.name" */
  toString(): string {
    if ((this.parent as unknown) === undefined) throw host.error("AttributeError", "parent");
    return `${face().className(this.parent.class_)}.${this.key}`;
  }

  repr(): string {
    return `<${this.constructor.name} at 0x${face().idOf(this).toString(16)}; ${this.key ?? "no key"}>`;
  }
}
