import { capacityOf, DEFAULT_CAPACITY } from "../../words/capacity.ts";
import { COPY_PREFIX } from "../../provoke/mark.ts";
import type { LeverStep } from "../../words/lever.ts";
import type { Manifest } from "../../record/manifest.ts";
import type { Plan } from "../../record/plan-file.ts";
import { needsLeaseTable, type FunctionChoice } from "../../settings/function-choice.ts";
import { linkPlace } from "../../settings/link-setting.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import type { ResumePoint } from "../../run/resume-point.ts";
import { settingsOfRun, type FunctionInput, type SoakInput } from "../../run/soak-input.ts";
import { durationMs } from "../../base/time.ts";
import type { LoadedInputs } from "./load-inputs.ts";

interface InputParts {
  readonly run: string;
  readonly settings: SoakSettings;
  readonly inputs: LoadedInputs;
  readonly plan: Plan | null;
  readonly manifest: Manifest;
  readonly functionNames: ReadonlyMap<string, string>;
  readonly resume: ResumePoint | null;
  /** Variables in which lease-connect finds its table. Null if no function needs a table. */
  readonly leaseTable: Readonly<Record<string, string>> | null;
  /** The steps of `replay --target aws`. */
  readonly schedule?: readonly LeverStep[] | null;
}

/**
 * Returns the names for the Lambda API, by label. An engine that the user started, and an account, may have other functions, so the run's
 * name is added to what the run makes there. A resumed run keeps the names, because such an engine still has the functions with their logs.
 */
export function functionNames(
  settings: Pick<SoakSettings, "functions" | "endpoint" | "copy">,
  run: string,
  resumed: Pick<Manifest, "functions"> | null,
): ReadonlyMap<string, string> {
  if (resumed !== null) return new Map(resumed.functions.map((one) => [one.name, one.functionName]));
  const shared = settings.endpoint !== null;
  const taken = new Set<string>();
  const name = ({ label, source }: FunctionChoice): string => {
    if (source.kind === "existing" && !settings.copy) return source.functionName;
    if (!shared && !settings.copy) return label;
    const own = uniqueName(`${settings.copy ? COPY_PREFIX : ""}${label}`, run, taken);
    taken.add(own);
    return own;
  };
  return new Map(settings.functions.map((choice) => [choice.label, name(choice)]));
}

const FUNCTION_NAME_MAX = 64;

/** The label is shortened if necessary. If labels would then be equal, a number distinguishes them. */
function uniqueName(label: string, run: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? `-${run}` : `-${number}-${run}`;
    const name = label.slice(0, FUNCTION_NAME_MAX - end.length) + end;
    if (!taken.has(name)) return name;
  }
}

export function soakInputOf(parts: InputParts): SoakInput {
  const { settings, inputs, plan, manifest } = parts;
  const aws = settings.target === "aws";
  return {
    name: parts.run,
    resume: parts.resume,
    manifest,
    plan,
    functions: settings.functions.map((choice) => functionInput(choice, parts)),
    ...settingsOfRun(settings),
    ...(parts.schedule == null ? {} : { schedule: parts.schedule }),
    payload: new TextEncoder().encode(JSON.stringify(inputs.event)),
    success: inputs.success,
    stopOnHarm: settings.stopOn === "harm",
    ownPeers:
      aws || settings.peer !== null
        ? null
        : {
            admission: settings.admission,
            capacity: capacityOf(settings.capacity, settings.reservedConcurrency).places ?? DEFAULT_CAPACITY,
            idleTimeout: settings.peerIdleTimeout,
          },
    peerAddress: settings.peer,
    links: settings.links.map((one) => ({ place: linkPlace(one), peer: one.peer })),
    pollInterval: durationMs(aws ? 15_000 : 1_000),
    // `--settle` says how late an event may come.
    logOverlap: settings.settle,
  };
}

function functionInput(
  { label, source }: FunctionChoice,
  { settings, inputs, functionNames: names, leaseTable }: InputParts,
): FunctionInput {
  const functionName = names.get(label) ?? label;
  const code = inputs.code.find((one) => one.label === label);
  if (source.kind === "existing" || code === undefined) {
    const peerLog = settings.peerLogs.find((one) => one.label === label) ?? null;
    const copyOf = settings.copy && source.kind === "existing" ? { copyOf: source.functionName } : {};
    return { label, functionName, deployment: null, peerLog, ...copyOf };
  }
  // A peer of the user is assumed not to speak our protocol (docs/contracts.md#the-peer). The user can set the variable to another value.
  const protocol = settings.peer === null ? {} : { PEER_PROTOCOL: "raw" };
  const lease = needsLeaseTable(source) ? leaseTable : null;
  const environment = {
    ...protocol,
    ...lease,
    ...Object.fromEntries(settings.env.map(({ key, value }) => [key, value])),
  };
  const { memoryMb, functionTimeout } = settings;
  return {
    label,
    functionName,
    deployment: {
      zip: code.zip,
      handler: code.handler,
      runtime: code.runtime,
      memoryMb,
      timeoutMs: functionTimeout,
      environment,
    },
  };
}
