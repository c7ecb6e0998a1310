// Files that come from the reader's computer, and what goes there.
import { contentOf } from "../../../playground-engine/runtime/content.ts";
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import type { Desk } from "./desk.ts";
import { badPath } from "./paths.ts";

/** More than this in one file is refused: the page would hold it several times over. */
const FILE_LIMIT = 64 * 1024 * 1024;

/** Take files into the workspace; a zip becomes a workspace of its own. What cannot be taken is told of. */
export async function readUploads(desk: Desk, given: readonly File[]): Promise<void> {
  const files = new Map<string, Content>();
  const problems: string[] = [];
  for (const file of given) {
    if (file.size > FILE_LIMIT) {
      problems.push(`${file.name} is larger than 64 MB.`);
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (/\.zip$/i.test(file.name)) {
      const problem = await openZip(desk, file.name, bytes);
      if (problem !== null) problems.push(problem);
      continue;
    }
    const bad = badPath(file.name);
    if (bad) problems.push(`${file.name}: ${bad}`);
    else files.set(file.name, contentOf(bytes));
  }
  if (files.size > 0) desk.upload(files);
  if (problems.length > 0) desk.notify("bad", problems.join(" "));
}

/** A zip as a workspace of its own. @returns why it cannot be opened, or null */
async function openZip(desk: Desk, fileName: string, bytes: Uint8Array): Promise<string | null> {
  const { unpackWorkspace } = await import("../../../playground-engine/runtime/workspace-zip.ts");
  const unpacked = unpackWorkspace(bytes);
  if ("error" in unpacked) return `${fileName}: ${unpacked.error}`;
  await desk.create({
    name: unpacked.name ?? fileName.replace(/\.zip$/i, ""),
    files: new Map(unpacked.files.map((f) => [f.path, f.content])),
    origin: { kind: "upload", id: fileName },
  });
  if (unpacked.notes.length > 0) desk.notify("plain", unpacked.notes.join(" "));
  return null;
}

/** The open workspace as a zip that runs under real Python. */
export async function downloadWorkspace(desk: Desk): Promise<void> {
  const { packWorkspace, slug } = await import("../../../playground-engine/runtime/workspace-zip.ts");
  const { record, files } = desk.state;
  const name = record?.name ?? "workspace";
  const zip = packWorkspace(
    [...files].map(([path, content]) => ({ path, content })),
    name,
  );
  offer(`${slug(name)}.zip`, zip, "application/zip");
}

/** Hand a file to the reader. */
export function offer(name: string, content: Content, type: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const a = document.createElement("a");
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
