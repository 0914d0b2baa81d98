import { cloudwatchLogSource } from "../../adapters/aws/cloudwatch-log-source.ts";
import { engineControlClient } from "../../adapters/aws/engine-control-client.ts";
import { functionChanges } from "../../adapters/aws/function-changes.ts";
import { lambdaDriver } from "../../adapters/aws/lambda-driver.ts";
import { localDeployer } from "../../adapters/aws/local-deployer.ts";
import { serviceConnection, type ServiceConnection } from "../../adapters/aws/service-connection.ts";
import { engineProcess } from "../../adapters/node/engine-process.ts";
import { JudgeProcess } from "../../adapters/node/judge-process.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { startPeer } from "../../peer/peer.ts";
import { removeAbandonedDataFolders } from "../../engine/process/running/temporary-data-folder.ts";
import type { Judge } from "../../run/ports/judge.ts";
import type { MetricSource } from "../../run/ports/metric-source.ts";
import type { Metrics } from "../../run/ports/metrics.ts";
import type { Progress } from "../../run/ports/progress.ts";
import type { ServerLogFiles } from "../../run/ports/server-log-files.ts";
import type { RunStore } from "../../run/ports/run-store.ts";
import { linkPlace } from "../../settings/link-setting.ts";
import type { PeerLink } from "../../settings/peer-links.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { linkText, resolvedNameText } from "../../settings/value-parsers.ts";
import type { LambdaService, SoakPorts } from "../../run/soak-input.ts";
import type { Stop } from "../../run/stop.ts";
import { wantsColour, type Machine } from "../machine.ts";

export function soakPorts(
  machine: Machine,
  settings: SoakSettings,
  parts: {
    readonly store: RunStore;
    readonly stop: Stop;
    readonly progress: Progress;
    readonly serverLogs: ServerLogFiles | null;
    readonly metrics: Metrics | null;
  },
): SoakPorts {
  const ownEngine = settings.target === "local" && settings.endpoint === null;
  return {
    ...parts,
    clock: systemClock,
    engine: ownEngine
      ? engineProcess({
          serveArguments: [
            ...["--platform", "calm", ...settings.links.flatMap(linkArguments)],
            ...["--runtime-client", settings.runtimeClient],
            ...(settings.launcher === null ? [] : ["--launcher", settings.launcher]),
          ],
          environment: machine.environment,
          say: (line) => parts.progress.say(line),
          cleanUp: removeAbandonedDataFolders,
        })
      : null,
    connect: (endpoint) => connect(settings, endpoint),
    peers: {
      start: ({ admission, capacity, idleTimeout, log }) =>
        startPeer({
          host: "127.0.0.1",
          port: 0,
          admission,
          capacity,
          idleTimeoutMs: idleTimeout,
          replyLatencyMs: 0,
          clock: systemClock,
          log,
        }),
    },
    judge: runJudge(machine, parts.store.folder),
  };
}

/** The judge of the run in this folder. Its text is for standard output. */
export function runJudge(machine: Machine, folder: string): Judge {
  const colour = wantsColour(machine, machine.stdout) ? ["--colour"] : [];
  return new JudgeProcess({
    arguments: ["judge", folder, "--columns", String(machine.stdout.columns), ...colour],
    environment: machine.environment,
  });
}

function connect(
  {
    region,
    interval,
    reservedConcurrency,
  }: Pick<SoakSettings, "region" | "interval" | "reservedConcurrency">,
  endpoint: string | null,
): LambdaService {
  const connection = serviceConnection({ region, endpoint });
  return {
    driver: lambdaDriver(connection, { everyMs: interval, inFlight: reservedConcurrency }),
    deployer: localDeployer(connection),
    changes: functionChanges(connection),
    logs: cloudwatchLogSource(connection),
    metrics: endpoint === null ? metricsOfAws(connection) : null,
    control: endpoint === null ? null : engineControlClient({ ...connection, endpoint }),
  };
}

/** The client is loaded when metrics are read, at the end of a run. */
function metricsOfAws(connection: ServiceConnection): MetricSource {
  let source: MetricSource | null = null;
  return {
    read: async (...asked) => {
      const { cloudwatchMetricSource } = await import("../../adapters/aws/cloudwatch-metric-source.ts");
      source ??= cloudwatchMetricSource(connection);
      return source.read(...asked);
    },
    close: () => source?.close(),
  };
}

function linkArguments(one: PeerLink): readonly string[] {
  const { name, resolve, protocol } = one;
  const ofPeer = name === null ? "" : `${name}=`;
  return [
    ...["--link", `${ofPeer}${linkText(linkPlace(one))}`, "--protocol", `${ofPeer}${protocol}`],
    ...(resolve === null ? [] : ["--resolve", resolvedNameText(resolve)]),
  ];
}
