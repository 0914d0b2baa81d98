/** `--peer-log-group [LABEL=]NAME`: where the log of a managed peer is. */
import { splitLabel, type FunctionChoice } from "./function-choice.ts";
import { didYouMean } from "./closest-name.ts";
import { accept, expected, readList, type Parsed } from "./parsed.ts";
import type { Problem } from "./problem.ts";
import type { Derived } from "./setting.ts";
import { member, readHostPort, readNullable } from "./value-kinds.ts";
import type { HostPort } from "./value-parsers.ts";

interface LabelledLogGroup {
  /** Null if there is only one function. */
  readonly label: string | null;
  readonly logGroup: string;
}

export interface PeerLogSetting {
  readonly label: string;
  readonly logGroup: string;
  /** The address at which the function reaches the peer, if Terraform's outputs contain it. */
  readonly address: HostPort | null;
}

/** If a function has no entry, this run reads no log group of its peer. */
export const peerLogSettings: Derived<readonly PeerLogSetting[]> = {
  flag: null,
  value: { read: (json) => readList(json, readPeerLog) },
  whenAbsent: () => [],
};

export function labelledLogGroup(text: string): Parsed<LabelledLogGroup> {
  const { label, rest } = splitLabel(text);
  if (!/^[A-Za-z0-9_\-/.#]{1,512}$/.test(rest))
    return expected("[LABEL=]NAME of a log group such as /longrun/peer/my-function");
  return accept({ label, logGroup: rest });
}

/** Without a label, a log group belongs to the first function. */
export function settlePeerLogs(
  given: readonly LabelledLogGroup[],
  functions: readonly FunctionChoice[],
): readonly PeerLogSetting[] {
  return given.flatMap(({ label, logGroup }) => {
    const chosen = label ?? functions[0]?.label;
    return chosen === undefined ? [] : [{ label: chosen, logGroup, address: null }];
  });
}

export function peerLogProblems(
  given: readonly LabelledLogGroup[],
  functions: readonly FunctionChoice[],
): readonly Problem[] {
  const seen = new Set<string>();
  return given.flatMap(({ label, logGroup }) => {
    const where = `--peer-log-group ${label === null ? "" : `${label}=`}${logGroup}`;
    const wrong = wrongWith(label, functions, seen);
    return wrong === null ? [] : [{ where, text: wrong }];
  });
}

function wrongWith(
  label: string | null,
  functions: readonly FunctionChoice[],
  seen: Set<string>,
): string | null {
  if (label === null && functions.length > 1)
    return "expected LABEL=NAME: with several functions, LABEL says whose peer writes this log";
  const choice = functions.find((one) => one.label === label || label === null);
  if (choice === undefined)
    return `no function has this label${didYouMean(
      label ?? "",
      functions.map((one) => one.label),
    )}`;
  if (choice.source.kind !== "existing")
    return "works only for an existing function: a function that the run makes gets its own peer";
  if (seen.has(choice.label)) return `${choice.label} has a log group already`;
  seen.add(choice.label);
  return null;
}

function readPeerLog(json: unknown): Parsed<PeerLogSetting> {
  const [label, logGroup] = [member(json, "label"), member(json, "logGroup")];
  const address = readNullable(member(json, "address"), readHostPort);
  return typeof label === "string" && typeof logGroup === "string" && address.ok
    ? accept({ label, logGroup, address: address.value })
    : expected("label, logGroup, and address with host and port, or null");
}
