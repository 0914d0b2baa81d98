/**
 * Makes V8 compile functions for speed after fewer calls, for a process that serves requests. Node 20 does it only after about a thousand
 * calls or more, so an engine became fast only after several thousand invocations (docs/benchmarks.md#how). Later versions
 * of Node do not know the flag.
 */
import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";

export function compileEarly(): void {
  if (versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=10000");
}
