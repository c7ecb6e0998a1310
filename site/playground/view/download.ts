// A workspace as a zip that runs under real Python.
import type { Desk } from "../model/desk.ts";

export async function downloadWorkspace(desk: Desk): Promise<void> {
  await desk.save();
}
