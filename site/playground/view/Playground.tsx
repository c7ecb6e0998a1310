// The playground: files, editor, panels and terminal in panes that are resized by mouse and keyboard; on a phone one at a time.
import { type ReactElement, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Group, type Layout, Panel, Separator } from "react-resizable-panels";
import { Desk } from "../model/desk.ts";
import { openFromAddress, openLink } from "../model/opening.ts";
import type { Pane } from "../model/state.ts";
import { downloadWorkspace, readUploads } from "../model/uploads.ts";
import { CodePane } from "./CodePane.tsx";
import { Shortcuts, Workspaces } from "./Dialogs.tsx";
import { Files } from "./Files.tsx";
import { forgetLayouts, keepLayout, keptFlag, keptLayout, keepFlag } from "./layouts.ts";
import { Messages } from "./Messages.tsx";
import { Opening } from "./Opening.tsx";
import { PanelsPane } from "./PanelsPane.tsx";
import { Share } from "./Share.tsx";
import { Tabs } from "./Tabs.tsx";
import { Terminal } from "./Terminal.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { DeskContext, useDesk, useDeskState } from "./use-desk.ts";
import { spawnEngine } from "../../workbench/model/engine-worker.ts";

const PHONE = "(max-width: 43.99rem)";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      const media = matchMedia(query);
      media.addEventListener("change", tell);
      return () => media.removeEventListener("change", tell);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** The island of the page. */
export function Playground(): ReactElement {
  const [desk, setDesk] = useState<Desk | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const made = new Desk(spawnEngine);
    void made
      .begin()
      .then(() => openFromAddress(made))
      .then(() => {
        setDesk(made);
        // so that the first run need not wait; the page comes first
        const warm = (): void => made.client.warm();
        if ("requestIdleCallback" in window) requestIdleCallback(warm, { timeout: 3000 });
        else warm();
      });
    addEventListener("hashchange", () => {
      void openLink(made).then((wrong) => wrong !== null && made.notify("bad", wrong));
    });
  }, []);
  if (!desk) return <Opening />;
  return (
    <DeskContext value={desk}>
      <Workbench />
    </DeskContext>
  );
}

type DialogName = "workspaces" | "share" | "shortcuts";

function Workbench(): ReactElement {
  const desk = useDesk();
  const phone = useMedia(PHONE);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [filesShown, setFilesShown] = useState(() => keptFlag("files") ?? innerWidth >= 1024);
  const [layouts, setLayouts] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  const lastPane = useRef<Pane | null>(null);
  const { said } = useDeskState("said");

  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      const ctrl = e.ctrlKey || e.metaKey;
      if (e.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (ctrl && e.key === "Enter") {
        e.preventDefault();
        void desk.runner.runFile();
      } else if (ctrl && e.key.toLowerCase() === "s") {
        e.preventDefault();
        void desk.save().then(() => {
          if (desk.state.saving.state === "saved") desk.set({ said: "Saved in this browser." });
        });
      } else if (e.ctrlKey && e.key === "`") {
        e.preventDefault();
        goToPane(desk, root.current!, "terminal");
      }
    };
    // heard before the borders between panes do, which would take F6 for themselves
    const onF6 = (e: KeyboardEvent): void => {
      if (e.key !== "F6" || document.querySelector("dialog[open]")) return;
      e.preventDefault();
      e.stopPropagation();
      const there = PANES.filter((p) => phone || root.current?.querySelector(PANE_ROOT[p]));
      const at = lastPane.current === null ? -1 : there.indexOf(lastPane.current);
      goToPane(desk, root.current!, there[(at + (e.shiftKey ? -1 : 1) + there.length) % there.length]!);
    };
    // between panes (a border, the toolbar) F6 goes on from the pane that one came from
    const onFocus = (e: FocusEvent): void => {
      const pane = PANES.find((p) => (e.target as Element).closest(PANE_ROOT[p]));
      if (pane) lastPane.current = pane;
    };
    addEventListener("keydown", onKey);
    addEventListener("keydown", onF6, true);
    addEventListener("focusin", onFocus);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener("keydown", onF6, true);
      removeEventListener("focusin", onFocus);
    };
  }, [desk, phone]);

  const download = (): void => void downloadWorkspace(desk);
  return (
    <div className="pg" ref={root}>
      <Toolbar
        phone={phone}
        filesShown={filesShown}
        onFiles={() => {
          keepFlag("files", !filesShown);
          setFilesShown(!filesShown);
        }}
        onWorkspaces={() => setDialog("workspaces")}
        onShare={() => setDialog("share")}
        onDownload={download}
        onShortcuts={() => setDialog("shortcuts")}
        onLayout={() => {
          forgetLayouts();
          setFilesShown(innerWidth >= 1024);
          setLayouts(layouts + 1);
        }}
      />
      <Messages onDownload={download} />
      {phone ? <OnePane /> : <Panes key={layouts} files={filesShown} />}
      <div role="status" aria-live="polite" className="sr-only" data-said>
        {said}
      </div>
      <input
        ref={zip}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label="Zip to open"
        onChange={(e) => {
          const given = [...(e.currentTarget.files ?? [])];
          e.currentTarget.value = "";
          void readUploads(desk, given).then(() => setDialog(null));
        }}
      />
      {dialog === "workspaces" && (
        <Workspaces onClose={() => setDialog(null)} onUpload={() => zip.current?.click()} />
      )}
      {dialog === "share" && <Share onClose={() => setDialog(null)} onDownload={download} />}
      {dialog === "shortcuts" && <Shortcuts onClose={() => setDialog(null)} />}
    </div>
  );
}

