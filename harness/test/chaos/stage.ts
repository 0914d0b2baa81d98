/**
 * Everything that one run needs: folders on small disks, a clock, and the processes. In an attached run, engine and peer
 * are separate processes behind relays (story.ts).
 */
import { once } from "node:events";
import { spawn, type ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { mkdirSync, openSync, closeSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { designPackageFile } from "../../src/adapters/node/assets.ts";
import { COMMAND } from "../e2e/built-command.ts";
import { killNow, MARK, markedProcesses, type MarkedProcess } from "./marked-processes.ts";
import { misbehaviour } from "./misbehaviour.ts";
import { MovableClock } from "./movable-clock.ts";
import { Relay } from "./relay.ts";
import { SmallDisk } from "./small-disk.ts";
import { stepsOf, type Run, type Session, type Wire } from "./story.ts";

const DURATION = "8s";
const INTERVAL = "100ms";
export const PLANNED = 80;
const LOOK_AGAIN_MS = 10;
/** Environments are initialised ahead and retired every few seconds, so that a run of eight seconds shows the harm. */
const AHEAD = `name: ahead
aheadElsewhere: { everyMs: [1500, 3000] }
events:
  - { action: retire, selector: most-recent-idle, ending: fin, everyMs: [1500, 3000] }
  - { action: initialise-ahead, everyMs: [1500, 3000] }
`;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export class Stage {
  readonly mark: string;
  readonly run: Run;
  readonly runFolder: string;
  readonly disks: Readonly<Record<"run" | "temporary", SmallDisk>>;
  readonly clock: MovableClock | null;
  readonly relays: Readonly<Record<Wire, Relay>>;
  readonly #base: string;
  #engine: Command | null = null;
  #peer: Command | null = null;
  /** Writes what the peer prints into the peer's log. */
  #peerReader: ChildProcess | null = null;
  #peerReaderEnded: Promise<unknown> = Promise.resolve();
  #peerStarted: Promise<void> = Promise.resolve();
  #abandoned = false;

  constructor(run: Run, base: string, relays: Stage["relays"]) {
    this.run = run;
    this.#base = base;
    this.relays = relays;
    this.mark = `${process.pid}-${run.number}`;
    this.disks = { run: new SmallDisk(join(base, "disk")), temporary: new SmallDisk(join(base, "tmp")) };
    this.runFolder = join(base, "disk", "run");
    const moves = stepsOf(run).some(({ action }) => action.kind === "clock");
    this.clock = moves ? new MovableClock(this.mark) : null;
    mkdirSync(join(base, "data"));
    writeFileSync(join(base, "ahead.yaml"), AHEAD);
  }

  static async relays(): Promise<Stage["relays"]> {
    return { "soak to engine": await Relay.open(), "links to peer": await Relay.open() };
  }

  /** Starts the engine and the peer of an attached run. */
  async open(): Promise<void> {
    if (this.run.engine === "own") return;
    await this.startPeer();
    await this.startEngine();
  }

  processes(): readonly MarkedProcess[] {
    return markedProcesses(this.mark);
  }

  get engine(): Command | null {
    return this.#engine;
  }

  get peer(): Command | null {
    return this.#peer;
  }

  /** Starts the engine of an attached run. The folder of its functions is the same every time. */
  async startEngine(): Promise<void> {
    const port = "--port 0 --json --data-dir data";
    this.#engine = this.command(["serve", ...port.split(" ")]);
    const ready = await readyLine(this.#engine);
    // This engine was killed before it was ready. The action that killed it starts the next one.
    if (ready === null) return;
    const { endpoint } = ready;
    this.relays["soak to engine"].upstream = Number(new URL(String(endpoint)).port);
    void this.#engine.ended.then(() => (this.relays["soak to engine"].upstream = null));
  }

  /** Starts the peer of an attached run, as in `longrun peer --json | cat >> peer.jsonl`. Its log continues in the same file. */
  startPeer(): Promise<void> {
    return (this.#peerStarted = this.#startPeer());
  }

  async #startPeer(): Promise<void> {
    // The reader of the peer that was killed may still have lines of that peer to write. They must not be taken for lines of the new peer.
    await this.#peerReaderEnded;
    const file = openSync(this.#peerLog, "a");
    const from = readFileSync(this.#peerLog, "utf8").length;
    this.#peerReader = spawn("cat", { stdio: ["pipe", file, "ignore"] });
    closeSync(file);
    this.#peerReaderEnded = once(this.#peerReader, "exit");
    this.#peer = this.command(["peer", "--port", "0", "--json"], { out: this.#peerReader.stdin });
    this.#peerReader.stdin?.destroy();
    const ready = await this.#lineAfter(from, this.#peer);
    if (ready === null) return;
    const { port } = ready;
    this.relays["links to peer"].upstream = Number(port);
    void this.#peer.ended.then(() => (this.relays["links to peer"].upstream = null));
  }

  /** Closes the reading end of the peer's standard output: nothing more comes into its log until the peer is started again. */
  async leavePeerUnread(): Promise<void> {
    // A peer that is just starting is known only by the `ready` line in its log.
    await this.#peerStarted;
    this.#peerReader?.kill("SIGKILL");
  }

  soak(resume: boolean, streams: Session["streams"]): Command {
    const { engine, functions, platform, seed } = this.run;
    const plan = ["--platform", platform === "ahead" ? "ahead.yaml" : platform, "--seed", String(seed)];
    const pace = ["--duration", DURATION, "--interval", INTERVAL, "--out", this.runFolder];
    const what =
      engine === "own"
        ? functions.flatMap((name) => ["--function", name])
        : [
            ...["--endpoint", `http://127.0.0.1:${this.relays["soak to engine"].port}`],
            ...functions.flatMap((name) => ["--code", `${name}=${designPackageFile(name)}`]),
            ...["--handler", "handler.handler", "--peer", `127.0.0.1:${this.relays["links to peer"].port}`],
            ...["--peer-log", this.#peerLog],
          ];
    const flags = resume ? ["--resume", this.runFolder] : [...plan, ...pace, ...what];
    return this.command(["soak", ...flags, "--yes", ...this.#functionVariables()], {
      closed: streams === "closed",
    });
  }

  /** Ends the engine and the peer as a user does. */
  async stopServers(): Promise<readonly { readonly name: string; readonly ended: Ended }[]> {
    const servers = [
      { name: "engine", command: this.#engine },
      { name: "peer", command: this.#peer },
    ];
    return Promise.all(
      servers.flatMap(({ name, command }) => {
        if (command === null) return [];
        command.child.kill("SIGTERM");
        return [command.ended.then((ended) => ({ name, ended }))];
      }),
    );
  }

  /** Kills every process of the run. After this, no process can be started. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    for (let left = this.processes(); left.length > 0; left = this.processes()) {
      for (const { id } of left) killNow(id);
      await pause(LOOK_AGAIN_MS);
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.relays).map((relay) => relay.close()));
    this.clock?.close();
    this.disks.run.close();
    this.disks.temporary.close();
  }

  command(
    given: readonly string[],
    {
      closed = false,
      out = null,
      whole = false,
    }: { readonly closed?: boolean; readonly out?: Writable | null; readonly whole?: boolean } = {},
  ): Command {
    if (this.#abandoned) throw new Error("the run was abandoned");
    const program = [process.execPath, COMMAND, ...given];
    // A shell can close the standard streams before the program starts.
    const [file = "", ...rest] = closed ? ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", ...program] : program;
    const child = spawn(file, rest, {
      cwd: this.#base,
      stdio: ["ignore", out ?? "pipe", "pipe"],
      env: {
        ...process.env,
        [MARK]: this.mark,
        TMPDIR: this.disks.temporary.folder,
        ...(this.clock === null ? {} : { NODE_OPTIONS: this.clock.nodeOptions }),
      },
    });
    const texts = { out: "", err: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (texts.err += text));
    const ended = new Promise<Ended>((resolve) => {
      // A process that was left behind may keep the pipes open. So `whole`, which waits for the complete output, is only for commands that
      // start no process.
      child.once(whole ? "close" : "exit", (code: number | null, signal: NodeJS.Signals | null) =>
        setImmediate(() => resolve({ code, signal, ...texts })),
      );
    });
    return { child, ended };
  }

  get #peerLog(): string {
    return join(this.#base, "peer.jsonl");
  }

  #functionVariables(): readonly string[] {
    const { mischief } = this.run;
    const loaded = [
      ...(this.clock === null ? [] : [this.clock.nodeOptions]),
      ...(mischief.length === 0 ? [] : [misbehaviour(this.mark, mischief)]),
    ];
    const variables = {
      [MARK]: this.mark,
      ...(this.run.engine === "own" ? {} : { PEER_PROTOCOL: "longrun" }),
      ...(loaded.length === 0 ? {} : { NODE_OPTIONS: loaded.join(" ") }),
    };
    return Object.entries(variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
  }

  async #lineAfter(from: number, { ended }: Command): Promise<ReadyLine | null> {
    let over = false;
    void ended.then(() => (over = true));
    for (;;) {
      const [line, more] = readFileSync(this.#peerLog, "utf8").slice(from).split("\n");
      if (more !== undefined) return JSON.parse(line ?? "") as ReadyLine;
      if (over) return killedOrThrow(await ended);
      await pause(LOOK_AGAIN_MS);
    }
  }
}

type ReadyLine = Readonly<Record<string, unknown>>;

function killedOrThrow({ code, signal, err }: Ended): null {
  if (signal === "SIGKILL") return null;
  throw new Error(`it ended before it was ready (${signal ?? `exit code ${String(code)}`}): ${err}`);
}

async function readyLine({ child, ended }: Command): Promise<ReadyLine | null> {
  let text = "";
  const lines = (async () => {
    while (!text.includes("\n"))
      text += String((await once(child.stdout as NodeJS.ReadableStream, "data"))[0]);
  })();
  await Promise.race([lines, ended]);
  if (!text.includes("\n")) return killedOrThrow(await ended);
  return JSON.parse(text.split("\n")[0] ?? "") as ReadyLine;
}
