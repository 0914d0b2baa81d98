/** For the engine: what functions of a runtime run on, looked for once and only when a function of it comes. */
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../runtimes/interpreter.ts";
import { nodeFor } from "./node/runtime-nodes.ts";
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";

type Find = (runtime: string, environment: EnvironmentVariables) => Interpreter | null;

/** By the name of the family. */
const FINDERS: Readonly<Record<string, Find>> = { node: nodeFor };

/** Null: packages of the runtime bring their own program, or this machine has no interpreter for it. */
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
