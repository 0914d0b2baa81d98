/** PEER, IMAGE and PEER_PROTOCOL: the machine to which the functions connect. */
import type { RunTarget } from "../../harness/src/words/target.ts";
import {
  CLIENT_PROTOCOLS,
  protocolNamed,
  type ProtocolName,
} from "../../harness/src/catalogue/protocols/all-protocols.ts";
import { accept, expected, type Parsed } from "../../harness/src/settings/parsed.ts";
import { hostPort } from "../../harness/src/settings/value-parsers.ts";
import type { MakeVariables } from "./make-variables.ts";

export type PeerChoice =
  | {
      readonly kind: "managed";
      /** Null if IMAGE is not given, for the local target and for a destroy. */
      readonly image: string | null;
    }
  | { readonly kind: "loopback" }
  | {
      readonly kind: "external";
      readonly host: string;
      readonly port: number;
      readonly protocol: ProtocolName;
    };

/** Terraform's module of the peer has the same default; a test compares them. */
export const DEFAULT_PEER_PROTOCOL: ProtocolName = "raw";

const IMAGE = /^[a-z0-9][a-z0-9._:/-]*(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$/;

/**
 * Null if PEER is wrong, or if it is not given with TARGET=aws. With TARGET=local the default is `loopback`. `required`: neither VARS nor a
 * saved plan names the peer.
 */
export function readPeer(
  make: MakeVariables,
  target: RunTarget,
  { required, imageRequired }: { readonly required: boolean; readonly imageRequired: boolean },
): PeerChoice | null {
  const protocol = make.read("PEER_PROTOCOL", protocolName) ?? DEFAULT_PEER_PROTOCOL;
  const given = make.given("PEER") ?? (target === "local" ? "loopback" : null);
  if (given === null) {
    if (required)
      make.problems.push(
        "PEER must be given with TARGET=aws: HOST:PORT of your machine, or managed (with IMAGE=…).",
      );
    return null;
  }
  if (given === "managed") {
    if (make.given("IMAGE") === null && imageRequired)
      make.problems.push(
        "PEER=managed needs IMAGE, the longrun image with a tag or a digest (docs/deploy.md).",
      );
    return { kind: "managed", image: make.read("IMAGE", containerImage) };
  }
  if (given === "loopback") {
    if (target === "aws")
      make.problems.push(
        "PEER=loopback goes with TARGET=local: a function on AWS does not reach this machine.",
      );
    return { kind: "loopback" };
  }
  const address = make.read("PEER", (text) => {
    const parsed = hostPort(text);
    return parsed.ok ? parsed : expected(`managed, HOST:PORT${target === "local" ? ", or loopback" : ""}`);
  });
  return address === null ? null : { kind: "external", ...address, protocol };
}

/** Takes older names of a protocol, too. */
function protocolName(text: string): Parsed<ProtocolName> {
  const protocol = CLIENT_PROTOCOLS.find((one) => one === protocolNamed(text));
  return protocol === undefined
    ? expected(CLIENT_PROTOCOLS.map(({ name }) => name).join(" or "))
    : accept(protocol.name);
}

function containerImage(text: string): Parsed<string> {
  return IMAGE.test(text) ? accept(text) : expected("a container image with a tag or a digest");
}
