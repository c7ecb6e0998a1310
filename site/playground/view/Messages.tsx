// What the reader should know: states that last (storage refused, another tab, an engine that died) and the last message.
import type { ReactElement } from "react";
import { IconButton } from "./IconButton.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

export function Messages({ onDownload }: { readonly onDownload: () => void }): ReactElement {
  const desk = useDesk();
  const { mine, saving, engine, notice, open } = useDeskState("mine", "saving", "engine", "notice", "open");
  const download = (
    <button type="button" className="mw-button" onClick={onDownload}>
      Download as zip
    </button>
  );
  return (
    <div className="pg-messages">
      {open && !mine && (
        <div className="pg-message" role="alert" data-message="elsewhere">
          <p>
            This workspace is open in another tab, so it can only be read here. Take it over, and the other
            tab saves and lets go; or work on a copy.
          </p>
          <button type="button" className="mw-button mw-primary" onClick={() => void desk.takeOver()}>
            Take over here
          </button>
          <button type="button" className="mw-button" onClick={() => void desk.copyCurrent()}>
            Make a copy
          </button>
        </div>
      )}
      {saving.state === "memory" && (
        <div className="pg-message" role="alert" data-message="memory">
          <p>
            This browser lets the page keep nothing (a private window, or storage is blocked): what you write
            is here while this tab is open. Download it, or make a link with Share, to have it later.
          </p>
          {download}
        </div>
      )}
      {saving.state === "failed" && (
        <div className="pg-message pg-message-bad" role="alert" data-message="unsaved">
          <p>
            {saving.full
              ? "The browser has no room left for this site, so the last changes are not saved. They stay while this tab is open: download them, or delete a workspace and go on."
              : `The last changes could not be saved (${saving.reason}). They stay while this tab is open, and saving is tried again with every change.`}
          </p>
          {download}
          <button type="button" className="mw-button" onClick={() => void desk.save()}>
            Try again
          </button>
        </div>
      )}
      {engine.state === "failed" && (
        <div className="pg-message pg-message-bad" role="alert" data-message="engine">
          <p>{whyEngine(engine.stage, engine.message)} Your files are safe.</p>
          <button type="button" className="mw-button mw-primary" onClick={() => desk.client.restart()}>
            Start again
          </button>
        </div>
      )}
      {notice && (
        <div
          className={notice.tone === "bad" ? "pg-message pg-message-bad" : "pg-message"}
          role={notice.tone === "bad" ? "alert" : "status"}
          data-message="notice"
          key={notice.id}
        >
          <p>{notice.text}</p>
          {notice.actions.map((a) => (
            <button key={a.label} type="button" className="mw-button" onClick={a.run}>
              {a.label}
            </button>
          ))}
          <IconButton
            icon="close"
            label="Dismiss this message"
            title="Dismiss"
            onClick={() => desk.dismiss()}
          />
        </div>
      )}
    </div>
  );
}

function whyEngine(stage: string, message: string): string {
  if (stage === "sqlite")
    return `SQLite could not be loaded (${message}). Check the connection; a filter that blocks WebAssembly (.wasm) would do this too.`;
  if (/could not be loaded/.test(message))
    return "The engine could not be loaded. Check the connection, or whether something blocks scripts of this site.";
  return `The engine ended unexpectedly: ${message}.`;
}
