/**
 * Takes out of `process.execArgv` the flag that Lambda does not give to Node (catalogue/runtimes/node.ts), so that the function does not see it and
 * the processes that it forks do not get it.
 */
export function hideFlags(): void {
  process.execArgv = process.execArgv.filter((flag) => !flag.startsWith("--v8-pool-size="));
}
