import { expect } from "chai";
import { LogText } from "../../src/adapters/log-formats/log-text.ts";
import { parseIsoInstant } from "../../src/logs/forms/parse-instant.ts";
import { parseMetricData } from "../../src/adapters/log-formats/parse-metric-data.ts";
import { clientNameParts, mayIdentify } from "../../src/words/client-name.ts";
import { parseThreshold } from "../../src/words/parse-threshold.ts";
import { showsAlteredConsole } from "../../src/logs/altered-console.ts";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { isErrorShaped } from "../../src/logs/error-shape.ts";
import { levelOf } from "../../src/logs/line-level.ts";
import { mayBeNeeded } from "../../src/logs/needed-line.ts";
import { regionOfInit, regionOfStream } from "../../src/logs/region.ts";
import { functionOfGroup, streamAtStart, streamOfPath } from "../../src/logs/stream-name.ts";
import { readAdo } from "../../src/catalogue/connection-strings/ado.ts";
import { readGoMysqlDsn } from "../../src/catalogue/connection-strings/go-mysql-dsn.ts";
import { readHostList } from "../../src/catalogue/connection-strings/host-list.ts";
import { readKeyValueDsn } from "../../src/catalogue/connection-strings/key-value-dsn.ts";
import { readUrl } from "../../src/catalogue/connection-strings/url.ts";
import { FAMILIES } from "../../src/catalogue/runtimes/all-runtimes.ts";
import { errorPlace } from "../../src/catalogue/runtimes/error-place.ts";
import { linesBeforeExit, logExcerpt } from "../../src/catalogue/runtimes/log-excerpt.ts";
import { readScheduleFile } from "../../src/explore/schedule-file.ts";
import { MessageRedactor } from "../../src/redact/redact-message.ts";
import { Replacements } from "../../src/redact/replacements.ts";
import { serverLogOf } from "../../src/logs/servers/all-server-logs.ts";
import { LogClock } from "../../src/logs/servers/log-clock.ts";
import { readProfile } from "../../src/settings/read-profile.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";
import { parsePlatformProfile } from "../../src/platform/parse-platform-profile.ts";
import { readYaml } from "../../src/settings/read-yaml.ts";
import { labelledCode } from "../../src/settings/function-choice.ts";
import * as values from "../../src/settings/value-parsers.ts";
import { parseDuration, parseIsoTime } from "../../src/base/time.ts";
import { ALL_RENDERINGS } from "../adapters/log-formats/render/all-renderings.ts";
import { PLATFORM_TEXTS } from "../fuzz/samples/platform-texts.ts";
import { SERVER_LOGS } from "../fuzz/samples/server-logs.ts";
import { SMALL_LOG } from "../fuzz/samples/small-log.ts";
import { LINE_FORMS } from "../catalogue/runtimes/failure-lines.ts";
import { itInTestAll, propertyRuns } from "../support/test-all.ts";
import { linesThatGrow } from "./grows-linearly.ts";
import { type HostileLine, hostileLines } from "./hostile-lines.ts";

const ID = "8f3b2c1d-0000-4000-8000-000000000001";
const STREAM = "2026/11/25/[$LATEST]3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f";
const FAILURES = LINE_FORMS.flatMap(({ family, events }) => events(ID).map((text) => ({ family, text })));

interface Reader {
  readonly name: string;
  readonly samples: readonly string[];
  /** Slow also on an ordinary text, so only `make test-all` reads it, and repeats fewer parts. */
  readonly isSlow?: boolean;
  readonly read: (text: string) => unknown;
}

/** The page's text as the console shows a failure of Java's runtime: all lines in one row. */
const CONSOLE_PAGES = [
  "Log events\nTimestamp Message\n2026-11-25T01:02:03.456Z\tbusy: a.b.Busy a.b.Busy: busy at a.b.App.handle(App.java:7) at x.y(Z.java:1)\nbusy: a.b.Busy\na.b.Busy: busy\n",
  "Timestamp | Message \n2026-11-25T01:02:03.456+01:00\tINIT_START Runtime Version: nodejs:22.v50\nINIT_START Runtime\nCopy\n",
];
const LOKI = JSON.stringify({
  streams: [
    {
      stream: '{app="x", name="y\\"z"}',
      labels: '{app="x", name="y\\"z"}',
      values: [["1764032523456000000", "hello"]],
    },
  ],
});
const LOGS = ALL_RENDERINGS.flatMap((rendering) =>
  Object.values(rendering.render(SMALL_LOG, 0)).slice(0, 1),
).map((one) => Buffer.from(one).toString("utf8"));

