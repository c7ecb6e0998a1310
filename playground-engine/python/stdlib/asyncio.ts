// The module asyncio: an event loop on the program's own clock.
//
// Callbacks run in the order in which CPython's loop runs them: what is ready now, then what became ready meanwhile;
// each awaited future that was not done costs the same turns. Waiting takes no time: when nothing is ready, the clock
// moves on to the next timer; every turn of the loop takes a microsecond of it, so that no program waits for ever by spinning.
// What would run in a thread runs in place, and its result arrives after the time that it slept.
// Behaviour: docs.python.org/3.11/library/asyncio.html.
import { LOOP } from "./asyncio/loop.ts";
import { FUTURES } from "./asyncio/futures.ts";
import { WAITING } from "./asyncio/waiting.ts";
import { LOCKS } from "./asyncio/locks.ts";
import { PyFunction } from "../runtime/function.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import type { PyType, Value } from "../runtime/object.ts";
import { definePythonModule } from "./python-source.ts";

/** A class decorator: CPython's has no Python code, so its methods are not seen in tracebacks. */
const unseen = nativeFunction("_unseen", [
  "(cls, /)",
  (cls: PyType): Value => {
    for (const member of cls.dict.values()) if (member instanceof PyFunction) member.code.unseen = true;
    return cls;
  },
]);

definePythonModule("asyncio", LOOP + FUTURES + WAITING + LOCKS, () => ({ _unseen: unseen }));

for (const part of [
  "base_events",
  "coroutines",
  "events",
  "exceptions",
  "futures",
  "locks",
  "queues",
  "runners",
  "taskgroups",
  "tasks",
  "timeouts",
])
  definePythonModule(
    `asyncio.${part}`,
    "import asyncio\nglobals().update({k: v for k, v in vars(asyncio).items() if not k.startswith('__')})\n",
  );
