/** For the engine: finds the interpreter of a runtime, once, when its first function is made. */
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../runtimes/interpreter.ts";
import { nodeFor } from "./node/runtime-nodes.ts";
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";

type Find = (runtime: string, environment: EnvironmentVariables) => Interpreter | null;

/** By the name of the family. */
const FINDERS: Readonly<Record<string, Find>> = { node: nodeFor };

/** Gives null if packages of the runtime have their own program, or if this machine has no interpreter for it. */
export function interpreterOf(environment: EnvironmentVariables): (runtime: string) => Interpreter | null {
  const known = new Map<string, Interpreter | null>();
  return (runtime) => {
    const found = known.get(runtime);
    if (found !== undefined) return found;
    const find = FINDERS[findRuntime(runtime)?.family.name ?? ""];
    const interpreter = find === undefined ? null : find(runtime, environment);
    known.set(runtime, interpreter);
    return interpreter;
  };
}
