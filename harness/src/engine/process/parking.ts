/** Decides which part of a function's environment can be prepared before the environment is needed. Pure. */
import type { ParkRule } from "../../runtimes/runtime-family.ts";
import { WRAPPER_VARIABLE } from "./wrapped-program.ts";

export interface ParkingFacts {
  /** The customer's variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly hasExtensions: boolean;
  /** Whether AWS_LAMBDA_EXEC_WRAPPER names a program that starts the runtime. */
  readonly isWrapped: boolean;
  /** How a process that has loaded the client waits. Null if the function's client or family cannot do this; then at most a shell waits. */
  readonly rule: ParkRule | null;
}

export interface Parking {
  /** The process that waits: none, a shell that then becomes the program, or the runtime's own process with the client loaded. */
  readonly process: "none" | "shell" | "client";
  /** If less is prepared than for other functions of the family: the reason, as a text that follows the function's name. Else null. */
  readonly slow: string | null;
}

export function parkingOf({ environment, hasExtensions, isWrapped, rule }: ParkingFacts): Parking {
  const names = Object.keys(environment);
  if (hasExtensions || names.some((name) => name.startsWith("LD_")))
    return {
      process: "none",
      slow: "no environment is prepared ahead, because its extensions, or the libraries that its LD_… variables name, must be loaded first",
    };
  if (rule === null) return { process: "shell", slow: null };
  const read = names.filter((name) => rule.readsAtStart.test(name));
  const needed = isWrapped ? [WRAPPER_VARIABLE] : read;
  if (needed.length === 0) return { process: "client", slow: null };
  return {
    process: "shell",
    slow: `the runtime is started only at a cold start and not ahead, because the function sets ${needed.join(", ")}`,
  };
}
