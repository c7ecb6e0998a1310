// scoped_session: one session a scope, reached by one name. Behaviour: SQLAlchemy orm/scoping.py, util/_collections.py.
import { ArgumentError, InvalidRequestError, warn } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { sessionmaker } from "./maker.ts";
import type { Session } from "./session.ts";

/** What makes a scope's session: a sessionmaker, or a callable of the program. */
export type ScopedFactory = sessionmaker | Value;

export class scoped_session {
  static readonly pyModule: string = "sqlalchemy.orm.scoping";
  readonly sessionFactory: ScopedFactory;
  /** Sessions by scope; there is one thread, hence one scope unless a function tells them apart. */
  private readonly sessions = new Map<unknown, Session>();
  private readonly scopefunc: Value;

  constructor(sessionFactory: ScopedFactory, scopefunc: Value = null) {
    this.sessionFactory = sessionFactory;
    this.scopefunc = scopefunc;
  }

  private get scope(): unknown {
    return this.scopefunc === null ? null : host.key(host.call(this.scopefunc, []));
  }

  private make(kw: Kwargs): Session {
    const { sessionFactory } = this;
    return sessionFactory instanceof sessionmaker
      ? sessionFactory.call(kw)
      : (host.call(sessionFactory, [], kw) as Session);
  }

  /** The scope's session. Attributes and methods of Session are this one's. */
  get proxied(): Session {
    return this.call();
  }

  /** `scoped(**kw)`: the scope's session, made on first use with these arguments. */
  call(kw: Kwargs = new Map()): Session {
    const { scope } = this;
    const present = this.sessions.get(scope);
    if (present) {
      if (kw.size)
        throw new InvalidRequestError(
          "Scoped session is already present; no new arguments may be specified.",
        );
      return present;
    }
    const session = this.make(kw);
    this.sessions.set(scope, session);
    return session;
  }

  configure(kw: Kwargs): void {
    if (this.sessions.has(this.scope))
      warn(
        "At least one scoped session is already present.  configure() can not affect sessions that have already been created.",
      );
    if (!(this.sessionFactory instanceof sessionmaker))
      throw new ArgumentError("configure() needs a sessionmaker");
    this.sessionFactory.configure(kw);
  }

  /** Closes the scope's session and forgets it. */
  remove(): void {
    const { scope } = this;
    this.sessions.get(scope)?.close();
    this.sessions.delete(scope);
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
