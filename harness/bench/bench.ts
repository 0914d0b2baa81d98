/**
 * `npm run bench`: prints each figure with its limit; the exit code is 2 if a limit is broken. A figure with the name `A / B` is the ratio
 * of two times that are measured in the same run, because a slow machine makes both times longer. `npm run bench -- warm` runs only the
 * figures whose name contains `warm`; with `--json` each figure is one line of JSON.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { analyzeMemory, analyzeSpeed } from "./analyze-figures.ts";
import {
  coldInvoke,
  engineReady,
  helpShown,
  sequentialInvokes,
  SOAK_INVOCATIONS,
  soakMemory,
  warmAmongMany,
  warmInvoke,
  warmUnderFlood,
} from "./figures.ts";
import { trivialModule } from "./create-function.ts";
import { coldAtOnce, coldSeries, searchRate } from "./cold-rate-figures.ts";
import { coldFamily, warmFamily, type MeasuredFamily } from "./family-figures.ts";
import { searchHandlerConnect, searchTrivial } from "./explore-figures.ts";
import { engineMemory, environmentMemory } from "./memory-figures.ts";
import type { PairedFigures } from "./paired.ts";
import { TYPICAL } from "./synthetic-logs.ts";
import type { UnneededKind } from "./unneeded-lines.ts";

interface Row {
  readonly name: string;
  readonly limit: number;
  readonly unit: string;
  measure(): Promise<Measured>;
}

interface Measured {
  readonly value: number;
  readonly detail: string;
  /** The medians and the range behind a ratio. */
  readonly figures?: PairedFigures;
}

const paired = (figures: PairedFigures): Measured => ({
  value: figures.ratio,
  figures,
  detail: `${figures.a.toFixed(2)} ms against ${figures.b.toFixed(2)} ms, ratio ${figures.ratioMin.toFixed(2)} to ${figures.ratioMax.toFixed(2)} in ${figures.pairs} pairs`,
});

// If this variable names a file of certificates, Node reads the file at its start. This takes longer than everything else in the start.
delete process.env["NODE_EXTRA_CA_CERTS"];

/** For each family of runtimes: what the time of its cold invoke is divided by, and the limit. */
const FAMILIES: readonly (readonly [MeasuredFamily, string, number])[] = [
  ["Go", "the same program started directly, to its first answer", 2],
  ["Rust", "the same program started directly, to its first answer", 2],
  ["Python", "python3 -c 'import awslambdaric'", 1.5],
];

const SPEED: readonly (readonly [UnneededKind, string])[] = [
  ["json", "an application's JSON lines"],
  ["s3", "an application's lines as the export to S3 writes them"],
  ["platform", "platform events"],
];
/** How many times as long as the plain scan `analyze` may take. */
const SPEED_LIMIT = 2;

