// Whether the program can still reach an object: what CPython's reference counts would say of the ORM's weak identity map.
//
// Not answered yet: every object the identity map holds counts as reachable, so a row that CPython would have to load again is found
// in the map. orm/state/identity.ts asks at the right moments; the answer needs a walk from the frames' variables (frameRoots).
import type { Instance } from "../orm/face.ts";

export function isAlive(_obj: Instance): boolean {
  return true;
}
