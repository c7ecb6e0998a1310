// The file tree: arrows walk it, Enter opens, F2 renames, Delete deletes (which can be undone). The buttons above act on
// the file that is chosen.
import { type DragEvent, type KeyboardEvent, type ReactElement, useMemo, useRef, useState } from "react";
import { treeOf, type TreeNode } from "../model/paths.ts";
import { isSqlite } from "../../../playground-engine/runtime/content.ts";
import { readUploads } from "../model/uploads.ts";
import { Icon } from "./icons.tsx";
import { IconButton } from "./IconButton.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

type Asking = { readonly what: "new" } | { readonly what: "rename"; readonly path: string };

interface Row {
  readonly node: TreeNode;
  readonly level: number;
  readonly parent: string | null;
  readonly place: number;
  readonly siblings: number;
}

function rowsOf(
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
  level = 1,
  parent: string | null = null,
): Row[] {
  return nodes.flatMap((node, i) => [
    { node, level, parent, place: i + 1, siblings: nodes.length },
    ...(node.children && !closed.has(node.path) ? rowsOf(node.children, closed, level + 1, node.path) : []),
  ]);
}

export function Files(): ReactElement {
  const desk = useDesk();
  const { files, active, mine } = useDeskState("files", "active", "mine");
  const names = [...files.keys()].join("\n");
  const tree = useMemo(() => treeOf(names === "" ? [] : names.split("\n")), [names]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [dropping, setDropping] = useState(false);
  const upload = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = rowsOf(tree, closed);
  const current = rows.some((r) => r.node.path === chosen) ? chosen : (active ?? rows[0]?.node.path ?? null);

  const focusRow = (path: string): void => {
    setChosen(path);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus(),
    );
  };
  const toggle = (path: string, open: boolean): void => {
    const next = new Set(closed);
    if (open) next.delete(path);
    else next.add(path);
    setClosed(next);
  };
  const activate = (node: TreeNode): void => {
    setChosen(node.path);
    if (node.children) toggle(node.path, closed.has(node.path));
    else desk.openFile(node.path);
  };
  const remove = (path: string): void => {
    const at = rows.findIndex((r) => r.node.path === path);
    const rest = rows.filter((r) => r.node.path !== path && !r.node.path.startsWith(`${path}/`));
    desk.remove(path);
    const next = rest[Math.min(at, rest.length - 1)];
    if (next) focusRow(next.node.path);
  };
  const onKey = (e: KeyboardEvent, at: number): void => {
    const { node, parent } = rows[at]!;
    const go = (row: Row | undefined): void => {
      e.preventDefault();
      if (row) focusRow(row.node.path);
    };
    if (e.key === "ArrowDown") go(rows[at + 1]);
    else if (e.key === "ArrowUp") go(rows[at - 1]);
    else if (e.key === "Home") go(rows[0]);
    else if (e.key === "End") go(rows.at(-1));
    else if (e.key === "ArrowRight") {
      if (node.children && closed.has(node.path)) {
        e.preventDefault();
        toggle(node.path, true);
      } else if (node.children) go(rows[at + 1]);
    } else if (e.key === "ArrowLeft") {
      if (node.children && !closed.has(node.path)) {
        e.preventDefault();
        toggle(node.path, false);
      } else if (parent !== null) go(rows.find((r) => r.node.path === parent));
    } else if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      activate(node);
    } else if (mine && e.key === "F2") {
      e.preventDefault();
      setAsking({ what: "rename", path: node.path });
    } else if (mine && e.key === "Delete") {
      e.preventDefault();
      remove(node.path);
    } else if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey) {
      const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
      go(after.find((r) => r.node.name.toLowerCase().startsWith(e.key.toLowerCase())));
    }
  };
  const take = async (given: FileList | null): Promise<void> => {
    if (given && given.length > 0) await readUploads(desk, [...given]);
  };
  const onDrop = (e: DragEvent): void => {
    e.preventDefault();
    setDropping(false);
    if (mine) void take(e.dataTransfer.files);
  };
  const buttons = [
    { icon: "plus", label: "New file", run: () => setAsking({ what: "new" }), off: false },
    { icon: "up", label: "Upload files", run: () => upload.current?.click(), off: false },
    {
      icon: "pencil",
      label: current === null ? "Rename" : `Rename ${current}`,
      run: () => current !== null && setAsking({ what: "rename", path: current }),
      off: current === null,
    },
    {
      icon: "bin",
      label: current === null ? "Delete" : `Delete ${current}`,
      run: () => current !== null && remove(current),
      off: current === null,
    },
  ] as const;
  return (
    <section
      className={dropping ? "pg-files pg-dropping" : "pg-files"}
      aria-label="Files"
      onDragOver={(e) => {
        e.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <div className="pg-panehead">
        <h2>Files</h2>
        <div className="pg-iconrow">
          {buttons.map((b) => (
            <IconButton
              key={b.icon}
              icon={b.icon}
              label={b.label}
              disabled={b.off || !mine}
              onClick={b.run}
            />
          ))}
        </div>
        <input
          ref={upload}
          type="file"
          multiple
          hidden
          aria-label="Files to upload"
          onChange={(e) => {
            void take(e.currentTarget.files);
            e.currentTarget.value = "";
          }}
        />
      </div>
      {asking && (
        <NameForm
          key={asking.what === "rename" ? asking.path : ""}
          label={asking.what === "new" ? "Name of the new file" : `New name of ${asking.path}`}
          value={asking.what === "new" ? folderOf(current) : asking.path}
          onDone={() => {
            setAsking(null);
            if (current !== null) focusRow(current);
          }}
          onName={(name) => {
            const problem = asking.what === "new" ? desk.newFile(name) : desk.rename(asking.path, name);
            if (problem === null) setChosen(name);
            return problem;
          }}
        />
      )}
      {rows.length === 0 ? (
        <p className="mw-empty pg-pad">No files yet. Make one with the plus above, or drop some here.</p>
      ) : (
        <div role="tree" aria-label="Files of the workspace" className="pg-tree" ref={list}>
          {rows.map(({ node, level, place, siblings }, at) => (
            <div
              key={node.path}
              role="treeitem"
              aria-level={level}
              aria-posinset={place}
              aria-setsize={siblings}
              aria-selected={node.path === active}
              aria-expanded={node.children ? !closed.has(node.path) : undefined}
              tabIndex={node.path === current ? 0 : -1}
              data-path={node.path}
              className="pg-treeitem"
              style={{ paddingInlineStart: `${0.25 + level * 0.75}rem` }}
              onClick={() => activate(node)}
              onKeyDown={(e) => onKey(e, at)}
              onFocus={() => setChosen(node.path)}
            >
              <Icon
                name={
                  node.children
                    ? closed.has(node.path)
                      ? "right"
                      : "chevron"
                    : isSqlite(files.get(node.path) ?? "")
                      ? "database"
                      : "file"
                }
              />
              <span>{node.name}</span>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function folderOf(path: string | null): string {
  const at = path?.lastIndexOf("/") ?? -1;
  return at < 0 ? "" : path!.slice(0, at + 1);
}

/** The cursor into the field, the name without its ending selected. */
function begin(field: HTMLInputElement | null): void {
  if (!field) return;
  const dot = field.value.lastIndexOf(".");
  field.focus();
  field.setSelectionRange(field.value.lastIndexOf("/") + 1, dot > 0 ? dot : field.value.length);
}

interface NameFormProps {
  readonly label: string;
  readonly value: string;
  readonly onDone: () => void;
  /** @returns what is wrong with the name, or null */
  readonly onName: (name: string) => string | null;
}

function NameForm({ label, value, onDone, onName }: NameFormProps): ReactElement {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      className="pg-nameform"
      onSubmit={(e) => {
        e.preventDefault();
        const name = String(new FormData(e.currentTarget).get("name")).trim();
        const wrong = onName(name);
        setProblem(wrong);
        if (wrong === null) onDone();
      }}
      onKeyDown={(e) => {
        if (e.key === "Escape") onDone();
      }}
    >
      <label>
        {label}
        <input
          name="name"
          defaultValue={value}
          ref={begin}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={problem !== null}
        />
      </label>
      {problem !== null && (
        <p className="pg-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="pg-row">
        <button type="submit" className="mw-button mw-primary">
          OK
        </button>
        <button type="button" className="mw-button" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}
