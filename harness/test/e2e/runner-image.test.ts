/**
 * Runs the command of the runner's image as its task does: as user 1000, with a read-only root file system and one writable volume, until a
 * run that is too large for memory is judged and stored. No container engine is needed, only namespaces (Linux).
 */
import { expect } from "chai";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { localDeployer } from "../../src/adapters/aws/local-deployer.ts";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { cannedService } from "../adapters/aws/canned-service.ts";
import { realEngine, type RealEngine } from "../engine/support/real-engine.ts";
import { zipOf } from "../engine/support/test-engine.ts";
import { skipWithout } from "../support/require-tool.ts";
import { itInTestAll } from "../support/test-all.ts";

const root = packageRoot();
const VOLUME = "/run/longrun";
/** Mounts an empty volume, makes every other mount read-only, and starts the rest of the command line as user 1000. */
const IN_TASK = `set -e
mount -t tmpfs tmpfs /run
mkdir ${VOLUME}
mount -t tmpfs tmpfs ${VOLUME}
while read -r _ _ _ _ at options _; do
  case $at in ${VOLUME}|/proc|/proc/*|/sys|/sys/*|/dev|/dev/*) ;;
  *) mount -o "remount,bind,ro,\${options#r?,}" "$at" ;;
  esac
done < /proc/self/mountinfo
if touch /tmp/writable 2>/dev/null; then echo "/tmp can be written" >&2; exit 1; fi
exec unshare --user --map-user=1000 --map-group=1000 "$@"`;
const IN_NAMESPACES = ["--user", "--map-root-user", "--mount", "sh", "-c", IN_TASK, "sh"];

/** Each invocation writes so much that a few hundred invocations write as much as those of a day. A slow machine does no more. */
const HANDLER = `export const handler = async () => {
  for (let line = 0; line < 20; line += 1) console.log("x".repeat(5_000));
};`;

describe("the runner's image, with a root file system that is read-only", function () {
  this.timeout(120_000);
  let real: RealEngine;
  before(function () {
    if (spawnSync("unshare", [...IN_NAMESPACES, "true"]).status !== 0)
      skipWithout(this, "unshare", "user and mount namespaces are not allowed here");
  });
  beforeEach(async () => {
    real = await realEngine();
  });
  afterEach(() => real.close());

  itInTestAll("judges and stores a run of a day's size", async () => {
    const bucket = await cannedService((_asked, response) => response.end());
    const connection = {
      region: "eu-central-1",
      endpoint: real.engine.endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    await localDeployer(connection).deploy({
      functionName: "large",
      zip: await zipOf([{ path: "index.mjs", content: HANDLER }]),
      handler: "index.handler",
      runtime: "nodejs22.x",
      memoryMb: 256,
      timeoutMs: 10_000,
      environment: {},
      reservedConcurrency: 1,
    });
    const command = [
      ...["soak", "--target", "aws", "--region", "eu-central-1", "--function", "large=large"],
      ...["--duration", "14s", "--interval", "20ms", "--settle", "8s", "--yes", "--out", `${VOLUME}/run`],
    ];
    const child = spawn(
      "unshare",
      [...IN_NAMESPACES, process.execPath, join(root, "dist", "runner.js"), ...command],
      {
        cwd: "/",
        stdio: ["ignore", "ignore", "pipe"],
        env: {
          ...imageVariables(),
          PATH: process.env["PATH"],
          AWS_ENDPOINT_URL: real.engine.endpoint,
          AWS_ENDPOINT_URL_S3: bucket.endpoint,
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          AWS_REGION: "eu-central-1",
          AWS_EC2_METADATA_DISABLED: "true",
          LONGRUN_RESULTS: "s3://results/runs/",
        },
      },
    );
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const [code] = (await once(child, "close")) as [number | null];
    await bucket.close();
    // A large log is stored in parts (large.jsonl, large.jsonl.0001, …), and each copy of a part replaces the one before.
    const lengths = new Map(bucket.asked.map(({ path, body }) => [path, body.length]));
    const stored = (name: string): number =>
      [...lengths].reduce((sum, [path, length]) => sum + (path.includes(name) ? length : 0), 0);
    // Nothing hazardous happens in seconds, so the verdict is inconclusive.
    expect(code, said).to.equal(2);
    expect(stored("/logs/large.jsonl")).to.be.greaterThan(8 << 20);
    expect([stored("/result.json") > 0, stored("/report.html") > 0]).to.deep.equal([true, true]);
    expect(bucket.asked.filter(({ path }) => path.includes("/tmp"))).to.deep.equal([]);
  });
});

/** The variables that the Dockerfile sets. */
function imageVariables(): Record<string, string> {
  const text = readFileSync(join(root, "infra", "runner-image", "Dockerfile"), "utf8");
  const lines = [...text.matchAll(/^ENV (.*)$/gm)].map(([, line = ""]) => line);
  return Object.fromEntries(
    lines.flatMap((line) => line.split(" ")).map((one) => one.split("=", 2) as [string, string]),
  );
}
