// NULL, true and false: one object each. Behaviour: SQLAlchemy sql/elements.py (Null, True_, False_).
import { Immutable } from "../base.ts";
import { defaults, mixin } from "../mixin.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import { typeLate } from "../types/type-late.ts";
import { ColumnElement } from "./column.ts";

/** A constant that exists once. */
class SingletonConstant extends ColumnElement {
  static override readonly traverse: TraverseSpec = [];
  static {
    roles.playsRoles(this, roles.ConstExprRole);
    mixin(this, Immutable);
  }
}
defaults(SingletonConstant, { _isSingletonConstant: true, _isImmutable: true });

export class Null extends SingletonConstant {
  static override readonly visitName: string = "null";
  static override readonly inheritCache: boolean = true;
  static readonly instance: Null = new Null();

  override get type(): TypeEngine {
    return typeLate.nullType;
  }
}

abstract class BooleanConstant extends SingletonConstant {
  static override readonly inheritCache: boolean = true;
  override get type(): TypeEngine {
    return typeLate.booleanType;
  }
}

export class False_ extends BooleanConstant {
  static override readonly visitName: string = "false";
  static override readonly inheritCache: boolean = true;
  static readonly instance: False_ = new False_();

  override _negate(): ColumnElement {
    return True_.instance;
  }
}

export class True_ extends BooleanConstant {
  static override readonly visitName: string = "true";
  static override readonly inheritCache: boolean = true;
  static readonly instance: True_ = new True_();

  override _negate(): ColumnElement {
    return False_.instance;
  }
}
