/**
 * Secrets of many kinds are planted in every member of every record of the recorded runs, in names of members, and in every kind of log line.
 * None of them is in the redacted record. So nothing is kept because it looks harmless.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { z } from "zod";
import { bundlePath, goldenCases } from "../../../../scripts/golden/cases.ts";
import { unpack } from "../../../../scripts/golden/bundle.ts";
import { decodeMessage, type DecodedMessage } from "../../../src/logs/stream-event.ts";
import { MessageRedactor } from "../../../src/redact/redact-message.ts";
import { Replacements } from "../../../src/redact/replacements.ts";
import { FILE_SCHEMAS, runRules, type RedactedFile } from "../../../src/redact/run-rules.ts";
import { PLATFORM_TEXTS } from "../../fuzz/samples/platform-texts.ts";
import { LINE_FORMS } from "../../catalogue/runtimes/failure-lines.ts";
import { propertyRuns } from "../../support/test-all.ts";
import { samplesOf } from "./sample-of.ts";
import { SECRETS, type PlantedSecret } from "./planted-secrets.ts";

const NAMES: readonly (readonly [pattern: RegExp, file: RedactedFile])[] = [
  [/^manifest\.json$/, "manifest"],
  [/^plan\.json$/, "plan"],
  [/^journal\.jsonl/, "journal"],
  [/^metrics\.jsonl/, "metrics"],
  [/^logs\/applied\.jsonl/, "applied"],
  [/^logs\/peer-.*\.jsonl/, "peer"],
  [/^logs\/link-.*\.jsonl/, "link"],
  [/^logs\/.*\.jsonl/, "logs"],
];

interface Sample {
  readonly file: RedactedFile;
  readonly record: unknown;
}

/** Records with every member that is declared, and one record of each shape in the recorded runs: the same members, and the same words in members that are words of longrun. */
function samples(): { readonly records: readonly Sample[]; readonly messages: readonly string[] } {
  const records = new Map<string, Sample>(
    Object.entries(FILE_SCHEMAS).flatMap(([file, schemas]) =>
      schemas
        .flatMap((schema: z.core.$ZodType) => samplesOf(schema))
        .map((record, n) => [`${file} ${n}`, { file: file as RedactedFile, record }] as const),
    ),
  );
  const messages = new Map<string, string>();
  for (const { name } of goldenCases())
    for (const { path, content } of unpack(readFileSync(bundlePath(name)))) {
      const file = NAMES.find(([pattern]) => pattern.test(path))?.[1];
      if (file === undefined) continue;
      const texts = path.endsWith(".json") ? [content] : content.split("\n").filter((line) => line !== "");
      for (const text of texts) {
        let record: unknown;
        try {
          record = shortened(JSON.parse(text));
        } catch {
          continue;
        }
        const { event, message } = record as { readonly event?: string; readonly message?: string };
        records.set([file, event, ...pathsIn(record)].join(" "), { file, record });
        if (file === "logs" && message !== undefined)
          messages.set(message.replace(/[0-9a-f]{4,}|\d+/g, "0").replace(/(?:0[^a-z"]*)+/g, "0"), message);
      }
    }
  return { records: [...records.values()], messages: [...messages.values()] };
}

/** Of a list, only the first entries are kept. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 2).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shortened(one)]));
}

type Path = readonly (string | number)[];

/** The places of all values in a record, at any depth. */
function pathsIn(value: unknown, at: Path = []): readonly Path[] {
  if (Array.isArray(value)) return [at, ...value.flatMap((one: unknown, n) => pathsIn(one, [...at, n]))];
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...at, name]))];
}

function changed(value: unknown, [first, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((one: unknown, n) => (n === first ? changed(one, rest, change) : one));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [
      name,
      name === first ? changed(one, rest, change) : (one as unknown),
    ]),
  );
}

