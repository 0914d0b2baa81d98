/**
 * Limits how many plays use the processors at a time. Many schedules are played at once because a play mostly waits; but a process that
 * gets too little processor time runs into a time-out, which would say nothing about the function.
 */
export interface Turns {
  /** Resolves when it is our turn, with the function to call when the work is done or only waiting is left. */
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
