// A shared workspace in an iframe of another page: its files, Run, and what the run did. Nothing of it is kept.
import { type ReactElement, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { spawnEngine } from "../../workbench/model/engine-worker.ts";
import { Desk } from "../model/desk.ts";
import { DamagedLink, fromFragment, toFragment } from "../model/share.ts";
import { MemoryStore } from "../model/store.ts";
import { CodePane } from "./CodePane.tsx";
import { Messages } from "./Messages.tsx";
import { PanelsPane } from "./PanelsPane.tsx";
import { RunButton, Status } from "./Toolbar.tsx";
import { downloadWorkspace } from "../model/uploads.ts";
import { DeskContext, useDesk, useDeskState } from "./use-desk.ts";
import "../playground.css";

/** Show what a fragment holds. @returns what is wrong with it, for the reader, or its name */
export async function showShared(
  fragment: string,
  place: HTMLElement,
): Promise<{ readonly wrong: string } | { readonly name: string }> {
  try {
    const shared = await fromFragment(fragment);
    if (!shared) return { wrong: "This address holds no workspace." };
    const desk = new Desk(spawnEngine);
    await desk.begin(Promise.resolve({ store: new MemoryStore(), refused: null }));
    await desk.create({ ...shared, origin: { kind: "shared", id: "embedded" } });
    // there is no list of files: all that can be read have a tab
    const first = desk.state.active;
    for (const [path, content] of shared.files) if (typeof content === "string") desk.openFile(path);
    if (first !== null) desk.openFile(first);
    place.classList.add("pg-root");
    createRoot(place).render(
      <DeskContext value={desk}>
        <Embedded name={shared.name} />
      </DeskContext>,
    );
    return { name: shared.name };
  } catch (e) {
    if (!(e instanceof DamagedLink)) throw e;
    return { wrong: e.message };
  }
}

function Embedded({ name }: { readonly name: string }): ReactElement {
  const desk = useDesk();
  const { files, active, panel, engine, run, said } = useDeskState(
    "files",
    "active",
    "panel",
    "engine",
    "run",
    "said",
  );
  const [address, setAddress] = useState("");
  useEffect(() => {
    const playground = new URL(`${import.meta.env.BASE_URL.replace(/\/?$/, "/")}playground/`, location.href);
    void toFragment({ name, files, open: active, panel }).then((fragment) =>
      setAddress(`${playground.href}#${fragment}`),
    );
  }, [name, files, active, panel]);
  return (
    <div className="pg pg-embedded">
      <div className="pg-toolbar" role="group" aria-label="Workspace">
        <RunButton named={false} />
        <Status engine={engine} run={run} />
        <a href={address} target="_blank" data-action="open">
          Open in the playground
        </a>
      </div>
      <Messages onDownload={() => void downloadWorkspace(desk)} />
      <div className="pg-beside">
        <CodePane />
        <PanelsPane />
      </div>
      <div role="status" aria-live="polite" className="sr-only" data-said>
        {said}
      </div>
    </div>
  );
}
