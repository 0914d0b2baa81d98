/**
 * A table: each kind of own device, each manner in which a handler connects, on two platforms, with seeds that nobody chose. A probe came before, and nobody
 * else uses the device. The verdict is never the opposite of what the device did, and where the probe sees what the device does, it decides.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceManner } from "../support/devices/device.ts";
import {
  HANDLERS,
  namedHolders,
  realHolders,
  soakDevice,
  type HandlerName,
  type Soaked,
} from "../support/devices/device-soak.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const AT_A_TIME = 10;
const PLATFORMS = ["typical", "hostile"] as const;
const GREETING = "hi {n}\n";

interface Row {
  readonly manner: DeviceManner;
  /** Whether a probe sees what the device does. If not, only the opposite is a fault. */
  readonly decides: boolean;
  /** Whether each holder that is named must be one that the device served when it turned the client away (docs/servers.md#own-devices). */
  readonly names?: boolean;
}

const ROWS: Readonly<Record<string, Row>> = {
  "closes the second client at once": { manner: { whenFull: "close" }, decides: true },
  "resets it": { manner: { whenFull: "reset" }, decides: true },
  "says BUSY and closes": { manner: { whenFull: "say-busy" }, decides: true },
  "greets who has a place, and closes the second": {
    manner: { whenFull: "close", greeting: GREETING },
    decides: true,
  },
  "greets who has a place, and lets others wait": {
    manner: { whenFull: "wait", greeting: GREETING },
    decides: true,
  },
  "greets, queues one and closes the next": {
    manner: { whenFull: "wait", greeting: GREETING, queue: 1 },
    decides: true,
  },
  // A client that finds nothing listening never reaches the device, which therefore does not know of it.
  "does not listen while it serves": { manner: { whenFull: "not-listen" }, decides: true, names: false },
  "closes what it turns away after 2.3 s": {
    manner: { whenFull: "close", turnsAwayAfterMs: 2_300 },
    decides: true,
    names: false,
  },
  "frees its place 200 ms after the close": {
    manner: { whenFull: "close", freesAfterMs: 200 },
    decides: true,
  },
  "ends silent clients after 5 s": { manner: { whenFull: "close", idleMs: 5_000 }, decides: true },
  // The holder is the newer client, which the device did not turn away.
  "ends the older client": { manner: { whenFull: "end-oldest" }, decides: false, names: false },
  "lets others wait, and greets nobody": { manner: { whenFull: "wait" }, decides: false },
  "closes after the client speaks": {
    manner: { whenFull: "close", afterSpeech: true },
    decides: false,
    names: false,
  },
  "says BUSY after the client speaks": {
    manner: { whenFull: "say-busy", afterSpeech: true },
    decides: false,
    names: false,
  },
};

/** The design that fails and its fix have every seed, the others have one. */
const seedsOf = (handler: HandlerName): readonly number[] =>
  handler === "init" || handler === "handler" ? [1, 2, 3, 4, 5] : [1];

const CLOSES: ReadonlySet<HandlerName> = new Set<HandlerName>(["handler", "handler-retry"]);

/** These keep their first connection for ever, so whoever was turned away fails. */
const KEEPS: ReadonlySet<HandlerName> = new Set<HandlerName>(["init", "unawaited", "lazy"]);

describe("own devices, after a probe and with --only-client, without --success", function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();

  for (const [title, row] of Object.entries(ROWS))
    it(`a device that ${title}`, async () => {
      const left = (Object.keys(HANDLERS) as HandlerName[]).flatMap((handler) =>
        PLATFORMS.flatMap((platform) =>
          seedsOf(handler).map((seed) => ({ handler, platform, seed: String(seed) })),
        ),
      );
      const problems: string[] = [];
      const verdicts = new Map<string, number>();
      const worker = async (): Promise<void> => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const { handler, platform, seed } = next;
          const out = `${title}-${handler}-${platform}-${seed}`.replace(/\W+/g, "-");
          const flags = ["--seed", seed, "--platform", platform, "--duration", "20s", "--interval", "1s"];
          const soaked = await soakDevice(folder.path(), { handler, manner: row.manner, out, flags });
          const { verdict, exposure } = soaked.result;
          const exposed = exposure.total === 0 ? " without an exposure" : "";
          const cell = `${handler} ${platform}: ${verdict}${exposed}`;
          verdicts.set(cell, (verdicts.get(cell) ?? 0) + 1);
          problems.push(...problemsOf(soaked, handler, row).map((problem) => `${out}: ${problem}`));
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, worker));
      for (const [cell, times] of [...verdicts].sort()) process.stdout.write(`      ${times} × ${cell}\n`);
      expect(problems).to.deep.equal([]);
    });
});

function problemsOf(
  soaked: Soaked,
  handler: HandlerName,
  { manner, decides, names = true }: Row,
): readonly string[] {
  const { verdict, exposure } = soaked.result;
  const problems: string[] = [];
  if (names) {
    const real = realHolders(soaked);
    const wrong = namedHolders(soaked.result).filter((pair) => !real.has(pair));
    if (wrong.length > 0) problems.push(`wrong holder: ${wrong.join(", ")}`);
  }
  if (CLOSES.has(handler) && verdict === "fail") problems.push("a handler that closes failed");
  if (KEEPS.has(handler) && manner.idleMs === undefined && wasHarmed(soaked) && isClear(soaked))
    problems.push("harm is clear although an environment that another one kept from the device failed");
  if (!decides || exposure.total === 0) return problems;
  // Where a place is free only later, the fix must retry for longer than that.
  const isFix = manner.freesAfterMs === undefined ? CLOSES.has(handler) : handler === "handler-retry";
  if (isFix && verdict !== "pass") problems.push(`a handler that closes: ${verdict}`);
  // A place that is not free yet turns a client away, too, and that is no harm. So only the device knows whether this run has harm.
  if (handler === "init" && wasHarmed(soaked) && verdict !== "fail")
    problems.push(`a handler that connects in Init: ${verdict}`);
  return problems;
}

/** Whether an environment that came while the device served another one found no value. */
function wasHarmed(soaked: Soaked): boolean {
  const { folder, result } = soaked;
  const lines = readFileSync(join(folder, "logs", `${result.name}.jsonl`), "utf8").split("\n");
  return [...realHolders(soaked)]
    .map((pair) => pair.split(" "))
    .some(
      ([failed = "", holder]) =>
        failed !== holder && lines.some((line) => line.includes(failed) && line.includes("no value")),
    );
}

function isClear({ result }: Soaked): boolean {
  return result.findings.some(({ kind, status }) => kind === "harm" && status === "clear");
}
