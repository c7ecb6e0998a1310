// Names that begin with an underscore and yet are reached for: by recipes, and by the library's own tests of what it promises.
// Each shows what the engine has anyway; none is a promise.
import type { ConnectionFairy, Engine, Transaction } from "../../engine/index.ts";
import type { Session } from "../../orm/session/session.ts";
import type { SessionTransaction } from "../../orm/session/transaction.ts";
import { method } from "../../python/runtime/native.ts";
import type { Value } from "../../python/runtime/object.ts";
import { LRUCache } from "../../util/lru.ts";
import { attach, extend } from "../define.ts";
import { toPython } from "../values.ts";

type Get = (self: never) => Value;

function bindEngines(): void {
  attach(LRUCache, "sqlalchemy.util._collections.LRUCache", {
    methods: { clear: method("(self)", (self: LRUCache<string, unknown>) => (self.clear(), null)) },
  });
  extend("sqlalchemy.engine.base.Engine", {
    getters: {
      _compiled_cache: {
        get: ((self: Engine) => toPython(self._compiledCache)) as Get,
        set: ((self: Engine, cache: Engine["_compiledCache"]) => (self._compiledCache = cache)) as never,
      },
    },
  });
  extend("sqlalchemy.engine.base.Transaction", {
    getters: { _deactivated_from_connection: { get: ((self: Transaction) => self.isDeactivated) as Get } },
  });
  extend("sqlalchemy.pool.base._ConnectionFairy", {
    methods: {
      _checkin: method("(self, transaction_was_reset=False)", (self: ConnectionFairy, reset: boolean) => {
        self.checkin(reset);
        return null;
      }),
    },
    getters: { _pool: { get: ((self: ConnectionFairy) => toPython(self.pool)) as Get } },
  });
}

function bindSessions(): void {
  extend("sqlalchemy.orm.session.Session", {
    methods: {
      _autobegin_t: method("(self, begin=False)", (self: Session, begin: boolean) => self._autobeginT(begin)),
    },
    getters: {
      // by which get_bind() recipes tell reading from writing
      _flushing: { get: ((self: Session) => self._flushing) as Get },
      _transaction: { get: ((self: Session) => self._transaction) as Get },
      _nested_transaction: { get: ((self: Session) => self._nestedTransaction) as Get },
    },
  });
  extend("sqlalchemy.orm.session.SessionTransaction", {
    methods: {
      _begin: method("(self, nested=False)", (self: SessionTransaction, nested: boolean) =>
        self._begin({ nested }),
      ),
    },
    getters: { _parent: { get: ((self: SessionTransaction) => self._parent) as Get } },
  });
}

export function bindPrivateNames(): void {
  bindEngines();
  bindSessions();
}
