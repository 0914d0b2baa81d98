/**
 * Performs the actions of the story while a soak runs. What an action broke is repaired after as many further invocations as the story says,
 * or when the soak has ended. The story (story.ts) says which runs there are and what happens to them; a seed decides the story.
 */
import type { JournalWatch } from "./journal-watch.ts";
import { killNow, type MarkedProcess } from "./marked-processes.ts";
import type { Command, Stage } from "./stage.ts";
import { stepText, type Action, type Moment, type Step } from "./story.ts";

const LOOK_AGAIN_MS = 10;

export class SessionActions {
  readonly notDone: string[] = [];
  kills = 0;
  /** Whether any action was done. */
  done = false;
  killedSoak = false;
  readonly #stage: Stage;
  readonly #soak: Command;
  readonly #watch: JournalWatch;
  #over = false;
  readonly #mending: Promise<void>[] = [];
  #step = 0;
  #steps: readonly Step[] = [];

  constructor(stage: Stage, soak: Command, watch: JournalWatch) {
    this.#stage = stage;
    this.#soak = soak;
    this.#watch = watch;
    void soak.ended.then(() => (this.#over = true));
  }

  async perform(steps: readonly Step[]): Promise<void> {
    this.#steps = steps;
    for (const step of steps) {
      await this.#until(step.at);
      if (this.#over) return;
      const why = await this.#act(step.action);
      if (why !== null) this.notDone.push(`${stepText(step)}: ${why}`);
      this.#step += 1;
    }
  }

  /** Called when the soak has ended: mends what is still broken. */
  async end(): Promise<void> {
    this.notDone.push(
      ...this.#steps.slice(this.#step).map((step) => `${stepText(step)}: the soak had ended`),
    );
    await Promise.all(this.#mending);
    for (const relay of Object.values(this.#stage.relays)) relay.mend();
    this.#stage.disks.run.free();
    this.#stage.disks.temporary.free();
  }

  async #until(at: Moment): Promise<void> {
    if (at.event === "start") return void (await new Promise((resolve) => setTimeout(resolve, at.afterMs)));
    await this.#orEnd(this.#watch.more(at));
  }

  /** Returns why the action could not be done, or null. */
  async #act(action: Action): Promise<string | null> {
    const why = await this.#try(action);
    if (why === null) this.done = true;
    return why;
  }

  async #try(action: Action): Promise<string | null> {
    const { relays, disks, clock } = this.#stage;
    switch (action.kind) {
      case "kill":
        return this.#kill(action);
      case "cut":
        relays[action.wire].cut(action.how);
        this.#later(action.lasting, () => relays[action.wire].mend());
        return null;
      case "slow":
        relays[action.wire].delayMs = action.byMs;
        this.#later(action.lasting, () => relays[action.wire].mend());
        return null;
      case "fill":
        return disks[action.disk].fill() ? null : "only root can mount a small disk";
      case "clock":
        clock?.move(action.byMs);
        return null;
      case "unread": {
        if (action.of === "peer") await this.#stage.leavePeerUnread();
        const { child } = (action.of === "soak" ? null : this.#stage[action.of]) ?? this.#soak;
        child.stdout?.destroy();
        child.stderr?.destroy();
        return null;
      }
    }
  }

  async #kill({ victim, which, downFor }: Action & { readonly kind: "kill" }): Promise<string | null> {
    const found = await this.#victims(victim);
    const chosen = found[which % Math.max(1, found.length)];
    if (chosen === undefined) return "there was no such process";
    killNow(chosen.id);
    this.kills += 1;
    this.killedSoak ||= victim === "soak";
    const { engine, peer } = this.#stage;
    if (chosen.id === engine?.child.pid)
      this.#later(downFor, () => engine.ended.then(() => this.#stage.startEngine()));
    if (chosen.id === peer?.child.pid)
      this.#later(downFor, () => peer.ended.then(() => this.#stage.startPeer()));
    return null;
  }

  /** Waits until there is a victim or the soak has ended. */
  async #victims(victim: (Action & { readonly kind: "kill" })["victim"]): Promise<readonly MarkedProcess[]> {
    for (;;) {
      const found = this.#stage.processes().filter((one) => isVictim(one, victim));
      if (found.length > 0 || this.#over) return found;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** Calls `mend` when this number of further invocations was sent, or when the soak has ended. */
  #later(invocations: number, mend: () => Promise<void> | void): void {
    this.#mending.push(
      this.#orEnd(this.#watch.more({ event: "invocation-sent", count: invocations })).then(mend),
    );
  }

  async #orEnd(moment: Promise<void>): Promise<void> {
    await Promise.race([moment, this.#soak.ended]);
  }
}

function isVictim(
  { arguments: words, logStream }: MarkedProcess,
  victim: (Action & { readonly kind: "kill" })["victim"],
): boolean {
  if (victim === "function") return logStream !== null && words[0]?.endsWith("node") === true;
  const command = victim === "engine" ? "serve" : victim;
  // The helper that sets the parent-death signal has the same arguments until it executes the program. It is not a victim.
  return logStream === null && words[0]?.endsWith("node") === true && words.includes(command);
}
