// What happened to an object from one step to the next, in words.
import type { ShownObject } from "../../../playground-engine/runtime/protocol.ts";
import type { Step, Timeline } from "./timeline.ts";

/** "User 2", "User new" */
export function objectTitle(o: Pick<ShownObject, "class" | "key">): string {
  return o.key === null ? o.class : `${o.class} ${o.key}`;
}

/** Whether all that was loaded of it has expired. */
export function isExpired(o: ShownObject): boolean {
  return o.expired.length > 0 && o.values.length === 0;
}

function changeText(c: ShownObject["changes"][number]): string {
  if (c.old === "") return `${c.name} = ${c.new === "" ? "empty" : c.new}`;
  return `${c.name}: ${c.old} → ${c.new === "" ? "nothing" : c.new}`;
}

function transitions(before: ShownObject | undefined, now: ShownObject): string[] {
  const out: string[] = [];
  if (!before)
    out.push(
      now.state === "transient"
        ? "is made: transient"
        : now.state === "persistent" && now.changes.length === 0
          ? "is loaded: persistent"
          : `is ${now.state}`,
    );
  else if (before.state !== now.state) out.push(`${before.state} → ${now.state}`);
  if (now.marked && !before?.marked && now.state !== "deleted") out.push("is marked for deletion");
  if (!now.marked && before?.marked && now.state === "persistent") out.push("is not to be deleted any more");
  const had = new Map(before?.values.map((v) => [v.name, v.value.text]));
  if (before) {
    const expires = now.expired.filter((n) => !before.expired.includes(n));
    if (expires.length)
      out.push(isExpired(now) ? "expires" : `${expires.join(", ")} expire${expires.length === 1 ? "s" : ""}`);
    const loads = now.values.filter(
      (v) => !had.has(v.name) && (before.expired.includes(v.name) || before.unloaded.includes(v.name)),
    );
    const byProgram = new Set(now.changes.map((c) => c.name));
    const names = loads.map((v) => v.name).filter((n) => !byProgram.has(n));
    if (names.length && before.state === now.state)
      out.push(isExpired(before) ? "is loaded again" : `loads ${names.join(", ")}`);
  }
  const old = new Set(before?.changes.map((c) => JSON.stringify(c)));
  const fresh = now.changes.filter((c) => !old.has(JSON.stringify(c)));
  if (fresh.length) out.push(fresh.map(changeText).join(", "));
  else if (before && before.changes.length > 0 && now.changes.length === 0 && before.state === now.state)
    out.push(isExpired(now) ? "loses its changes" : "is flushed");
  return out;
}

/** What a step did to each object, in the order of objects. */
export function happenings(
  t: Timeline,
  step: Step,
): { readonly title: string; readonly what: readonly string[] }[] {
  const before = t.steps[step.index - 1]?.objects;
  return [...step.touched]
    .map((id) => {
      const now = step.objects.get(id);
      return now && { title: objectTitle(now), what: transitions(before?.get(id), now) };
    })
    .filter((h) => h !== undefined && h.what.length > 0)
    .concat(
      [...(before ?? [])]
        .filter(([id]) => !step.objects.has(id))
        .map(([, o]) => ({ title: objectTitle(o), what: ["is let go: nothing refers to it any more"] })),
    ) as { title: string; what: string[] }[];
}

/** Objects to which the same happened, as one. */
export function happeningsTogether(
  t: Timeline,
  step: Step,
): { readonly title: string; readonly what: string }[] {
  const titles = new Map<string, string[]>();
  for (const h of happenings(t, step)) {
    const what = h.what.join("; ");
    titles.set(what, [...(titles.get(what) ?? []), h.title]);
  }
  return [...titles].map(([what, all]) => ({
    what,
    title: all.length <= 4 ? all.join(", ") : `${all.slice(0, 3).join(", ")} and ${all.length - 3} more`,
  }));
}