function Panes({ files }: { readonly files: boolean }): ReactElement {
  const names = files ? "files-code-panels" : "code-panels";
  return (
    <Group
      key={names}
      id={names}
      className="pg-panes"
      defaultLayout={keptLayout(names)}
      onLayoutChanged={(layout: Layout) => keepLayout(names, layout)}
    >
      {files && (
        <>
          <Panel id="files" defaultSize="15%" minSize="11.5rem">
            <Files />
          </Panel>
          <Separator className="pg-separator" aria-label="Width of the files" />
        </>
      )}
      <Panel id="code" defaultSize={files ? "46%" : "54%"} minSize="14rem">
        <Group
          id="code-terminal"
          orientation="vertical"
          className="pg-panes"
          defaultLayout={keptLayout("code-terminal")}
          onLayoutChanged={(layout: Layout) => keepLayout("code-terminal", layout)}
        >
          <Panel id="editor" defaultSize="68%" minSize="6rem">
            <CodePane />
          </Panel>
          <Separator className="pg-separator" aria-label="Height of the editor" />
          <Panel id="terminal" defaultSize="32%" minSize="5rem">
            <Terminal />
          </Panel>
        </Group>
      </Panel>
      <Separator className="pg-separator" aria-label="Width of the editor" />
      <Panel id="panels" defaultSize={files ? "39%" : "46%"} minSize="14rem">
        <PanelsPane />
      </Panel>
    </Group>
  );
}

const PANES: readonly Pane[] = ["files", "code", "terminal", "panels"];

const PANE_ROOT: Readonly<Record<Pane, string>> = {
  files: ".pg-files",
  code: ".pg-code",
  terminal: ".pg-terminal",
  panels: ".pg-panels",
};

/** What gets the focus in a pane: the first of these that is there. */
const PANE_FOCUS: Readonly<Record<Pane, readonly string[]>> = {
  files: ['[role=treeitem][tabindex="0"]', "button:enabled"],
  code: ['[role=tab][tabindex="0"]'],
  terminal: ["[data-terminal]"],
  panels: ['[role=tab][tabindex="0"]'],
};

function goToPane(desk: Desk, root: HTMLElement, pane: Pane): void {
  const focus = (): void => {
    if (pane === "code" && desk.state.active !== null && desk.editor) return desk.editor.focus();
    const there = root.querySelector(PANE_ROOT[pane]);
    for (const selector of PANE_FOCUS[pane]) {
      const target = there?.querySelector<HTMLElement>(selector);
      if (target) return target.focus();
    }
  };
  desk.set({ pane });
  // on a phone it has to come to the front first
  if (root.querySelector(PANE_ROOT[pane])?.checkVisibility()) focus();
  else requestAnimationFrame(focus);
}

/** On a phone: one pane in front, a bar of tabs below. All of them stay as they are behind it. */
function OnePane(): ReactElement {
  const desk = useDesk();
  const { pane, run } = useDeskState("pane", "run");
  const panes: readonly (readonly [Pane, string, ReactElement])[] = [
    ["files", "Files", <Files key="files" />],
    ["code", "Code", <CodePane key="code" />],
    ["panels", run.error ? "Results !" : "Results", <PanelsPane key="panels" />],
    ["terminal", "Terminal", <Terminal key="terminal" />],
  ];
  return (
    <>
      <div className="pg-onepane" role="tabpanel" id="pg-pane-panel" aria-labelledby={`pg-pane-tab-${pane}`}>
        {panes.map(([id, , view]) => (
          <div key={id} hidden={id !== pane} className="pg-pane">
            {view}
          </div>
        ))}
      </div>
      <Tabs
        label="Panes"
        prefix="pg-pane"
        className="pg-panebar"
        items={panes.map(([id, label]) => ({ id, label }))}
        selected={pane}
        onSelect={(id) => desk.set({ pane: id as Pane })}
      />
    </>
  );
}
