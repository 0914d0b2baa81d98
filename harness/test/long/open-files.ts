/**
 * Decides whether the number of open files of a process grows with the number of invocations. The engine has pipes and sockets open for
 * each live environment, and the number of live environments changes all the time. So only samples with the same number of child processes
 * are compared. A file that is never closed is in all later samples. Files that are open for a moment are only in some of them, so the
 * lowest and the highest tenth of the samples do not count. Pure.
 */
export interface FilesSample {
  readonly files: number;
  /** The number of child processes. Each live environment of the engine has at least one. */
  readonly children: number;
}

/** The usual numbers of open files while the process has a given number of child processes. */
export interface UsualFiles {
  readonly children: number;
  readonly early: { readonly least: number; readonly most: number };
  readonly late: { readonly least: number; readonly most: number };
}

/** A part has at least this many samples. Fewer do not show how many open files are usual. */
const ENOUGH = 10;

/** A difference of up to this many open files is no leak: a process may open this many once, early or late, and keep them open. */
const ONCE = 2;

/**
 * Skips the first tenth of the samples. Of the others, takes those with one number of child processes, and compares the two tenths from
 * about the first one on with the two tenths up to about the last one. Returns one comparison for each number of child processes, in
 * ascending order. A number is left out if the two parts overlap, or if one of them has too few samples.
 */
export function usualFiles(samples: readonly FilesSample[]): readonly UsualFiles[] {
  const tenth = Math.floor(samples.length / 10);
  const counted = samples.map((sample, at) => ({ ...sample, at })).slice(tenth);
  const numbers = [...new Set(counted.map(({ children }) => children))].sort((a, b) => a - b);
  return numbers.flatMap((children) => {
    const own = counted.filter((sample) => sample.children === children);
    // The very first and last samples of a number can be far away from the others.
    const [first, last] = [own[ENOUGH - 1], own.at(-ENOUGH)].map((sample) => sample?.at);
    if (first === undefined || last === undefined || last - first + 1 < 4 * tenth) return [];
    const [early, late] = [
      usual(own.filter(({ at }) => at < first + 2 * tenth)),
      usual(own.filter(({ at }) => at > last - 2 * tenth)),
    ];
    return early === null || late === null ? [] : [{ children, early, late }];
  });
}

/** Whether the comparison shows a leak: nearly all late samples have more open files than nearly all early samples. */
export function showsLeak({ early, late }: UsualFiles): boolean {
  return late.least > early.most + ONCE;
}

function usual(samples: readonly FilesSample[]): UsualFiles["early"] | null {
  const files = samples.map((one) => one.files).sort((a, b) => a - b);
  const tenth = Math.floor(files.length / 10);
  const [least, most] = [files[tenth], files[files.length - 1 - tenth]];
  return files.length < ENOUGH || least === undefined || most === undefined ? null : { least, most };
}