/** The ways in which a text can be in a value: in its place, around it, inside it, and beside it in a list or an object. */
function plantings(secret: string): readonly ((old: unknown) => unknown)[] {
  const inText =
    (place: (text: string) => string) =>
    (old: unknown): unknown =>
      typeof old === "string" ? place(old) : secret;
  return [
    () => secret,
    () => [secret],
    () => ({ [secret]: secret }),
    inText((text) => `${secret}${text}`),
    inText((text) => `${text}${secret}`),
    inText((text) => `${text} ${secret} ${text}`),
    inText((text) => text.slice(0, text.length >> 1) + secret + text.slice(text.length >> 1)),
    (old) =>
      typeof old === "object" && old !== null && !Array.isArray(old)
        ? { ...old, [secret]: secret, zqUnknown: { text: secret } }
        : secret,
  ];
}

const has = (text: string, { core }: PlantedSecret): boolean =>
  text.includes(core) || text.includes(JSON.stringify(core).slice(1, -1));

/** `make test` takes two of the ways or places for each secret, each time others; `make test-all` takes them all. */
function takeTurns<T>(all: readonly T[], turn: number): readonly T[] {
  const count = Math.min(all.length, propertyRuns(10));
  return Array.from(
    { length: count === 10 ? all.length : count },
    (_, n) => all[(turn + n * 5) % all.length] as T,
  );
}

/** Gives every digit of an id another digit. */
const reversed = (limit: number): number => limit - 1;

describe("a secret in a redacted run", () => {
  const { records, messages } = samples();
  const lines = [
    ...messages,
    ...PLATFORM_TEXTS,
    ...LINE_FORMS.flatMap(({ events }) => events("8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")),
  ];

  for (const [, file] of NAMES)
    it(`is not kept in any member of ${file}`, () => {
      const leaks = new Set<string>();
      let planted = 0;
      const rule = runRules(new Replacements(reversed))[file];
      for (const { record } of records.filter((one) => one.file === file))
        for (const path of pathsIn(record))
          for (const secret of SECRETS)
            for (const plant of takeTurns(plantings(secret.text), planted)) {
              planted += 1;
              if (has(JSON.stringify(rule(changed(record, path, plant))), secret))
                leaks.add(`${secret.kind} in ${path.join(".")}`);
            }
      expect(planted).to.be.greaterThan(SECRETS.length);
      expect([...leaks]).to.deep.equal([]);
    }).timeout(600_000);

  it("is not kept in any kind of log line, wherever it stands", () => {
    const leaks: string[] = [];
    const redactor = new MessageRedactor(new Replacements(reversed));
    let planted = 0;
    for (const line of lines) {
      const places = [0, line.length, ...[...line.matchAll(/[\s"{}[\]:,]+/g)].map(({ index }) => index)];
      for (const secret of SECRETS)
        for (const place of takeTurns(places, planted)) {
          planted += 1;
          const message = line.slice(0, place) + secret.text + line.slice(place);
          const copy = redactor.redact(message);
          if (has(copy, secret)) leaks.push(`${secret.kind}: ${message} -> ${copy}`);
        }
    }
    expect(lines.length).to.be.greaterThan(100);
    expect(leaks).to.deep.equal([]);
  }).timeout(600_000);

  it("is not replaced at the cost of what the judgement reads: each line says the same as before", () => {
    const redactor = new MessageRedactor(new Replacements(reversed));
    for (const line of lines) {
      const [before, after] = [line, redactor.redact(line)].map((one) => factsIn(decodeMessage(one)));
      expect(after, line).to.deep.equal(before);
    }
  });
});

/** What a line says, without names, ids and versions. */
function factsIn(decoded: DecodedMessage): unknown {
  if (decoded.kind !== "platform") return decoded.kind;
  return Object.entries(decoded.platform)
    .filter(([name, value]) => !/Id$|name|Name|Type$|[vV]ersion$|detail/.test(name) || value === null)
    .map(([name, value]) => [name, value] as const);
}
