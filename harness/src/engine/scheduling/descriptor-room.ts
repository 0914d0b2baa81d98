/**
 * Refuses new execution environments before the engine's own limit of open files is reached: beyond it nothing works any more, neither its
 * log nor its answers. The counts are known on Linux only; on other systems an environment is refused when the system refuses it a
 * descriptor.
 */
import { readdirSync } from "node:fs";
import { openFilesMax } from "../open-files-max.ts";

/** The pipes of two processes, the sockets of its APIs and of one link, and the connections to both. */
const NEEDED = 16;
/** For requests, log files and packages. */
const KEPT = 32;

export class NoDescriptorsError extends Error {
  override readonly name = "NoDescriptorsError";
}

export class DescriptorRoom {
  readonly #limit = openFilesMax();
  #starting = 0;

  /** Throws NoDescriptorsError if there is no room. `started` must be called when the environment has opened what it needs, or has ended. */
  enter(): { started(): void } {
    const limit = this.#limit;
    if (limit !== null) {
      const open = openFiles();
      if (limit - open - this.#starting * NEEDED < NEEDED + KEPT)
        throw refused(`${open} files are open, and the limit is ${limit}`);
    }
    this.#starting += 1;
    let isStarting = true;
    return {
      started: () => {
        if (isStarting) this.#starting -= 1;
        isStarting = false;
      },
    };
  }
}

/** Turns the system's own refusal into ours; returns any other error unchanged. */
export function asRefusal(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "EMFILE" || code === "ENFILE" ? refused(message) : error;
}

const refused = (why: string): NoDescriptorsError =>
  new NoDescriptorsError(
    `no file descriptors are left for another execution environment (${why}); ulimit -n raises the limit`,
  );

function openFiles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch (error) {
    throw asRefusal(error);
  }
}
