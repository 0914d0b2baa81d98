/**
 * Whose turn it is to use the processors. Schedules are played many at a time because most of one is waiting; but a process that is
 * starved of its processor misses a time-out which it would have kept, and that is no property of the function.
 */
export interface Turns {
  /** Resolves when it is our turn; call what it gives once the work is done, or when only waiting is left. */
  take(): Promise<() => void>;
}

export function turns(atATime: number): Turns {
  let free = atATime;
  const waiting: (() => void)[] = [];
  const give = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let given = false;
      return () => {
        if (!given) give();
        given = true;
      };
    },
  };
}
