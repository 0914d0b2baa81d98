/** The options of each call of the library. Tests in JavaScript have no types that would find a typing error in a name. */
import { wrongInput } from "../base/errors.ts";
import { didYouMean } from "../settings/closest-name.ts";
import type { EngineOptions, FunctionOptions } from "./engine-face.ts";
import type { FunctionChange, InvokeOptions, RetireOptions } from "./function-face.ts";
import type { PeerSettings } from "./peer-face.ts";

type Names<Options> = Readonly<Record<keyof Options, true>>;

const OPTIONS = {
  startEngine: {
    isolation: true,
    link: true,
    links: true,
    protocol: true,
    peerVariables: true,
    launcher: true,
  } satisfies Names<EngineOptions>,
  startPeer: {
    admission: true,
    capacity: true,
    idleTimeoutMs: true,
    replyLatencyMs: true,
    host: true,
    port: true,
  } satisfies Names<PeerSettings>,
  createFunction: {
    code: true,
    bin: true,
    handler: true,
    name: true,
    environment: true,
    peer: true,
    peers: true,
    strangers: true,
    isolatesTenants: true,
    timeoutMs: true,
    memoryMb: true,
    runtime: true,
  } satisfies Names<FunctionOptions>,
  invoke: { placement: true } satisfies Names<InvokeOptions>,
  retire: { ending: true } satisfies Names<RetireOptions>,
  update: { code: true, environment: true } satisfies Names<FunctionChange>,
} as const;

/** Returns `given`. Throws a LongrunError "usage" if it is no object, or has an option that the call does not know. */
export function checkOptions<Given extends object>(call: keyof typeof OPTIONS, given: Given): Given {
  if (typeof given !== "object" || given === null)
    throw wrongInput(`${call}: expected an object with options`);
  const known = Object.keys(OPTIONS[call]);
  const wrong = Object.keys(given).find((name) => !known.includes(name));
  if (wrong === undefined) return given;
  throw wrongInput(
    `${call} has no option ${wrong}: expected one of ${known.join(", ")}${didYouMean(wrong, known)}`,
  );
}
