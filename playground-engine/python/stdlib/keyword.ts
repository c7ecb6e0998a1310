// The module keyword. Behaviour: docs.python.org/3.11/library/keyword.html.
import { defineModule } from "../runtime/modules.ts";
import { PyList, type Value } from "../runtime/object.ts";
import { PyFrozenSet } from "../builtins/set.ts";
import { getAttr } from "../runtime/attributes.ts";

const HARD =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield";
const SOFT = "_ case match";

/** `frozenset(words).__contains__`, as the module has it. */
function membership(words: readonly string[]): Value {
  const set = new PyFrozenSet();
  for (const w of words) set.add(w);
  return getAttr(set, "__contains__");
}

defineModule("keyword", () => ({
  name: "keyword",
  doc: "Which words are keywords.",
  members: {
    __all__: new PyList(["iskeyword", "issoftkeyword", "kwlist", "softkwlist"]),
    kwlist: new PyList(HARD.split(" ")),
    softkwlist: new PyList(SOFT.split(" ")),
    iskeyword: membership(HARD.split(" ")),
    issoftkeyword: membership(SOFT.split(" ")),
  },
}));
