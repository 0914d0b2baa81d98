/**
 * Runs a fleet (the environments of an engine) in a separate process, which a test kills. Prints three process ids: of a frozen environment,
 * of an environment with an invocation in flight, and of a child process that the function started.
 */
import { createFleet } from "../../../src/engine/scheduling/fleet.ts";
import { MemoryLogSink } from "./memory-log-sink.ts";
import { systemClock } from "./system-clock.ts";
import { invokeRequest, testSnapshot } from "./test-fleet.ts";

const [dataFolder = "", bootstrapFile = "", codeFolder = ""] = process.argv.slice(2);
const logs = new MemoryLogSink();
const fleet = await createFleet({
  dataFolder,
  isolation: "auto",
  bootstrapFile,
  links: [],
  logs,
  clock: systemClock,
});
fleet.put(testSnapshot({ codeFolder }));
await fleet.initialiseAhead("probe");
fleet.placeNext("probe", { placement: "new" });
void fleet.invoke("probe", "$LATEST", invokeRequest({ hang: true }));
const line = await logs.seen("child ");
process.stdout.write(
  JSON.stringify({
    environments: fleet.environments().map((one) => one.processId),
    child: Number(/child (\d+)/.exec(line)?.[1]),
  }) + "\n",
);
setInterval(() => undefined, 1_000);
