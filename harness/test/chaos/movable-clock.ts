/**
 * A wall clock that can be moved for the processes of one run: Node loads a module that adds the number in a file to the current time
 * that `Date` gives. All processes of the run, also those of the functions, see the same file, so that they have one clock, as on one
 * machine. The monotonic clock is not moved.
 */
import { closeSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The number always has this length, so that a reader never sees half of it. */
const DIGITS = 16;

export class MovableClock {
  readonly #path: string;
  readonly #file: number;
  #byMs = 0;

  constructor(name: string) {
    // In an environment with namespaces, /tmp is the environment's own, so its processes would not see a file of our /tmp.
    this.#path = join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), `longrun-chaos-clock-${name}`);
    this.#file = openSync(this.#path, "w");
    this.move(0);
  }

  move(byMs: number): void {
    this.#byMs += byMs;
    writeSync(this.#file, String(this.#byMs).padStart(DIGITS), 0);
  }

  get nodeOptions(): string {
    return `--import=data:text/javascript;base64,${Buffer.from(preload(this.#path)).toString("base64")}`;
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
  }
}

function preload(path: string): string {
  return `import { openSync, readSync } from "node:fs";
const file = openSync(${JSON.stringify(path)}, "r");
const digits = Buffer.alloc(${DIGITS});
const Real = Date;
const realNow = Real.now.bind(Real);
Real.now = () => realNow() + (readSync(file, digits, 0, ${DIGITS}, 0), Number(digits.toString("latin1")));
globalThis.Date = new Proxy(Real, {
  construct: (date, values, made) => Reflect.construct(date, values.length === 0 ? [date.now()] : values, made),
  apply: (date) => new date(date.now()).toString(),
});`;
}
