/**
 * Runs a fleet (the environments of an engine) in a separate process, which a test kills. Prints the process ids of a frozen environment
 * and of an environment in which an invocation is in flight, whose function has started processes of its own.
 */
import { createFleet } from "../../../src/engine/scheduling/fleet.ts";
import { MemoryLogSink } from "./memory-log-sink.ts";
import { systemClock } from "./system-clock.ts";
import { invokeRequest, testSnapshot } from "./test-fleet.ts";

const [dataFolder = "", bootstrapFile = "", codeFolder = "", isolation, seconds] = process.argv.slice(2);
const logs = new MemoryLogSink();
const fleet = await createFleet({
  dataFolder,
  isolation: isolation === "none" ? "none" : "namespaces",
  bootstrapFile,
  links: [],
  logs,
  clock: systemClock,
});
fleet.put(testSnapshot({ codeFolder }));
await fleet.initialiseAhead("probe");
fleet.placeNext("probe", { placement: "new" });
void fleet.invoke("probe", "$LATEST", invokeRequest({ seconds, then: "hang" }));
await logs.seen("started");
process.stdout.write(`${JSON.stringify(fleet.environments().map((one) => one.processId))}\n`);
setInterval(() => undefined, 1_000);