function readLog(text: string): void {
  const log = new LogText({ own: () => null, skip: null });
  for (const line of [text, "\n", text.replaceAll("\n", " "), "\n"]) log.push(Buffer.from(line));
  log.finish();
}

function readServerLog(first: string, text: string): void {
  const log = serverLogOf(first);
  const clock = new LogClock(0, null);
  const reader = log?.reader?.(clock, { record: () => undefined, lost: () => undefined });
  for (const line of [first, ...text.split("\n")]) {
    serverLogOf(line);
    log?.timeOf(line, clock);
    reader?.line(line);
  }
  reader?.finish();
}

const SERVER_SAMPLES = SERVER_LOGS.map((log) => log.split("\n").filter((line) => line !== "")).flatMap(
  (lines) => {
    const first = lines.find((line) => serverLogOf(line) !== null);
    return first === undefined ? [] : [{ kind: serverLogOf(first)?.kind ?? "", first, lines }];
  },
);

const SETTINGS: Readonly<Record<string, (text: string) => unknown>> = {
  duration: (text) => [parseDuration(text), values.functionTimeout(text)],
  capacity: values.capacity,
  address: (text) => [values.hostPort(text), values.listenAddress(text), values.hostName(text)],
  url: values.httpUrl,
  environment: values.environmentVariable,
  link: (text) => [values.linkChoice(text), values.resolvedName(text)],
  region: values.awsRegion,
  time: (text) => [values.pointInTime(text), parseIsoTime(text), parseIsoInstant(text)],
  threshold: parseThreshold,
  code: labelledCode,
};
const SETTING_SAMPLES = [
  ...["90s", "1.5h", "a=b", "db:5432", "[::1]:1", "http://127.0.0.1:1/x", "PEER_HOST:PEER_PORT=a:1", "x=a:1"],
  ...["harm.total <= 0", "f=./a/b.mjs", "eu-central-1", "2026-11-25T01:02:03.456+01:00", "24h", "refuse:3"],
];

const ADDRESSES = [
  "postgres://app:p@ss@db:6543/app?x=1",
  "postgresql:///app?host=db&port=1&x=1",
  "postgresql://u@[fd00::1]:5432/app?hostaddr=a,b",
  "jdbc:sqlserver://db:1434;user=sa;password=p@x:1;",
  "amqp://a:1,amqp://u:p@b",
  "host=a,b port=1,2 password='it\\'s; host=x'",
  "Server=tcp:db,1433;Database=app;User Id=a;Password={p;}}w};Encrypt=true",
  "user:p@ss:w@tcp(db:3306)/app?parseTime=true",
  "a:1,b:2,[::1]:3",
];

const PROFILE = [
  ...["# nightly", "function: [init-connect, fixed=handler-connect]", "env: { STAGE: test, LEVEL: 3 }"],
  ...[
    "expect:",
    "  init-connect: fail",
    "event: { order: [1, 'x', \"y\\n\"] }",
    "threshold: |",
    "  harm.total",
  ],
  ...["  <= 0", "? &a b", ": *a", "--- !!str x", ""],
].join("\n");
const PLATFORM = [
  ...["name: quiet", "placement: oldest", "events:", "  - action: replace", "    everyMs: [1000, 2000]"],
  ...["aheadElsewhere: { everyMs: [250, 300] }", ""],
].join("\n");
/** Mappings with many keys, none of them repeated, lists with anchors, and errors after carriage returns. */
const YAML_TEXTS: readonly HostileLine[] = Object.entries({
  "keys of a block": { part: (index: number) => `\nk_${index.toString(36)}:`, end: "" },
  "keys in braces": { start: "{", part: (index: number) => `k_${index.toString(36)},`, end: "}" },
  "anchors and aliases": { start: "[", part: (index: number) => `&k${index} 1, *k${index},`, end: "]" },
  "carriage returns": { start: 'a: "', part: () => "some words \r\\", end: '"' },
}).map(([says, { start = "", part, end }]: [string, YamlText]) => ({
  says,
  ofLength: (characters) =>
    start + Array.from({ length: characters / part(1_000).length }, (_, index) => part(index)).join("") + end,
}));

interface YamlText {
  readonly start?: string;
  readonly part: (index: number) => string;
  readonly end: string;
}

function readPlatform(text: string): void {
  const { document } = readYaml("YAML", text);
  let content: unknown;
  try {
    content = document?.toJS();
  } catch {
    // Too many aliases.
  }
  parsePlatformProfile(content);
}

