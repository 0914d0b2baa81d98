import { expect } from "chai";
import { EXIT } from "../../src/words/exit-codes.ts";
import type { FunctionOutput } from "../../src/settings/deployed.ts";
import { refusalOf } from "./refusal-of.ts";
import type { RunTarget } from "../../src/words/target.ts";
import { readSettings } from "../../../scripts/infra/settings.ts";
import { foreignPeer, soakArguments } from "../../../scripts/infra/soak.ts";
import { terraformVariables } from "../../../scripts/infra/terraform-variables.ts";

const ROOT = "/checkout";

describe("infrastructure: settings of the Makefile", () => {
  const refusal = (
    variables: Record<string, string>,
  ): { readonly code: number; readonly lines: readonly string[] } => {
    const { code, message } = refusalOf(() => readSettings(variables, ROOT));
    return { code: EXIT[code], lines: message.split("\n") };
  };

  it("have the local target with a peer on loopback as the default", () => {
    expect(readSettings({ TARGET: "", NAME: "" }, ROOT)).to.deep.equal({
      target: "local",
      name: "longrun",
      region: "us-east-1",
      state: null,
      stateKey: null,
      peer: { kind: "loopback" },
      designs: ["handler-connect"],
      architecture: null,
      containers: null,
      duration: null,
      seed: "1",
      platform: "typical",
      since: "1h",
      out: null,
      tolerate: null,
      inWorkflow: false,
      keepServices: false,
      autoApprove: false,
      variables: {},
      given: [],
      variablesFile: null,
      remove: [],
      savedPlan: null,
      tool: null,
      root: ROOT,
      folder: "/checkout/.longrun/local",
    });
  });

  it("are refused with all mistakes in one message, each with the given value", () => {
    expect(
      refusal({ TARGET: "aws", NAME: "A", STATE: "bucket/key", PEER: "plc", DURATION: "long" }),
    ).to.deep.equal({
      code: 64,
      lines: [
        'NAME must be 2 to 20 lower-case letters, digits and hyphens. Given: "A".',
        'STATE must be s3://BUCKET/KEY. Given: "bucket/key".',
        'PEER must be managed, HOST:PORT. Given: "plc".',
        "REGION (or AWS_REGION) must be given with TARGET=aws, such as REGION=eu-central-1.",
        'DURATION must be a length such as 90s, 15m or 24h. Given: "long".',
      ],
    });
  });

  it("need no peer to read the deployment or to apply a saved plan, and no Region either if STATE is not given", () => {
    const read = readSettings({ TARGET: "aws" }, ROOT, { plans: false });
    expect([read["peer"], read["region"]]).to.deep.equal([null, null]);
    const saved = readSettings({ TARGET: "aws", PLAN: "/p" }, ROOT);
    expect([saved["peer"], saved["region"], saved["savedPlan"]]).to.deep.equal([null, null, "/p"]);
    expect(() => readSettings({ TARGET: "aws", STATE: "s3://bucket/key" }, ROOT, { plans: false })).to.throw(
      "REGION (or AWS_REGION) must be given",
    );
  });

  it("need no image to destroy managed peers on AWS", () => {
    const given = { TARGET: "aws", REGION: "eu-central-1", PEER: "managed" };
    const settings = readSettings(given, ROOT, { startsTasks: false });
    expect(settings.peer).to.deep.equal({ kind: "managed", image: null });
    expect(terraformVariables(settings, null)).to.deep.include({
      peer: { managed: { image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:local" } },
    });
  });

  const refused: readonly (readonly [string, Record<string, string>, string])[] = [
    ["an unknown target", { TARGET: "gcp" }, "TARGET must be local or aws."],
    [
      "two functions with one peer",
      { DESIGNS: "init-connect,handler-connect" },
      "One machine accepts one connection",
    ],
    ["AWS without a peer", { TARGET: "aws", REGION: "eu-central-1" }, "PEER must be given with TARGET=aws"],
    [
      "a managed peer on AWS without an image",
      { TARGET: "aws", REGION: "eu-central-1", PEER: "managed" },
      "PEER=managed needs IMAGE",
    ],
    [
      "an image without a version",
      { TARGET: "aws", REGION: "eu-central-1", PEER: "managed", IMAGE: "longrun" },
      "IMAGE must be",
    ],
    [
      "a function on AWS with a peer on loopback",
      { TARGET: "aws", REGION: "eu-central-1", PEER: "loopback" },
      "PEER=loopback goes with TARGET=local",
    ],
    ["a remote state for the local target", { STATE: "s3://bucket/key" }, "STATE goes with TARGET=aws"],
    ["TOLERATE with an unknown reason", { TOLERATE: "fail" }, "TOLERATE must be no-exposure."],
    [
      "REMOVE with something that is not a variable",
      { REMOVE: "github Roles" },
      "REMOVE must be names of variables",
    ],
    ["an unknown processor", { ARCHITECTURE: "amd64" }, "ARCHITECTURE must be x86_64 or arm64."],
    ["an invalid port", { PEER: "plc:70000" }, "PEER must be managed, HOST:PORT, or loopback."],
    [
      "an unknown protocol",
      { PEER: "plc:502", PEER_PROTOCOL: "modbus" },
      "PEER_PROTOCOL must be longrun or raw.",
    ],
  ];
  for (const [title, variables, telling] of refused) {
    it(`are refused: ${title}`, () => {
      const { code, lines } = refusal(variables);
      expect(code).to.equal(64);
      expect(lines.filter((line) => line.startsWith(telling))).to.have.lengthOf(1);
    });
  }

  it("become Terraform's variables for managed peers on the local target", () => {
    const settings = readSettings({ PEER: "managed" }, ROOT);
    expect(
      terraformVariables(settings, {
        engine: "http://127.0.0.1:1",
        services: "http://127.0.0.1:2",
        peer: null,
      }),
    ).to.deep.equal({
      name: "longrun",
      region: "us-east-1",
      functions: {
        "init-connect": { package_file: "/checkout/dist/functions/init-connect.zip" },
        "handler-connect": { package_file: "/checkout/dist/functions/handler-connect.zip" },
      },
      peer: { managed: { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/longrun:local" } },
      network: { create: {} },
      local: { engine: "http://127.0.0.1:1", services: "http://127.0.0.1:2" },
      given: [],
    });
  });

  it("become Terraform's variables for an external peer on AWS, without a local endpoint", () => {
    const settings = readSettings(
      {
        TARGET: "aws",
        REGION: "eu-central-1",
        PEER: "plc.example.com:502",
        DESIGNS: "lease-connect",
        ARCHITECTURE: "arm64",
      },
      ROOT,
    );
    expect(terraformVariables(settings, null)).to.deep.equal({
      name: "longrun",
      region: "eu-central-1",
      functions: {
        "lease-connect": { package_file: "/checkout/dist/functions/lease-connect.zip", lease: true },
      },
      architecture: "arm64",
      peer: { external: { host: "plc.example.com", port: 502, protocol: "raw" } },
      given: [],
    });
  });

  it("become the flags of a soak of the local deployment", () => {
    const settings = readSettings({ DURATION: "30s" }, ROOT);
    const functions = { "init-connect": { name: "longrun-init-connect" }, own: { name: "longrun-own" } };
    expect(
      soakArguments(settings, { region: "us-east-1", endpoint: "http://127.0.0.1:1", functions }).join(" "),
    ).to.equal(
      "soak --region us-east-1 --duration 30s --function init-connect=longrun-init-connect --function own=longrun-own --endpoint http://127.0.0.1:1 --platform typical --seed 1 --expect init-connect=fail",
    );
  });

  it("have a default duration of fifteen minutes on AWS and of one minute locally", () => {
    const length = (variables: Record<string, string>): string | undefined => {
      const deployed = { region: "eu-central-1", endpoint: "http://127.0.0.1:1", functions: {} };
      return soakArguments(readSettings(variables, ROOT, { plans: false }), deployed)[4];
    };
    expect([length({}), length({ TARGET: "aws", REGION: "eu-central-1" })]).to.deep.equal(["60s", "15m"]);
  });

  it("contain no expected verdict on AWS, whose platform follows no plan", () => {
    const settings = readSettings(
      { TARGET: "aws", REGION: "eu-central-1", PEER: "plc:502", DURATION: "24h" },
      ROOT,
    );
    const functions = { "handler-connect": { name: "longrun-handler-connect" } };
    expect(soakArguments(settings, { region: "eu-central-1", endpoint: null, functions }).join(" ")).to.equal(
      "soak --region eu-central-1 --duration 24h --function handler-connect=longrun-handler-connect --target aws",
    );
  });

  it("name an external peer, so that the soak asks before it connects to that peer", () => {
    const plc = { name: "longrun-a", peer: "plc:502", peer_protocol: "bytes", peer_log_group: null };
    const functions = { a: plc };
    const args = (variables: Record<string, string>): string =>
      soakArguments(readSettings(variables, ROOT, { plans: false }), {
        region: "eu-central-1",
        endpoint: "http://127.0.0.1:1",
        functions,
      }).join(" ");
    const aws = { TARGET: "aws", REGION: "eu-central-1" };
    expect(args(aws)).to.match(/ --peer plc:502 --target aws$/);
    expect(args({ ...aws, AUTO_APPROVE: "1" })).to.match(/ --peer plc:502 --yes --target aws$/);
    expect(args({})).to.contain(" --peer plc:502 --endpoint");
  });

  const ours: readonly (readonly [string, RunTarget, FunctionOutput])[] = [
    [
      "a managed peer",
      "aws",
      { name: "longrun-a", peer: "a.longrun.internal:7000", peer_log_group: "/p", peer_protocol: "longrun" },
    ],
    [
      "the local target's own peer",
      "local",
      { name: "longrun-a", peer: "127.0.0.1:7000", peer_log_group: null, peer_protocol: "longrun" },
    ],
  ];
  for (const [title, target, one] of ours) {
    it(`do not treat ${title} as an external peer`, () => {
      expect(foreignPeer(target, { a: one })).to.equal(null);
    });
  }

  it("treat a peer on loopback as external if it has another protocol than longrun", () => {
    const simulator = {
      name: "longrun-a",
      peer: "127.0.0.1:5020",
      peer_log_group: null,
      peer_protocol: "bytes",
    };
    expect(foreignPeer("local", { a: simulator })).to.equal("127.0.0.1:5020");
  });
});
