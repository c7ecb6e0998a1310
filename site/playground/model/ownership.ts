// One tab works on a workspace at a time: a Web Lock says who, and tabs ask each other over a channel.
//
// A tab that wants a workspace from another asks for it; the other saves, lets go and says so. One that does not answer
// (it hangs, or its computer slept) is robbed of the lock after a while.
export interface OwnershipEvents {
  /** Another tab asks for the workspace: save, then it is let go. */
  readonly onLose: () => Promise<void>;
  /** The tab that had it is gone or let go: it is this one's now. */
  readonly onGain: () => void;
}

const PATIENCE = 1500;

export class Ownership {
  private readonly events: OwnershipEvents;
  private channel: BroadcastChannel | undefined;
  private id: string | undefined;
  private letGo: (() => void) | undefined;
  private waiting: AbortController | undefined;

  constructor(events: OwnershipEvents) {
    this.events = events;
  }

  /** Take a workspace if no other tab has it. @returns whether it is this tab's; if not, onGain tells when it becomes so */
  async claim(id: string): Promise<boolean> {
    this.release();
    this.id = id;
    if (!("locks" in navigator)) return true;
    this.channel = new BroadcastChannel(`mapped:${id}`);
    this.channel.onmessage = (m) => {
      if (m.data === "give" && this.letGo) void this.give();
    };
    if (await this.lock({ ifAvailable: true })) return true;
    this.queue();
    return false;
  }

  /** Take it from the tab that has it. */
  async takeOver(): Promise<void> {
    if (this.id === undefined || !this.channel) return;
    const id = this.id;
    this.waiting?.abort();
    this.channel.postMessage("give");
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const given = await this.lock({ signal: patience.signal });
    clearTimeout(timer);
    if (!given && this.id === id) await this.lock({ steal: true });
  }

  release(): void {
    this.waiting?.abort();
    this.waiting = undefined;
    this.letGo?.();
    this.letGo = undefined;
    this.channel?.close();
    this.channel = undefined;
    this.id = undefined;
  }

  private async give(): Promise<void> {
    await this.events.onLose();
    this.letGo?.();
    this.letGo = undefined;
    this.queue();
  }

  /** Stand in line for the lock. */
  private queue(): void {
    const waiting = new AbortController();
    this.waiting = waiting;
    void this.lock({ signal: waiting.signal }).then((got) => got && this.events.onGain());
  }

  /** Resolves when the lock is held, or with false when it is not to be had. */
  private lock(options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      let held = false;
      navigator.locks
        .request(`mapped:workspace:${this.id}`, options, (lock) => {
          resolve(lock !== null);
          if (lock === null) return;
          held = true;
          return new Promise<void>((done) => (this.letGo = done));
        })
        .catch(() => {
          // aborted while it waited, or robbed by a tab that waited long enough
          resolve(false);
          if (held) {
            this.letGo = undefined;
            void this.events.onLose();
            this.queue();
          }
        });
    });
  }
}
