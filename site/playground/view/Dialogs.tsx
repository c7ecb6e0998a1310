// Two of the playground's dialogs: workspaces and shortcuts.
import { type ReactElement, useCallback, useEffect, useState } from "react";
import { openReady } from "../model/opening.ts";
import { type ReadyWorkspace, readyWorkspaces, starter } from "../model/ready.ts";
import type { WorkspaceRecord } from "../model/store.ts";
import { Dialog } from "./Dialog.tsx";
import { IconButton } from "./IconButton.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

const when = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

function RenameForm({
  name,
  onName,
  onCancel,
}: {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onCancel: () => void;
}): ReactElement {
  return (
    <form
      className="pg-row"
      onSubmit={(e) => {
        e.preventDefault();
        onName(String(new FormData(e.currentTarget).get("name")));
      }}
    >
      <input
        name="name"
        defaultValue={name}
        aria-label={`New name of ${name}`}
        maxLength={80}
        autoFocus
        required
      />
      <button type="submit" className="mw-button mw-primary">
        Rename
      </button>
      <button type="button" className="mw-button" onClick={onCancel}>
        Cancel
      </button>
    </form>
  );
}

export function Workspaces({
  onClose,
  onUpload,
}: {
  readonly onClose: () => void;
  readonly onUpload: () => void;
}): ReactElement {
  const desk = useDesk();
  const { record, notice } = useDeskState("record", "notice");
  const [kept, setKept] = useState<readonly WorkspaceRecord[]>([]);
  const [ready, setReady] = useState<readonly ReadyWorkspace[]>([]);
  const [renaming, setRenaming] = useState<string | null>(null);
  const list = useCallback(async () => setKept(await desk.list()), [desk]);
  useEffect(() => void list(), [list, record, notice]);
  useEffect(() => void readyWorkspaces().then(setReady, () => undefined), []);
  const begin = (act: () => Promise<unknown>) => () => void act().then(onClose);
  return (
    <Dialog title="Workspaces" onClose={onClose}>
      <h3>Yours, kept in this browser</h3>
      <ul className="pg-workspaces">
        {kept.map((w) => (
          <li key={w.id} aria-current={w.id === record?.id ? "true" : undefined}>
            {renaming === w.id ? (
              <RenameForm
                name={w.name}
                onName={(name) => {
                  void desk.renameWorkspace(w.id, name).then(list);
                  setRenaming(null);
                }}
                onCancel={() => setRenaming(null)}
              />
            ) : (
              <>
                <button type="button" className="pg-open" onClick={begin(() => desk.open(w.id))}>
                  <strong>{w.name}</strong>
                  <span>{w.id === record?.id ? "open now" : `changed ${when.format(w.changed)}`}</span>
                </button>
                <IconButton
                  icon="pencil"
                  label={`Rename ${w.name}`}
                  title="Rename"
                  onClick={() => setRenaming(w.id)}
                />
                <IconButton
                  icon="layers"
                  label={`Duplicate ${w.name}`}
                  title="Duplicate"
                  onClick={begin(() => desk.duplicate(w.id))}
                />
                <IconButton
                  icon="bin"
                  label={`Delete ${w.name}`}
                  title="Delete"
                  onClick={() => void desk.deleteWorkspace(w.id, () => desk.create(starter)).then(list)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {notice && notice.actions.length > 0 && (
        <p className="pg-row" role="status">
          {notice.text}
          {notice.actions.map((a) => (
            <button key={a.label} type="button" className="mw-button" onClick={a.run}>
              {a.label}
            </button>
          ))}
        </p>
      )}
      <h3>Begin a new one</h3>
      <ul className="pg-cards">
        <li>
          <button type="button" onClick={begin(() => desk.create(starter))}>
            <strong>Library</strong>
            <span>Two models and a program: the shortest way to see the ORM at work.</span>
          </button>
        </li>
        {ready.map((w) => (
          <li key={w.origin.id}>
            <button type="button" onClick={begin(() => openReady(desk, w.origin.id))}>
              <strong>{w.name}</strong>
              <span>{w.about}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={begin(() =>
              desk.create({
                name: "Empty",
                files: new Map([["main.py", ""]]),
                origin: { kind: "starter", id: "empty" },
              }),
            )}
          >
            <strong>Empty</strong>
            <span>One empty file, main.py.</span>
          </button>
        </li>
        <li>
          <button type="button" onClick={onUpload}>
            <strong>From a zip</strong>
            <span>A project you downloaded here, or a folder of your own.</span>
          </button>
        </li>
      </ul>
    </Dialog>
  );
}

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ["Ctrl+Enter", "Run the file in front"],
  ["Ctrl+S", "Save now (it also happens by itself)"],
  ["F6, Shift+F6", "Go to the next, the last pane"],
  ["Ctrl+`", "Go to the terminal"],
  ["Escape, then Tab", "Leave the editor (where Tab led into it, Tab leads on)"],
  ["Shift+Alt+F in the editor", "Format the file, as Black does"],
  ["F1 in the editor", "All of the editor's commands"],
  ["Arrow keys", "Move between tabs, files and pane borders"],
  ["Delete on a file's tab", "Close it"],
  ["F2, Delete in the files", "Rename, delete"],
  ["Up, Down in the terminal", "Earlier and later commands"],
  ["Tab in the terminal", "Complete; once more moves on"],
  ["Ctrl+C, Ctrl+L in the terminal", "Stop, clear"],
];

export function Shortcuts({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <p className="pg-small">On a Mac, Cmd stands for Ctrl, but for Ctrl+C, Ctrl+L and Ctrl+`.</p>
      <dl className="pg-shortcuts" tabIndex={0} aria-label="Shortcuts">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
