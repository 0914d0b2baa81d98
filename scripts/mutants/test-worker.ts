/** A process that runs tests (test-process.ts), seen from the script. It ends with the first run that takes too long. */
import { fork, type ChildProcess } from "node:child_process";
import { env } from "node:process";
import type { RunTests, TestMessage, TestName } from "./messages.ts";

export interface Loaded {
  readonly tests: readonly TestName[];
  readonly asked: readonly number[];
}

export interface TestTime {
  readonly ms: number;
  readonly passed: boolean;
  readonly asked: readonly number[];
}

export interface RunEnd {
  /** The first test that failed. Null if none did. */
  readonly failed: string | null;
  /** Only the tests that ended. */
  readonly times: ReadonlyMap<number, TestTime>;
}

/** How many milliseconds pass until a test, or the loading (null), counts as endless. */
export type TimeLimit = (test: number | null) => number;

export class TestWorker {
  readonly #child: ChildProcess;
  readonly #limit: TimeLimit;
  #timer: NodeJS.Timeout | null = null;
  #listener: ((message: TestMessage | { readonly message: "gone"; readonly why: string }) => void) | null =
    null;
  #gone: string | null = null;

  /** `files` are bundled files; the first one is the program. */
  constructor(
    { program, arguments: given }: { readonly program: string; readonly arguments: readonly string[] },
    limit: TimeLimit,
  ) {
    this.#limit = limit;
    this.#child = fork(program, given, {
      execArgv: ["--max-semi-space-size=64", "--max-old-space-size=2000"],
      env: { ...env, LONGRUN_TEST_ALL: "few" },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child.on("message", (message) => this.#listener?.(message as TestMessage));
    this.#child.once("exit", (code, signal) => {
      this.#gone ??= `the process ended (${signal ?? code})`;
      this.#listener?.({ message: "gone", why: this.#gone });
    });
  }

  get isGone(): boolean {
    return this.#gone !== null;
  }

  /** Null if the files could not be loaded. */
  loaded(): Promise<Loaded | null> {
    this.#watch(null);
    return new Promise((resolve) => {
      this.#listener = (message) => {
        if (message.message !== "loaded" && message.message !== "gone") return;
        this.#stop();
        resolve(message.message === "loaded" ? message : null);
      };
      if (this.#gone !== null) resolve(null);
    });
  }

  run(what: RunTests): Promise<RunEnd> {
    const times = new Map<number, TestTime>();
    this.#watch(null);
    return new Promise((resolve) => {
      const end = (failed: string | null): void => {
        this.#stop();
        resolve({ failed, times });
      };
      this.#listener = (message) => {
        if (message.message === "test-begun") this.#watch(message.test);
        else if (message.message === "test-ended") times.set(message.test, message);
        else if (message.message === "run-ended") end(message.failed);
        else if (message.message === "gone") end(message.why);
      };
      if (this.#gone !== null) end(this.#gone);
      else this.#child.send(what);
    });
  }

  end(): void {
    this.#stop();
    this.#child.kill("SIGKILL");
  }

  #watch(test: number | null): void {
    this.#stop();
    this.#timer = setTimeout(() => {
      this.#gone = "it did not end in time";
      this.#child.kill("SIGKILL");
    }, this.#limit(test));
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
