// Sorting by dependency: parents before children, otherwise in the order given.
//
// Which items come in one level, and their order inside it, decide the order of statements in a flush and of tables
// in a schema: they follow SQLAlchemy's util/topological.py exactly.

export type Edge<T> = readonly [parent: T, child: T];
type CycleErrorMaker = (message: string, cycles: Set<unknown>, edges: Set<Edge<unknown>>) => Error;

let cycleError: CycleErrorMaker = (message) => new Error(message);

/** errors/ supplies CircularDependencyError here: util knows no error tree. */
export function installCycleError(make: CycleErrorMaker): void {
  cycleError = make;
}

/** Levels of items without edges among them, each level depending on earlier ones only. Throws CircularDependencyError. */
export function* sortAsSubsets<T>(edges: Iterable<Edge<T>>, allItems: Iterable<T>): Generator<T[]> {
  const list = [...edges];
  const parents = new Map<T, Set<T>>();
  for (const [parent, child] of list) setOf(parents, child).add(parent);
  let todo = [...allItems];
  const open = new Set(todo);
  while (open.size) {
    const level = todo.filter((node) => isDisjoint(parents.get(node), open));
    if (!level.length) {
      const remaining = new Set<Edge<unknown>>();
      for (const [child, of] of parents) for (const parent of of) remaining.add([parent, child]);
      throw cycleError("Circular dependency detected.", findCycles(list, todo), remaining);
    }
    for (const node of level) open.delete(node);
    todo = todo.filter((node) => open.has(node));
    yield level;
  }
}

/** All items, parents first. Throws CircularDependencyError. */
export function* sort<T>(edges: Iterable<Edge<T>>, allItems: Iterable<T>): Generator<T> {
  for (const level of sortAsSubsets(edges, allItems)) yield* level;
}

/** The items that are part of some cycle. */
export function findCycles<T>(edges: Iterable<Edge<T>>, _allItems?: Iterable<T>): Set<T> {
  const children = new Map<T, Set<T>>();
  for (const [parent, child] of edges) setOf(children, parent).add(child);
  const found = new Set<T>();
  // Every node is walked from anew: a node visited from one start may close a cycle seen only from another.
  for (const start of children.keys()) {
    const path = [start];
    const unseen = new Set(children.keys());
    unseen.delete(start);
    while (path.length) {
      let descended = false;
      for (const node of children.get(path.at(-1) as T) ?? []) {
        const at = path.indexOf(node);
        if (at >= 0)
          for (const member of path.slice(at)) {
            unseen.delete(member);
            found.add(member);
          }
        if (unseen.delete(node)) {
          path.push(node);
          descended = true;
          break;
        }
      }
      if (!descended) path.pop();
    }
  }
  return found;
}

function setOf<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  let s = map.get(key);
  if (!s) map.set(key, (s = new Set()));
  return s;
}

function isDisjoint<T>(a: Set<T> | undefined, b: Set<T>): boolean {
  if (a) for (const x of a) if (b.has(x)) return false;
  return true;
}
