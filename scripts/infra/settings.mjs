/**
 * The Makefile's variables, as settings or as every mistake at once. Pure: who reads environment and files is infra.mjs.
 * A variable that is empty counts as not given, since make passes empty ones on.
 */
import { join, resolve } from "node:path";
import { givenVariables } from "./given-variables.mjs";
import { Problem } from "./problem.mjs";

const TARGETS = ["local", "aws"];
const NAME = /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/;
const LABEL = /^[a-z][a-z0-9-]{0,28}[a-z0-9]$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-[0-9]$/;
const STATE = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([^\s"]+)$/;
const HOST_PORT = /^([^\s:/]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/;
const VARIABLE = /^[a-z][a-z_]*$/;
const IMAGE = /^[a-z0-9][a-z0-9._:/-]*(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$/;
/** The local target needs some image to name; no task ever starts there. */
const LOCAL_IMAGE = "longrun/longrun:local";

/**
 * @param {Readonly<Record<string, string | undefined>>} variables
 * @param {string} root the checkout
 * @param {{ plans?: boolean, readText?: (path: string) => string }} [verb] plans: false for one that reads what is deployed, and
 *   so needs neither peer nor Region
 */
export function readSettings(variables, root, { plans = true, readText } = {}) {
  const problems = [];
  const given = (name) => (variables[name] === undefined || variables[name] === "" ? null : variables[name]);
  const check = (name, value, holds, expected) => {
    if (value !== null && !holds(value))
      problems.push(`${name} must be ${expected}. Given: ${JSON.stringify(value)}.`);
    return value;
  };
  const target = check(
    "TARGET",
    given("TARGET") ?? "local",
    (text) => TARGETS.includes(text),
    "local or aws",
  );
  const local = target !== "aws";
  const name = check(
    "NAME",
    given("NAME") ?? "longrun",
    (text) => NAME.test(text),
    "2 to 20 lower-case letters, digits and hyphens",
  );
  const region = check(
    "REGION",
    given("REGION") ?? given("AWS_REGION") ?? given("AWS_DEFAULT_REGION") ?? (local ? "us-east-1" : null),
    (text) => REGION.test(text),
    "an AWS Region such as eu-central-1",
  );
  const state = check("STATE", given("STATE"), (text) => STATE.test(text), "s3://BUCKET/KEY");
  const extra = givenVariables(given("VARS"), readText, problems);
  const remove = (given("REMOVE") ?? "").split(/[\s,]+/).filter((name) => name !== "");
  for (const one of remove)
    check(
      "REMOVE",
      one,
      (text) => VARIABLE.test(text),
      "names of variables, such as github,image_repository",
    );
  // A plan that was saved says all of that itself.
  const whole = plans && given("PLAN") === null;
  const peer = readPeer(
    {
      text: given("PEER") ?? (local ? "loopback" : null),
      image: given("IMAGE"),
      protocol: given("PEER_PROTOCOL"),
      local,
      required: whole && !extra.names.includes("peer"),
      imageRequired: whole && !local,
    },
    problems,
  );
  const designs = (
    given("DESIGNS") ?? (peer?.kind === "managed" ? "init-connect,handler-connect" : "handler-connect")
  )
    .split(/[\s,]+/)
    .filter((label) => label !== "");
  for (const label of designs)
    check(
      "DESIGNS",
      label,
      (text) => LABEL.test(text),
      "names of function designs, such as init-connect,handler-connect",
    );
  if (region === null && (whole || state !== null))
    problems.push("REGION (or AWS_REGION) must be given with TARGET=aws, such as REGION=eu-central-1.");
  if (local && state !== null)
    problems.push("STATE goes with TARGET=aws: the local target's state goes with its engine.");
  if (peer !== null && peer.kind !== "managed" && designs.length !== 1) {
    problems.push(
      `One machine takes one connection and goes with one function: DESIGNS must name one. Given: ${designs.join(", ")}. PEER=managed gives each its own.`,
    );
  }
  const duration = check(
    "DURATION",
    given("DURATION"),
    (text) => /^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text),
    "a length such as 90s, 15m or 24h",
  );
  const tolerate = check("TOLERATE", given("TOLERATE"), (text) => text === "no-exposure", "no-exposure");
  if (problems.length > 0) throw new Problem(problems.join("\n"), { code: 64 });
  return {
    target,
    name,
    region,
    state: state === null ? null : { bucket: STATE.exec(state)[1], key: STATE.exec(state)[2] },
    peer,
    designs,
    duration,
    seed: given("SEED") ?? "1",
    platform: given("PLATFORM") ?? "typical",
    since: given("SINCE") ?? "1h",
    out: given("OUT"),
    tolerate,
    inWorkflow: given("GITHUB_ACTIONS") === "true",
    keepServices: given("KEEP_SERVICES") === "1",
    autoApprove: given("AUTO_APPROVE") === "1",
    variables: extra.values,
    given: extra.names,
    variablesFile: extra.file,
    remove,
    savedPlan: given("PLAN") === null ? null : resolve(given("PLAN")),
    tool: given("TF"),
    root,
    folder: resolve(given("LONGRUN_DATA") ?? join(root, ".longrun", target)),
  };
}

/** Not required where VARS says it. */
function readPeer({ text, image, protocol, local, required, imageRequired }, problems) {
  if (protocol !== null && !["bytes", "longrun"].includes(protocol))
    problems.push(`PEER_PROTOCOL must be bytes or longrun. Given: ${JSON.stringify(protocol)}.`);
  if (text === null) {
    if (required)
      problems.push(
        "PEER must be given with TARGET=aws: HOST:PORT of your machine, or managed (with IMAGE=…).",
      );
    return null;
  }
  if (text === "managed") {
    if (image === null && imageRequired)
      problems.push("PEER=managed needs IMAGE, the longrun image with a tag or a digest (docs/deploy.md).");
    if (image !== null && !IMAGE.test(image))
      problems.push(
        `IMAGE must be a container image with a tag or a digest. Given: ${JSON.stringify(image)}.`,
      );
    return { kind: "managed", image: image ?? LOCAL_IMAGE };
  }
  if (text === "loopback") {
    if (!local)
      problems.push("PEER=loopback goes with TARGET=local: a function on AWS does not reach this machine.");
    return { kind: "loopback" };
  }
  const match = HOST_PORT.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65_535) {
    problems.push(
      `PEER must be managed, HOST:PORT${local ? ", or loopback" : ""}. Given: ${JSON.stringify(text)}.`,
    );
    return null;
  }
  return { kind: "external", host: match[1].replace(/^\[|\]$/g, ""), port, protocol: protocol ?? "bytes" };
}
