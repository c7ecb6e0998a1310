// The list of statements: windowed where it is long. Arrow keys move from statement to statement, Enter goes to its source line, a click
// shows its moment in the other panels.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactElement, useLayoutEffect, useRef, useState } from "react";
import type { PanelModel } from "../registry.ts";
import { type FlatRow, placedOf, RowContent, rowClass, type RowProps, SqlRows } from "./Sql.tsx";

/** Lists longer than this are windowed. */
const WHOLE = 150;

interface SqlListProps {
  readonly rows: readonly FlatRow[];
  readonly view: Omit<RowProps, "flat">;
  readonly model: PanelModel;
}

/** Focus, pointer and keys of the list, whether windowed or not. */
export function SqlList({ rows, view, model }: SqlListProps): ReactElement {
  const root = useRef<HTMLDivElement>(null);
  const long = rows.length > WHOLE;
  const [current, setCurrent] = useState(-1);
  const firstStatement = rows.findIndex((r) => placedOf(r.row).length > 0);
  const tabStop = current >= 0 && current < rows.length ? current : firstStatement;
  const virtual = useVirtualizer({
    count: long ? rows.length : 0,
    getScrollElement: () => root.current,
    estimateSize: () => 96,
    overscan: 6,
    enabled: long,
  });
  const reveal = (index: number, focus: boolean): void => {
    const at = (): HTMLElement | null => root.current?.querySelector(`[data-row="${index}"]`) ?? null;
    const show = (): void => {
      const li = at();
      if (focus) li?.focus({ preventScroll: true });
      li?.scrollIntoView({ block: "nearest" });
    };
    if (!long || at()) show();
    else {
      virtual.scrollToIndex(index, { align: "center" });
      requestAnimationFrame(() => requestAnimationFrame(show));
    }
  };
  // what the cursor's line emitted, and the moment chosen elsewhere, come into view
  const { lit, until } = view;
  useLayoutEffect(() => {
    if (root.current?.contains(document.activeElement) || root.current?.matches(":hover")) return;
    const index =
      until != null
        ? rows.findIndex((r) => placedOf(r.row).some((p) => p.at === until - 1))
        : rows.findIndex((r) => placedOf(r.row).some((p) => lit?.(p.entry.statement)));
    const li = root.current?.querySelector(`[data-row="${index}"]`);
    if (index >= 0 && root.current && !(li && within(li, root.current)))
      if (long) virtual.scrollToIndex(index, { align: "center" });
      else if (li)
        root.current.scrollTop +=
          li.getBoundingClientRect().top - root.current.getBoundingClientRect().top - 40;
  }, [lit, until, rows]);
  const keys = (e: KeyboardEvent): void => {
    if ((e.target as Element).closest("button, input, select, summary, a, table, .mw-tablewrap")) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[e.key];
    if (step === undefined) {
      const s = e.key === "Enter" ? placedOf(rows[tabStop]!.row)[0]?.entry.statement : undefined;
      if (s) {
        e.preventDefault();
        view.onGoto?.(s);
      }
      return;
    }
    e.preventDefault();
    const stops = rows.flatMap((r, i) => (placedOf(r.row).length ? [i] : []));
    const now = stops.indexOf(tabStop);
    const next = stops[Math.min(stops.length - 1, Math.max(0, now + step))];
    if (next === undefined) return;
    setCurrent(next);
    reveal(next, true);
  };
  const item = (flat: FlatRow, index: number): Record<string, unknown> => {
    const placed = placedOf(flat.row)[0];
    if (!placed) return { "data-row": index };
    const s = placed.entry.statement;
    const light = (on: boolean) => (): void =>
      model.light(on && s.line !== null ? { file: s.file ?? "", line: s.line } : null);
    return {
      "data-row": index,
      "data-line": s.line ?? undefined,
      tabIndex: index === tabStop ? 0 : -1,
      onMouseEnter: light(true),
      onMouseLeave: light(false),
      onFocus: () => {
        setCurrent(index);
        light(true)();
      },
      onBlur: light(false),
      onClick: (e: { readonly target: EventTarget }) => {
        if (
          !(e.target as Element).closest("button, summary, details, a, .mw-advice") &&
          String(getSelection()) === ""
        )
          view.onChoose?.(placed);
      },
    };
  };
  if (!long)
    return (
      <div className="mw-sqllist" ref={root} onKeyDown={keys}>
        <SqlRows rows={rows} view={view} item={item} active={tabStop} />
      </div>
    );
  return (
    <div className="mw-sqllist mw-sqllist-long" ref={root} onKeyDown={keys}>
      <ol className="mw-statements" style={{ blockSize: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((v) => {
          const flat = rows[v.index]!;
          return (
            <li
              key={v.key}
              ref={virtual.measureElement}
              data-index={v.index}
              aria-setsize={rows.length}
              aria-posinset={v.index + 1}
              className={rowClass({ flat, ...view })}
              style={{ position: "absolute", insetInline: 0, transform: `translateY(${v.start}px)` }}
              {...item(flat, v.index)}
            >
              <RowContent flat={flat} {...view} active={v.index === tabStop} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function within(a: Element, b: Element): boolean {
  const [x, y] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return x.top >= y.top && x.bottom <= y.bottom;
}
