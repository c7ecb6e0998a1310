// The module gc. Memory is JavaScript's affair; what a program can see of a collection is that objects which only refer to each
// other are gone from where they were known weakly (python/runtime/liveness.ts).
// Behaviour: docs.python.org/3.11/library/gc.html.
import { collectCycles } from "../runtime/liveness.ts";
import { sweep } from "../runtime/weak.ts";
import { defineModule } from "../runtime/modules.ts";
import { definePythonModule } from "./python-source.ts";

defineModule("_gc", () => ({
  name: "_gc",
  functions: {
    collect_cycles: [
      "()",
      () => {
        collectCycles();
        sweep();
        return null;
      },
    ],
  },
}));

definePythonModule(
  "gc",
  String.raw`
from _gc import collect_cycles

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38
garbage = []
callbacks = []
_enabled = True
_threshold = (700, 10, 10)


def enable():
    global _enabled
    _enabled = True


def disable():
    global _enabled
    _enabled = False


def isenabled():
    return _enabled


def collect(generation=2):
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    collect_cycles()
    return 0


def get_threshold():
    return _threshold


def set_threshold(threshold0, threshold1=10, threshold2=10):
    global _threshold
    _threshold = (threshold0, threshold1, threshold2)


def get_count():
    return 0, 0, 0


def get_stats():
    return [{"collections": 0, "collected": 0, "uncollectable": 0} for _ in range(3)]


def get_objects(generation=None):
    return []


def get_referrers(*objs):
    return []


get_referents = get_referrers


def is_tracked(obj):
    return not isinstance(obj, (int, float, complex, str, bytes, type(None)))


def get_debug():
    return 0


def set_debug(flags):
    pass


def freeze():
    pass


unfreeze = freeze


def get_freeze_count():
    return 0
`,
);
