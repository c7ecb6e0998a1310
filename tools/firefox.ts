// Drives a Firefox that is installed, by WebDriver BiDi over its own socket: what the few tests in it need, and no more.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Path of a Firefox: $FIREFOX, or the system's; undefined where there is none. */
export function findFirefox(): string | undefined {
  const explicit = process.env.FIREFOX;
  if (explicit) return existsSync(explicit) ? explicit : undefined;
  for (const name of ["firefox", "firefox-esr"]) {
    const found = spawnSync("which", [name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}

interface Answer {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly method?: string;
  readonly params?: { readonly text?: string; readonly level?: string };
  readonly result?: unknown;
  readonly message?: string;
}

export class Firefox {
  private readonly process: ChildProcess;
  private readonly profile: string;
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, { done(x: unknown): void; failed(e: Error): void }>();
  private nextId = 1;
  private context = "";
  /** Errors that pages wrote to the console or threw. */
  readonly complaints: string[] = [];

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.process = child;
    this.profile = profile;
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => this.heard(JSON.parse(String(data)) as Answer));
  }

  static async start(path: string): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), "firefox-"));
    const child = spawn(
      path,
      ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
      {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, HOME: profile },
      },
    );
    const address = await new Promise<string>((done, failed) => {
      let said = "";
      child.stderr!.on("data", (text: Buffer) => {
        said += String(text);
        const at = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
        if (at) done(`${at[1]}/session`);
      });
      child.on("error", failed);
      child.on("exit", () => failed(new Error(`Firefox ended: ${said}`)));
    });
    const socket = new WebSocket(address);
    await new Promise((done, failed) => {
      socket.addEventListener("open", done);
      socket.addEventListener("error", () => failed(new Error(`no connection to ${address}`)));
    });
    const firefox = new Firefox(child, profile, socket);
    await firefox.send("session.new", { capabilities: {} });
    await firefox.send("session.subscribe", { events: ["log.entryAdded"] });
    const tree = (await firefox.send("browsingContext.getTree", {})) as { contexts: { context: string }[] };
    firefox.context = tree.contexts[0]!.context;
    return firefox;
  }

  private heard(answer: Answer): void {
    if (answer.type === "event") {
      if (answer.params?.level === "error") this.complaints.push(answer.params.text ?? "an error");
      return;
    }
    const waits = this.waiting.get(answer.id!);
    this.waiting.delete(answer.id!);
    if (answer.type === "error") waits?.failed(new Error(answer.message));
    else waits?.done(answer.result);
  }

  private send(method: string, params: object): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  async goto(url: string): Promise<void> {
    await this.send("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  /** The value of an expression in the page, by way of JSON. */
  async value<T>(expression: string): Promise<T> {
    const answer = (await this.send("script.evaluate", {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context: this.context },
      awaitPromise: true,
      userActivation: true,
    })) as { type: string; result?: { value: string }; exceptionDetails?: { text: string } };
    if (answer.type !== "success") throw new Error(answer.exceptionDetails?.text ?? "the expression failed");
    return JSON.parse(answer.result!.value) as T;
  }

  /** Wait until an expression is true. */
  async until(expression: string, milliseconds = 30_000): Promise<void> {
    for (
      const end = Date.now() + milliseconds;
      !(await this.value<boolean>(`(async () => Boolean(await (${expression})))()`));
    ) {
      if (Date.now() > end) throw new Error(`never came true: ${expression}`);
      await new Promise((r) => setTimeout(r, 100));
    }
  }

  /** A click in the middle of an element. */
  async click(selector: string): Promise<void> {
    await this.hover(selector);
    await this.actions("pointer", [
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  /** The pointer in the middle of an element, once it lies still and nothing lies over it. */
  async hover(selector: string): Promise<void> {
    const e = `document.querySelector(${JSON.stringify(selector)})`;
    await this.until(e);
    await this.value(`${e}.scrollIntoView({ block: "center" })`);
    await this.until(`(async () => {
      const frame = () => new Promise((r) => requestAnimationFrame(() => r(${e}?.getBoundingClientRect())));
      const [first, , then] = [await frame(), await frame(), await frame()];
      if (!then?.width || !first || ["x", "y", "width", "height"].some((k) => first[k] !== then[k])) return false;
      const hit = document.elementFromPoint(then.x + then.width / 2, then.y + then.height / 2);
      return ${e}.parentElement.contains(hit);
    })()`);
    const at = await this.value<{ x: number; y: number }>(
      `(() => { const r = ${e}.getBoundingClientRect();
        return { x: Math.round(r.x + r.width / 2), y: Math.round(r.y + r.height / 2) }; })()`,
    );
    await this.actions("pointer", [{ type: "pointerMove", ...at }]);
  }

  /** Keys, one after the other; a chord is its keys in an array. */
  async press(...keys: readonly (string | readonly string[])[]): Promise<void> {
    const of = (type: string, key: string): object => ({ type, value: key });
    await this.actions(
      "key",
      keys.flatMap((k) => {
        const chord = typeof k === "string" ? [k] : k;
        return [...chord.map((c) => of("keyDown", c)), ...chord.toReversed().map((c) => of("keyUp", c))];
      }),
    );
  }

  private actions(type: string, actions: readonly object[]): Promise<unknown> {
    return this.send("input.performActions", {
      context: this.context,
      actions: [{ type, id: type, actions }],
    });
  }

  async close(): Promise<void> {
    await this.send("browser.close", {}).catch(() => undefined);
    this.socket.close();
    const ended = new Promise((done) => this.process.on("exit", done));
    await Promise.race([ended, new Promise((r) => setTimeout(r, 5000))]);
    this.process.kill("SIGKILL");
    rmSync(this.profile, { recursive: true, force: true });
  }
}

/** Keys that have no character, as WebDriver names them. */
export const KEYS = { control: "\uE009", backspace: "\uE003", enter: "\uE007", escape: "\uE00C" } as const;
