/** Limits how many plays use the processors at the same time. A process that gets too little processor time runs into a time-out. */
export interface Turns {
  /** Resolves when a turn is free. The returned function is to be called when the work is done or only waits. */
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
