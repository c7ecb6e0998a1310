// A row of tabs as ARIA wants them: arrows move between them, Home and End to the ends, Delete closes what can be closed.
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from "react";

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  /** What a screen reader says for it, where the label alone is not enough. */
  readonly name?: string;
}

export interface TabsProps {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onClose?: (id: string) => void;
  /** Ids of tab and panel: PREFIX-tab-ID, PREFIX-panel. */
  readonly prefix: string;
  readonly className?: string;
}

export function Tabs({
  label,
  items,
  selected,
  onSelect,
  onClose,
  prefix,
  className,
}: TabsProps): ReactElement {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    row.current
      ?.querySelector("[aria-selected=true]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected]);
  const focus = (id: string): void => {
    onSelect(id);
    requestAnimationFrame(() => document.getElementById(`${prefix}-tab-${id}`)?.focus());
  };
  const onKey = (e: KeyboardEvent, at: number): void => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[e.key];
    if (to !== undefined) {
      e.preventDefault();
      focus(items[(to + items.length) % items.length]!.id);
    } else if (e.key === "Delete" && onClose) {
      e.preventDefault();
      const next = items[at + 1] ?? items[at - 1];
      onClose(items[at]!.id);
      if (next) requestAnimationFrame(() => document.getElementById(`${prefix}-tab-${next.id}`)?.focus());
    }
  };
  return (
    <div role="tablist" aria-label={label} className={`pg-tabs ${className ?? ""}`} ref={row}>
      {items.map((item, at) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          id={`${prefix}-tab-${item.id}`}
          aria-selected={item.id === selected}
          aria-controls={`${prefix}-panel`}
          aria-label={item.name}
          tabIndex={item.id === selected || (selected === null && at === 0) ? 0 : -1}
          data-tab={item.id}
          onClick={(e) => {
            if (onClose && (e.target as Element).closest("[data-close]")) onClose(item.id);
            else onSelect(item.id);
          }}
          onAuxClick={(e) => e.button === 1 && onClose?.(item.id)}
          onKeyDown={(e) => onKey(e, at)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
