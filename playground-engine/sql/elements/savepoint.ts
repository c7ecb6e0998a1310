// SAVEPOINT and its ends. Behaviour: SQLAlchemy sql/elements.py (_IdentifiedClause …).
import { Executable } from "../base.ts";
import { defaults, mixin } from "../mixin.ts";
import * as roles from "../roles.ts";
import { ClauseElement } from "./clause.ts";

class IdentifiedClause extends ClauseElement {
  static override readonly visitName: string = "identified";
  static {
    roles.playsRoles(this, roles.StatementRole);
    mixin(this, Executable);
  }
  readonly ident: string;

  constructor(ident: string) {
    super();
    this.ident = ident;
  }
}
defaults(IdentifiedClause, { supportsExecution: true });

export class SavepointClause extends IdentifiedClause {
  static override readonly visitName: string = "savepoint";
  static override readonly inheritCache: boolean = false;
}

export class RollbackToSavepointClause extends IdentifiedClause {
  static override readonly visitName: string = "rollback_to_savepoint";
  static override readonly inheritCache: boolean = false;
}

export class ReleaseSavepointClause extends IdentifiedClause {
  static override readonly visitName: string = "release_savepoint";
  static override readonly inheritCache: boolean = false;
}