const READERS: readonly Reader[] = [
  {
    name: "a profile file",
    samples: [PROFILE],
    isSlow: true,
    read: (text) => readProfile({ name: "x", text }, SOAK_SETTINGS),
  },
  {
    name: "a platform file",
    samples: [PLATFORM],
    isSlow: true,
    read: readPlatform,
  },
  {
    name: "a schedule",
    samples: ['{"version":1,"steps":[{"step":"invoke","environment":0}],"x":"y"}'],
    read: readScheduleFile,
  },
  {
    name: "redact: a line of a function's log",
    samples: [...PLATFORM_TEXTS, ...FAILURES.map(({ text }) => text)],
    read: (text) => new MessageRedactor(new Replacements(() => 0)).redact(text),
  },
  {
    name: "a line of a function's log",
    samples: [...PLATFORM_TEXTS, ...FAILURES.map(({ text }) => text)],
    read: decodeMessage,
  },
  ...FAMILIES.map(({ name, log }) => ({
    name: `a failure line of ${name}`,
    samples: FAILURES.filter(({ family }) => family === name).map(({ text }) => text),
    read: (text: string) => log.read({ text, object: null }),
  })),
  {
    name: "the place of an error, and an excerpt of a log",
    samples: FAILURES.map(({ text }) => text),
    read: (text) => [errorPlace([text], { errorMessage: "x" }), logExcerpt([text]), linesBeforeExit([text])],
  },
  {
    name: "what could speak of a failure",
    samples: FAILURES.map(({ text }) => text),
    read: (text) => [isErrorShaped(text), levelOf(text, null), showsAlteredConsole(text), mayBeNeeded(text)],
  },
  {
    name: "a name of a log stream, of a Region, of a client",
    samples: [
      STREAM,
      `${STREAM}-123456789012-eu-central-1`,
      "arn:aws:lambda:eu-central-1::runtime:abc",
      `app-${ID}`,
    ],
    read: (text) => [
      streamAtStart(text),
      streamOfPath(text),
      functionOfGroup(text),
      regionOfInit(text),
      regionOfStream(text),
      clientNameParts(text),
      mayIdentify(text),
    ],
  },
  {
    name: "an exported log, in every form",
    samples: [...LOGS.slice(0, propertyRuns(LOGS.length)), ...CONSOLE_PAGES, LOKI],
    read: readLog,
  },
  {
    name: "metrics",
    samples: ['{"MetricDataResults":[{"Id":"a","Timestamps":[],"Values":[]}]}'],
    read: parseMetricData,
  },
  ...SERVER_SAMPLES.map(({ kind, first, lines }) => ({
    name: `the log of ${kind}`,
    samples: [...new Set(lines)].slice(0, 12),
    read: (text: string) => readServerLog(first, text),
  })),
  ...[readUrl, readKeyValueDsn, readAdo, readGoMysqlDsn, (text: string) => readHostList(text, 0, null)].map(
    (read, index) => ({ name: `form ${index + 1} of a connection string`, samples: ADDRESSES, read }),
  ),
  ...Object.entries(SETTINGS).map(([name, read]) => ({
    name: `a setting: ${name}`,
    samples: SETTING_SAMPLES,
    read,
  })),
];

/** In how many places of the samples of a reader a part is repeated. */
const PLACES = propertyRuns(400);
const SLOW_PLACES = 12;
/** In shorter texts the parser needs more time for each character than for what would need the square of the length. */
const YAML_LENGTH = 1 << 15;

describe("the time to read a long text", () => {
  for (const { name, samples, isSlow = false, read } of READERS)
    (isSlow ? itInTestAll : it)(`grows in proportion to its length: ${name}`, () => {
      const places = isSlow ? SLOW_PLACES : PLACES;
      const lines = hostileLines(samples, Math.ceil(places / samples.length));
      expect(linesThatGrow(read, lines)).to.deep.equal([]);
    });

  it("grows in proportion to its length: YAML", () => {
    const read = (text: string): unknown => readYaml("YAML", text);
    expect(linesThatGrow(read, YAML_TEXTS, [YAML_LENGTH])).to.deep.equal([]);
  });

  itInTestAll("would be found to grow too fast if a pattern were quadratic", () => {
    const spaces = hostileLines([], 1).filter(({ says }) => says === '"" + " " repeated + ""');
    expect(linesThatGrow((text) => / +x/.test(text), spaces)).to.have.lengthOf(1);
    expect(linesThatGrow((text) => /^ *x/.test(text), spaces)).to.deep.equal([]);
  });
});
