/**
 * Measures another emulator of the Invoke API beside longrun, in turn with the same client and the same handler (docs/other-emulators.md):
 *
 *     node --import tsx harness/bench/compare-emulator.ts http://127.0.0.1:3002 warm cold0 cold1 cold2 …
 *
 * The emulator must have functions with these names whose handler is `exports.handler = async () => ({ ok: true })`. The first one gets the
 * warm invocations. Each of the others gets one invocation, which is cold.
 */
import process from "node:process";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { createFunction } from "./create-function.ts";
import { bareNode, coldInvocation, serveOneAnswer, timedBatch, timedInvoke } from "./figures.ts";
import { median } from "./paired.ts";
import { CREDENTIALS, serveEngine } from "./served-engine.ts";

type Timed = (round: number) => Promise<number>;

delete process.env["NODE_EXTRA_CA_CERTS"];
const [endpoint, warm, ...cold] = process.argv.slice(2);
if (endpoint === undefined || warm === undefined || cold.length === 0) {
  process.stderr.write("Usage: compare-emulator.ts ENDPOINT WARM_FUNCTION COLD_FUNCTION…\n");
  process.exit(64);
}
const client = (url: string): LambdaClient =>
  new LambdaClient({ endpoint: url, region: "eu-central-1", credentials: CREDENTIALS, maxAttempts: 1 });
const emulator = client(endpoint);
const engine = await serveEngine();
const plain = await serveOneAnswer();
const fixed = client(plain.endpoint);
try {
  await createFunction(engine.lambda, "warm");
  await createFunction(engine.lambda, "cold");
  await emulator.send(new InvokeCommand({ FunctionName: warm }));
  await inTurn("cold invocation / node -e 0", cold.length, 0, [
    () => coldInvocation(engine, "cold"),
    (round) => timedInvoke(emulator, cold[round] ?? ""),
    bareNode,
  ]);
  for (const [calls, rounds] of [
    [20, 75],
    [300, 11],
  ] as const)
    await inTurn(`${calls} warm invocations / requests to a server with a fixed answer`, rounds, 10, [
      () => timedBatch(engine.lambda, "warm", calls),
      () => timedBatch(emulator, warm, calls),
      () => timedBatch(fixed, "warm", calls),
    ]);
} finally {
  plain.stop();
  await engine.stop();
}

/** Prints the medians of longrun's and the emulator's ratios to the third program. Each round begins with another program. */
async function inTurn(
  name: string,
  rounds: number,
  warmUp: number,
  programs: readonly Timed[],
): Promise<void> {
  const ratios: [number[], number[]] = [[], []];
  for (let round = -warmUp; round < rounds; round += 1) {
    const ms: number[] = [];
    for (const turn of programs.keys()) {
      const at = (turn + round + warmUp) % programs.length;
      ms[at] = (await programs[at]?.(Math.max(0, round))) ?? Number.NaN;
    }
    const [ours = 0, theirs = 0, base = 0] = ms;
    if (round < 0) continue;
    ratios[0].push(ours / base);
    ratios[1].push(theirs / base);
  }
  const [ours, theirs] = ratios.map((all) => median(all).toFixed(2));
  process.stdout.write(`${name}: longrun ${ours}, the emulator ${theirs} (${rounds} rounds)\n`);
}
