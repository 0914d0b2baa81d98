/**
 * Follows the records of a run's engine. After a restart, or if a killed run is resumed with another engine, it follows the records of the
 * engine that answers.
 */
import { elapsedBefore } from "./drive.ts";
import { EngineRecords, type EngineReading } from "./engine-records.ts";
import { planFrom } from "./plan-from.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

/** `since`: when the engine started. Null for an engine of an older version, which does not say when it started. */
export function followEngine(soak: Soak, since: string | null): void {
  const { input, ports, functions, recorder, service } = soak;
  if (service.control === null) return;
  const from = readingFrom(soak, since);
  if (since !== null) recorder.record({ event: "engine-ready", since, connections: from.connections });
  const find = (label: string): SoakFunction | undefined =>
    functions.find((one) => one.input.label === label);
  soak.engineRecords = new EngineRecords({
    control: service.control,
    store: ports.store,
    labels: new Map(functions.map((one) => [one.input.functionName, one.input.label])),
    from,
    entries: input.plan === null ? 0 : planFrom(input.plan, elapsedBefore(soak)).skipped,
    environments: async (label) => {
      const one = find(label);
      await one?.collector.poll(ports.stop.abort);
      return one?.environments ?? new Set();
    },
    restarted: async (other, connections) => {
      const skipped = (await soak.reloadPlan?.()) ?? 0;
      recorder.record({ event: "engine-ready", since: other, connections });
      ports.progress.say("the engine was restarted: from now on, the records of the new engine are read");
      return skipped;
    },
    forgotten: (list) =>
      recorder.record({
        event: "evidence-problem",
        function: null,
        code: "engine-records-dropped",
        parameters: { list },
      }),
  });
}

function readingFrom({ input: { resume }, engine }: Soak, since: string | null): EngineReading {
  if (resume === null)
    return { since, connections: 0, lastConnection: 0, lastLinks: new Map(), ended: new Set(), lost: false };
  const { lastConnection, endedEnvironments: ended } = resume;
  // Runs of older versions do not say which engine they had. If the run itself had started the engine, the engine ended together with that run.
  const same = engine === null && (resume.engine === null || resume.engine.since === since);
  const lastLinks = [...resume.functions].flatMap(([label, { lastLink }]) =>
    lastLink === null ? [] : [[label, lastLink] as const],
  );
  if (same) {
    const connections = resume.engine?.connections ?? 0;
    return { since, lastConnection, ended, connections, lastLinks: new Map(lastLinks), lost: false };
  }
  // The engine that ended may not have reported its last connections. One connection number is left out, which shows the judgement that connections may be missing.
  return { since, lastConnection, ended, connections: lastConnection + 1, lastLinks: new Map(), lost: true };
}
