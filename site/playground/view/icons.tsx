// The few icons of the playground, drawn for it. They stand beside or for a text that says the same.
import type { ReactElement } from "react";

const PATHS = {
  run: "M5 3.5v9l7.5-4.5z",
  stop: "M4 4h8v8H4z",
  file: "M4 1.5h5l3 3v10H4zM9 1.5v3h3",
  database:
    "M3 4c0-1.4 2.2-2.5 5-2.5s5 1.1 5 2.5-2.2 2.5-5 2.5S3 5.4 3 4zM3 4v8c0 1.4 2.2 2.5 5 2.5s5-1.1 5-2.5V4M3 8c0 1.4 2.2 2.5 5 2.5S13 9.4 13 8",
  folder: "M1.5 3.5h4.5l1.5 2h7v7.5h-13z",
  plus: "M8 3v10M3 8h10",
  pencil: "M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2z",
  bin: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 9h5.8l.6-9",
  up: "M8 12V3M4.5 6.5L8 3l3.5 3.5M3 14h10",
  down: "M8 2v9M4.5 7.5L8 11l3.5-3.5M3 14h10",
  link: "M6.5 9.5l3-3M7 5l1.8-1.8a2.5 2.5 0 013.5 3.5L10.5 8.5M9 11l-1.8 1.8a2.5 2.5 0 01-3.5-3.5L5.5 7.5",
  chevron: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  terminal: "M2.5 4l4 4-4 4M8 12.5h5.5",
  layers: "M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  const filled = name === "run" || name === "stop";
  return (
    <svg
      className="pg-icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.6 : 1.3}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
