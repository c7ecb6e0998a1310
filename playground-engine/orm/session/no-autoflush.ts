// `with session.no_autoflush:` a block in which queries do not flush first. Behaviour: SQLAlchemy orm/session.py.
export class NoAutoflush<S extends { autoflush: boolean }> {
  private readonly session: S;
  private before = true;

  constructor(session: S) {
    this.session = session;
  }

  enter(): S {
    this.before = this.session.autoflush;
    this.session.autoflush = false;
    return this.session;
  }

  exit(): void {
    this.session.autoflush = this.before;
  }
}
