// The pane of a workspace's files: the tree, and above it what can be done with the file that is chosen.
import { type DragEvent, type ReactElement, useRef, useState } from "react";
import { readUploads } from "../model/uploads.ts";
import { FileTree, useTree } from "./FileTree.tsx";
import { IconButton } from "./IconButton.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

type Asking = { readonly what: "new" } | { readonly what: "rename"; readonly path: string };

export function Files(): ReactElement {
  const desk = useDesk();
  const { mine } = useDeskState("mine");
  const tree = useTree();
  const { rows, current } = tree;
  const [asking, setAsking] = useState<Asking | null>(null);
  const [dropping, setDropping] = useState(false);
  const upload = useRef<HTMLInputElement>(null);

  const remove = (path: string): void => {
    const at = rows.findIndex((r) => r.node.path === path);
    const rest = rows.filter((r) => r.node.path !== path && !r.node.path.startsWith(`${path}/`));
    desk.remove(path);
    const next = rest[Math.min(at, rest.length - 1)];
    if (next) tree.focus(next.node.path);
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
            if (current !== null) tree.focus(current);
          }}
          onName={(name) => {
            const problem = asking.what === "new" ? desk.newFile(name) : desk.rename(asking.path, name);
            if (problem === null) tree.choose(name);
            return problem;
          }}
        />
      )}
      {rows.length === 0 ? (
        <p className="mw-empty pg-pad">No files yet. Make one with the plus above, or drop some here.</p>
      ) : (
        <FileTree
          tree={tree}
          onOpen={(path) => desk.openFile(path)}
          onRename={(path) => setAsking({ what: "rename", path })}
          onDelete={remove}
        />
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
