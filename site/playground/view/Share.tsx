// The dialog that gives the workspace away: as a link, as code for a page, as a zip.
import { type ReactElement, useEffect, useState } from "react";
import { LINK_LIMIT, toFragment } from "../model/share.ts";
import { Dialog } from "./Dialog.tsx";
import { useDesk } from "./use-desk.ts";

export function Share({
  onClose,
  onDownload,
}: {
  readonly onClose: () => void;
  readonly onDownload: () => void;
}): ReactElement {
  const desk = useDesk();
  const [fragment, setFragment] = useState<string | null>(null);
  const name = desk.state.record?.name ?? "Workspace";
  useEffect(() => {
    const { files, active, panel } = desk.state;
    void toFragment({ name, files, open: active, panel }).then(setFragment);
  }, [desk, name]);
  const link = fragment === null ? null : `${location.origin}${location.pathname}#${fragment}`;
  const long = link !== null && link.length > LINK_LIMIT;
  return (
    <Dialog title="Share this workspace" onClose={onClose}>
      {link === null ? (
        <p>Making the link…</p>
      ) : long ? (
        <>
          <p>
            With all its files this workspace would make a link of {link.length.toLocaleString("en")}{" "}
            characters, more than mail and chat programs pass on. Share it as a zip instead: it opens here
            again, and runs under real Python.
          </p>
          <button type="button" className="mw-button mw-primary" onClick={onDownload}>
            Download as zip
          </button>
        </>
      ) : (
        <>
          <p>
            The link holds everything: files, databases, the open file. Nothing is sent to a server, and
            nothing runs at the other end before its reader presses Run.
          </p>
          <Copied
            label="Link"
            value={link}
            note={`${link.length.toLocaleString("en")} characters.`}
            name="share"
          />
          <p>To put it into a page of yours, where it can be run and changed:</p>
          <Copied
            label="Code for a page"
            value={embedCode(name, fragment!)}
            note="An iframe; nothing in it is kept."
            name="embed"
          />
          <p className="pg-small">
            For a file to keep, or to run under real Python,{" "}
            <button type="button" className="mw-linklike" onClick={onDownload}>
              download the zip
            </button>
            .
          </p>
        </>
      )}
    </Dialog>
  );
}

/** The page that shows a shared workspace in an iframe: site/embed. */
function embedCode(name: string, fragment: string): string {
  const address = new URL(
    `${import.meta.env.BASE_URL.replace(/\/?$/, "/")}embed/#${fragment}`,
    location.href,
  );
  const title = name.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${address.href}" title="${title}" width="100%" height="520" style="border:0" loading="lazy" allow="clipboard-write"></iframe>`;
}

interface CopiedProps {
  readonly label: string;
  readonly value: string;
  /** What is said of it until it is copied. */
  readonly note: string;
  readonly name: "share" | "embed";
}

/** A text to take away. */
function Copied({ label, value, note, name }: CopiedProps): ReactElement {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div>
      <div className="pg-row">
        <input
          readOnly
          value={value}
          aria-label={label}
          onFocus={(e) => e.currentTarget.select()}
          {...{ [`data-${name}`]: "" }}
        />
        <button
          type="button"
          className="mw-button mw-primary"
          aria-label={`Copy: ${label}`}
          onClick={() => void copy()}
          autoFocus={name === "share"}
        >
          Copy
        </button>
      </div>
      <p role="status" className="pg-small pg-copied">
        {copied === true
          ? "Copied."
          : copied === false
            ? "The browser did not allow copying: select it and copy it."
            : note}
      </p>
    </div>
  );
}
