/**
 * Makes one call of the engine to the system fail, of those that open, read, write, remove or start something. Calls of the test and of the
 * libraries never fail.
 */
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const SYNC = [
  "openSync",
  "readSync",
  "readFileSync",
  "writeFileSync",
  "writeSync",
  "ftruncateSync",
  "fstatSync",
  "fchmodSync",
  "renameSync",
  "mkdirSync",
  "chmodSync",
  "readdirSync",
  "rmSync",
  "realpathSync",
  "statSync",
] as const;
const ASYNC = [
  "open",
  "mkdir",
  "mkdtemp",
  "link",
  "rm",
  "rmdir",
  "unlink",
  "rename",
  "chmod",
  "lstat",
  "readdir",
  "readFile",
  "writeFile",
  "symlink",
  "realpath",
  "cp",
] as const;

/** Of files that `open` has opened. */
const OF_FILE = ["writeFile", "sync"] as const;

type Call = (...given: unknown[]) => unknown;

export class FailingCalls {
  /** The call that failed, for messages; null as long as none did. */
  failed: string | null = null;
  code = "EMFILE";
  #chooses: ((call: string) => boolean) | null = null;
  readonly #restore: (() => void)[] = [];

  /** `file` is any open file. */
  constructor(file: fs.promises.FileHandle | null = null) {
    for (const name of SYNC)
      this.#replace(fs, name, (fail) => {
        throw fail;
      });
    for (const name of ASYNC) this.#replace(fs.promises, name, (fail) => Promise.reject(fail));
    if (file !== null)
      for (const name of OF_FILE)
        this.#replace(Reflect.getPrototypeOf(file) ?? {}, name, (fail) => Promise.reject(fail));
    this.#replace(childProcess, "spawn", (fail) => {
      throw fail;
    });
    syncBuiltinESMExports();
  }

  /** The next call for which `chooses` returns true fails; later calls succeed. */
  arm(chooses: (call: string) => boolean): void {
    this.failed = null;
    this.#chooses = chooses;
  }

  disarm(): void {
    this.#chooses = null;
  }

  close(): void {
    for (const undo of this.#restore) undo();
    syncBuiltinESMExports();
  }

  #replace(module: object, name: string, fail: (error: Error) => unknown): void {
    const own = Reflect.get(module, name) as Call;
    const chosen = (given: readonly unknown[]): Error | null => {
      const place = this.#chooses === null ? null : callerInEngine();
      const call = `${name} at ${place ?? ""}`;
      if (place === null || this.#chooses?.(call) !== true) return null;
      this.#chooses = null;
      this.failed = call;
      const error = new Error(`${this.code}: injected, ${name}`);
      // As of Node: the error of a call with a descriptor names no path.
      const path = typeof given[0] === "string" ? { path: given[0] } : {};
      return Object.assign(error, { code: this.code, syscall: name, ...path });
    };
    const replacement = function (this: unknown, ...given: unknown[]): unknown {
      const error = chosen(given);
      return error === null ? Reflect.apply(own, this ?? module, given) : fail(error);
    };
    Reflect.set(module, name, Object.assign(replacement, own));
    this.#restore.push(() => Reflect.set(module, name, own));
  }
}

/** Returns the file of the engine that makes the call; null if another program makes it. */
function callerInEngine(): string | null {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 5;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  return /harness\/src\/(engine\/[^\s)]+)/.exec(stack.split("\n").slice(4).join("\n"))?.[1] ?? null;
}
