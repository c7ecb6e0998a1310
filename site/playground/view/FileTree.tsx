// The tree of a workspace's files: arrows walk it, Enter opens, F2 renames, Delete deletes (which can be undone).
import { type KeyboardEvent, type ReactElement, type RefObject, useMemo, useRef, useState } from "react";
import { isSqlite } from "../../../playground-engine/runtime/content.ts";
import { treeOf, type TreeNode } from "../model/paths.ts";
import { Icon, type IconName } from "./icons.tsx";
import { useDeskState } from "./use-desk.ts";

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

/** Which rows there are, and which of them the keyboard is at. */
export interface Tree {
  readonly rows: readonly Row[];
  readonly closed: ReadonlySet<string>;
  /** The path that the buttons above act on. */
  readonly current: string | null;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly choose: (path: string) => void;
  /** Chooses a row, and puts the keyboard there. */
  readonly focus: (path: string) => void;
  readonly toggle: (path: string, open: boolean) => void;
}

export function useTree(): Tree {
  const { files, active } = useDeskState("files", "active");
  const names = [...files.keys()].join("\n");
  const tree = useMemo(() => treeOf(names === "" ? [] : names.split("\n")), [names]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = rowsOf(tree, closed);
  return {
    rows,
    closed,
    current: rows.some((r) => r.node.path === chosen) ? chosen : (active ?? rows[0]?.node.path ?? null),
    list,
    choose: setChosen,
    focus: (path) => {
      setChosen(path);
      requestAnimationFrame(() =>
        list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus(),
      );
    },
    toggle: (path, open) => {
      const next = new Set(closed);
      if (open) next.delete(path);
      else next.add(path);
      setClosed(next);
    },
  };
}

interface FileTreeProps {
  readonly tree: Tree;
  readonly onOpen: (path: string) => void;
  readonly onRename: (path: string) => void;
  readonly onDelete: (path: string) => void;
}

export function FileTree({ tree, onOpen, onRename, onDelete }: FileTreeProps): ReactElement {
  const { files, active, mine } = useDeskState("files", "active", "mine");
  const { rows, closed, toggle } = tree;
  const activate = (node: TreeNode): void => {
    tree.choose(node.path);
    if (node.children) toggle(node.path, closed.has(node.path));
    else onOpen(node.path);
  };
  const onKey = (e: KeyboardEvent, at: number): void => {
    const { node, parent } = rows[at]!;
    const go = (row: Row | undefined): void => {
      e.preventDefault();
      if (row) tree.focus(row.node.path);
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
      onRename(node.path);
    } else if (mine && e.key === "Delete") {
      e.preventDefault();
      onDelete(node.path);
    } else if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey) {
      const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
      go(after.find((r) => r.node.name.toLowerCase().startsWith(e.key.toLowerCase())));
    }
  };
  const iconOf = (node: TreeNode): IconName => {
    if (node.children) return closed.has(node.path) ? "right" : "chevron";
    return isSqlite(files.get(node.path) ?? "") ? "database" : "file";
  };
  return (
    <div role="tree" aria-label="Files of the workspace" className="pg-tree" ref={tree.list}>
      {rows.map(({ node, level, place, siblings }, at) => (
        <div
          key={node.path}
          role="treeitem"
          aria-level={level}
          aria-posinset={place}
          aria-setsize={siblings}
          aria-selected={node.path === active}
          aria-expanded={node.children ? !closed.has(node.path) : undefined}
          tabIndex={node.path === tree.current ? 0 : -1}
          data-path={node.path}
          className="pg-treeitem"
          style={{ paddingInlineStart: `${0.25 + level * 0.75}rem` }}
          onClick={() => activate(node)}
          onKeyDown={(e) => onKey(e, at)}
          onFocus={() => tree.choose(node.path)}
        >
          <Icon name={iconOf(node)} />
          <span>{node.name}</span>
        </div>
      ))}
    </div>
  );
}
