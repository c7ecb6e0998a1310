// What the playground opens: what the address asks for, else what this tab or this browser had open last.
//
//   /playground/#a…            a shared workspace (share.ts)
//   /playground/?name=…#r…     an example of a page, under its name
//   /playground/?start=NAME    a ready workspace of content/workspaces
import { type Desk, lastOpened } from "./desk.ts";
import { readyWorkspaces, starter } from "./ready.ts";
import { DamagedLink, fromFragment } from "./share.ts";

/** Open something in any case; a link that cannot be read is told of, and loses nothing. */
export async function openFromAddress(desk: Desk): Promise<void> {
  const damaged = await openLink(desk);
  if (desk.state.open) return;
  const start = new URLSearchParams(location.search).get("start");
  if (start !== null && (await openReady(desk, start))) return;
  if (!(await openLast(desk))) await desk.create(starter);
  if (damaged !== null) desk.notify("bad", damaged);
  else if (start !== null) desk.notify("bad", `There is no ready workspace called ${start}.`);
}

/** Open the workspace in the address's fragment, if there is one. @returns what is wrong with the link, or null */
export async function openLink(desk: Desk): Promise<string | null> {
  const fragment = location.hash.slice(1);
  if (fragment === "") return null;
  try {
    const shared = await fromFragment(fragment);
    if (!shared) return null;
    // a reload shows what the reader made of it, not the link once more
    const name = new URLSearchParams(location.search).get("name");
    history.replaceState(null, "", location.pathname);
    const id = await digest(fragment);
    const known = await desk.cameFrom("shared", id);
    if (known && (await desk.open(known.id))) {
      desk.notify("plain", "You opened this link before: here is your copy of it as you left it.", {
        label: "As in the link",
        run: () => desk.reset(),
      });
      return null;
    }
    await desk.create({
      ...shared,
      name: name?.slice(0, 80) || shared.name,
      origin: { kind: "shared", id },
    });
    if (name === null)
      desk.notify(
        "plain",
        "This is your own copy of a shared workspace. Nothing of it has run yet: press Run when you have read it.",
      );
    return null;
  } catch (e) {
    if (!(e instanceof DamagedLink)) throw e;
    return e.message;
  }
}

/** @returns whether there is a ready workspace of this name */
export async function openReady(desk: Desk, id: string): Promise<boolean> {
  const known = await desk.cameFrom("ready", id);
  if (known && (await desk.open(known.id))) return true;
  const ready = (await readyWorkspaces()).find((w) => w.origin.id === id);
  if (!ready) return false;
  await desk.create(ready);
  return true;
}

async function openLast(desk: Desk): Promise<boolean> {
  for (const id of lastOpened()) if (await desk.open(id)) return true;
  for (const { id } of await desk.list()) if (await desk.open(id)) return true;
  return false;
}

async function digest(text: string): Promise<string> {
  if (!("subtle" in crypto)) return text.slice(0, 200);
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes).slice(0, 12), (b) => b.toString(16).padStart(2, "0")).join("");
}