const rows: readonly Row[] = [
  {
    name: "time until the engine is ready / time of node -e 0",
    limit: 5,
    unit: "x",
    measure: async () => paired(await engineReady()),
  },
  {
    name: "time of a cold invoke through the SDK / time of node -e 0",
    limit: 1.4,
    unit: "x",
    measure: async () => paired(await coldInvoke({ parked: 1, isolation: "none" })),
  },
  {
    name: "time of a cold invoke through the SDK, with namespaces / time of node -e 0",
    limit: 1.4,
    unit: "x",
    measure: async () => paired(await coldInvoke({ parked: 1, isolation: "namespaces" })),
  },
  {
    name: "time of a cold invoke through the SDK, if no environment is prepared ahead / time of node -e 0",
    limit: 1.4,
    unit: "x",
    async measure() {
      const { detail, ...measured } = paired(await coldInvoke({ parked: 0, isolation: "none" }));
      const mounted = await coldInvoke({ parked: 0, isolation: "namespaces" });
      const module = await coldInvoke({ parked: 0, isolation: "none", handler: await trivialModule() });
      return {
        ...measured,
        detail: `${detail}; ratio with namespaces ${mounted.ratio.toFixed(2)}, of an ES module ${module.ratio.toFixed(2)}`,
      };
    },
  },
  {
    name: "time of twenty cold invokes at once, with twenty environments prepared ahead / time of node -e 0",
    limit: 8,
    unit: "x",
    measure: async () => paired(await coldAtOnce()),
  },
  {
    // The rate of cold invokes must reach 0.6 of the rate of `node -e 0`.
    name: "time per invoke in a series of cold invokes / time per process in an equally long series of node -e 0",
    limit: 1.67,
    unit: "x",
    measure: async () => paired(await coldSeries()),
  },
  {
    name: "time of longrun --help / time of node -e 0",
    limit: 1.4,
    unit: "x",
    measure: async () => paired(await helpShown()),
  },
  {
    name: "time of a warm invoke through the SDK / time of an SDK request to a static server",
    limit: 1.9,
    unit: "x",
    measure: async () => paired(await warmInvoke()),
  },
  {
    // The rate of warm invokes must reach half of the rate of requests to the static server.
    name: "time of 300 warm invokes one after another / time of 300 requests to a static server",
    limit: 2,
    unit: "x",
    measure: async () => paired(await sequentialInvokes()),
  },
  {
    name: "time of a warm invoke with 100 environments / with one environment",
    limit: 1.1,
    unit: "x",
    measure: async () => paired(await warmAmongMany()),
  },
  {
    name: "time of a warm invoke while another function floods the engine with lines / on an idle engine",
    limit: 2,
    unit: "x",
    measure: async () => paired(await warmUnderFlood()),
  },
  ...FAMILIES.map(([family, bare, limit]): Row => ({
    name: `time of a cold invoke of a function in ${family} / time of ${bare}`,
    limit,
    unit: "x",
    async measure() {
      const { detail, ...measured } = paired(await coldFamily(family, "none"));
      const mounted = await coldFamily(family, "namespaces");
      return { ...measured, detail: `${detail}; ratio with namespaces ${mounted.ratio.toFixed(2)}` };
    },
  })),
  ...FAMILIES.map(([family]): Row => ({
    name: `time of a warm invoke of a function in ${family} / of a function in Node on the same engine`,
    limit: 1.2,
    unit: "x",
    measure: async () => paired(await warmFamily(family)),
  })),
  {
    name: "memory of an environment, minus the memory of a bare Node process",
    limit: 12,
    unit: " MiB",
    async measure() {
      const { environmentMiB, nodeMiB } = await environmentMemory();
      return {
        value: environmentMiB - nodeMiB,
        detail: `proportional set size ${environmentMiB.toFixed(1)} MiB against ${nodeMiB.toFixed(1)} MiB`,
      };
    },
  },
  {
    name: "memory of the engine with 100 environments and 1,000,000 log events",
    limit: 110,
    unit: " MiB",
    async measure() {
      const { residentMiB, peakMiB } = await engineMemory();
      return { value: residentMiB, detail: `peak ${peakMiB.toFixed(0)} MiB` };
    },
  },
  {
    name: "memory of the harness in a soak of 10,000 invocations",
    limit: 250,
    unit: " MiB",
    async measure() {
      const folder = await mkdtemp(join(tmpdir(), "longrun-bench-"));
      try {
        const memory = await soakMemory(folder);
        return {
          // A soak that ended early shows nothing, so it breaks the limit.
          value: memory.invocations >= SOAK_INVOCATIONS ? memory.harnessMiB : Infinity,
          detail: `${memory.invocations} invocations, harness ${memory.harnessMiB.toFixed(0)} MiB, engine ${memory.engineMiB.toFixed(0)} MiB`,
        };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
  ...SPEED.map(([kind, what]): Row => ({
    name: `analyze: time for a file of lines that no judgement needs (${what}) / time of a plain scan of the file for "platform."`,
    limit: SPEED_LIMIT,
    unit: "x",
    async measure() {
      const speed = await analyzeSpeed(kind);
      const { detail, ...measured } = paired(speed);
      return {
        ...measured,
        detail: `${detail}; ${speed.lines} lines, Node's line reader takes ${speed.readlineMs.toFixed(0)} ms`,
      };
    },
  })),
  ...[2_000, 400].map(memoryOfAnalyze),
  {
    name: "analyze: memory for 100,000 environments of 10 invocations, with lifecycle lines",
    limit: 1_024,
    unit: " MiB",
    async measure() {
      const { mib, seconds } = await analyzeMemory({
        // Each environment has 63 events.
        events: 6_300_000,
        invocationsPerEnvironment: 10,
        applicationLines: 0,
        overlapping: false,
        lifecycleLines: true,
      });
      return { value: mib, detail: `6,300,000 events in ${seconds.toFixed(0)} s` };
    },
  },
  {
    name: "search: milliseconds per schedule, for a trivial handler (50 ms are 20 schedules a second on 2 cores)",
    limit: 50,
    unit: " ms",
    async measure() {
      const { schedules, seconds } = await searchTrivial();
      return {
        value: (1_000 * seconds) / schedules,
        detail: `${schedules} schedules, ${(schedules / seconds).toFixed(1)} a second`,
      };
    },
  },
  {
    // The rate of environments must reach 0.5 of the rate of `node -e 0`.
    name: "search: time per environment, for a trivial handler / time per process of node -e 0, if as many of these processes run at a time as the search plays schedules at a time",
    limit: 2,
    unit: "x",
    measure: async () => paired(await searchRate()),
  },
  {
    name: "search: time to search the design handler-connect completely, with all kinds of steps, to depth 3",
    limit: 300,
    unit: " s",
    async measure() {
      const { schedules, seconds, completeDepth } = await searchHandlerConnect();
      return {
        value: completeDepth === 3 ? seconds : Infinity,
        detail: `${schedules} schedules, depth ${completeDepth} complete`,
      };
    },
  },
];

/** Not 1, so that a broken bound differs from a program that fails. */
const BROKEN_CODE = 2;
const USAGE = `Usage: npm run bench -- [--json] [WORDS OF A NAME]
Prints each figure whose name has these words, with its bound. The exit code is 2 if a bound is broken.
With --json each figure is a line of JSON: "value" is the figure, "limit" its bound. For a ratio of two
times, "a" and "b" are their medians in milliseconds, and "ratio" is the median of the ratios of the pairs.
For example: npm run bench -- --json warm invoke
`;
const { word, json } = readArguments();
const chosen = rows.filter(({ name }) => name.includes(word));
if (chosen.length === 0) {
  const names = rows.map(({ name }) => `  ${name}\n`).join("");
  refuse(`no figure has '${word}' in its name. The names:\n${names}`);
}
let broken = 0;
for (const row of chosen) {
  const { name, limit, unit } = row;
  const { value, detail, figures } = await row.measure();
  const holds = value <= limit;
  if (!holds) broken += 1;
  process.stdout.write(
    json
      ? `${JSON.stringify({ name, value, unit: unit.trim(), limit, holds, detail, ...figures })}\n`
      : `${holds ? "ok    " : "BROKEN"} ${name}: ${value.toFixed(2)}${unit} (limit ${+limit.toFixed(2)}${unit}; ${detail})\n`,
  );
}
process.exitCode = broken === 0 ? 0 : BROKEN_CODE;

function readArguments(): { readonly word: string; readonly json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(USAGE);
      process.exit(0);
    }
    return { word: positionals.join(" "), json: values.json };
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(problem: string): never {
  process.stderr.write(`bench: ${problem}\n${USAGE}`);
  return process.exit(64);
}

function memoryOfAnalyze(invocationsPerEnvironment: number): Row {
  return {
    name: `analyze: memory for 10,000,000 events from a pipe, with ${invocationsPerEnvironment} invocations in each environment`,
    limit: 1_024,
    unit: " MiB",
    async measure() {
      const { mib, bytes, seconds } = await analyzeMemory({
        ...TYPICAL,
        events: 10_000_000,
        invocationsPerEnvironment,
      });
      return {
        value: mib,
        detail: `${(bytes / 2 ** 30).toFixed(1)} GiB in ${seconds.toFixed(0)} s, including the time to make the events`,
      };
    },
  };
}
