// scoped_session: one session a scope, reached by one name. Behaviour: SQLAlchemy orm/scoping.py, util/_collections.py.
import { ArgumentError, InvalidRequestError, warn } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { sessionmaker } from "./maker.ts";
import type { Session } from "./session.ts";

/** What makes a scope's session: a sessionmaker, or a callable of the program. */
export type ScopedFactory = sessionmaker | Value;

/** Sessions by scope: a thread, unless a function tells scopes apart. */
export class ScopedRegistry {
  static readonly pyModule: string = "sqlalchemy.util._collections";
  private readonly sessions = new Map<unknown, Session>();
  private readonly createfunc: (kw: Kwargs) => Session;
  private readonly scopefunc: Value;

  constructor(createfunc: (kw: Kwargs) => Session, scopefunc: Value = null) {
    this.createfunc = createfunc;
    this.scopefunc = scopefunc;
  }

  private get scope(): unknown {
    return this.scopefunc === null ? host.thread() : host.key(host.call(this.scopefunc, []));
  }

  /** `registry()`: the scope's session, made on first use. */
  call(): Session {
    const { scope } = this;
    let session = this.sessions.get(scope);
    if (!session) this.sessions.set(scope, (session = this.createfunc(new Map())));
    return session;
  }

  /** A session made with these arguments, not kept yet. @internal */
  _create(kw: Kwargs): Session {
    return this.createfunc(kw);
  }

  has(): boolean {
    return this.sessions.has(this.scope);
  }

  set(session: Session): void {
    this.sessions.set(this.scope, session);
  }

  clear(): void {
    this.sessions.delete(this.scope);
  }
}

export class scoped_session {
  static readonly pyModule: string = "sqlalchemy.orm.scoping";
  readonly sessionFactory: ScopedFactory;
  readonly registry: ScopedRegistry;

  constructor(sessionFactory: ScopedFactory, scopefunc: Value = null) {
    this.sessionFactory = sessionFactory;
    const create = (kw: Kwargs): Session =>
      sessionFactory instanceof sessionmaker
        ? sessionFactory.call(kw)
        : (host.call(sessionFactory, [], kw) as Session);
    this.registry = new ScopedRegistry(create, scopefunc);
  }

  /** The scope's session. Attributes and methods of Session are this one's. */
  get proxied(): Session {
    return this.registry.call();
  }

  /** `scoped(**kw)`: the scope's session, made on first use with these arguments. */
  call(kw: Kwargs = new Map()): Session {
    if (!kw.size) return this.registry.call();
    if (this.registry.has())
      throw new InvalidRequestError("Scoped session is already present; no new arguments may be specified.");
    const session = this.registry._create(kw);
    this.registry.set(session);
    return session;
  }

  configure(kw: Kwargs): void {
    if (this.registry.has())
      warn(
        "At least one scoped session is already present.  configure() can not affect sessions that have already been created.",
      );
    if (!(this.sessionFactory instanceof sessionmaker))
      throw new ArgumentError("configure() needs a sessionmaker");
    this.sessionFactory.configure(kw);
  }

  /** Closes the scope's session and forgets it. */
  remove(): void {
    if (this.registry.has()) this.registry.call().close();
    this.registry.clear();
  }

  /** For `Model.query`: a legacy query of the class it is read on. */
  queryProperty(queryCls: Value = null): { get(owner: Value): unknown } {
    return {
      get: (owner) =>
        queryCls === null
          ? this.proxied.query([owner])
          : host.call(queryCls, [owner], new Map([["session", this.proxied as Value]])),
    };
  }

  /** @internal */
  _eventTarget(): object | undefined {
    return (this.sessionFactory as { _eventTarget?(): object } | null)?._eventTarget?.();
  }
}
