/**
 * Compares every sentence that a finding can have with sentences.txt, and the sentences of notices with notices.txt, so that a change of
 * wording is visible in a diff.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { CodedFinding } from "../../../src/result/findings/finding-parameters.ts";
import type { JudgedNotice } from "../../../src/record/notices.ts";
import type { HolderUnknownParameters } from "../../../src/result/findings/holder-unknown.ts";
import { findingSentence, SENTENCES } from "../../../src/report/wording/finding-sentence.ts";
import { HARM_UNKNOWN_REASONS } from "../../../src/report/wording/harm-unknown-reasons.ts";
import { HOLDER_UNKNOWN_REASONS } from "../../../src/report/wording/holder-unknown-reasons.ts";
import { plainNaming } from "../../../src/report/wording/naming.ts";
import { NOTICES, noticeSentence } from "../../../src/report/wording/notice-sentence.ts";
import { A, C } from "../../../src/report/wording/wording.ts";

interface Example {
  readonly code: string;
  readonly parameters: object;
}

/** Examples of the reasons that have parameters. A reason without parameters needs no example. */
const REASONS: Partial<{
  readonly [Code in keyof HolderUnknownParameters]: readonly HolderUnknownParameters[Code][];
}> = {
  "stream-missing": [{ logStream: C }],
  "boot-missing": [{ bootId: "1f" }, { bootId: null }],
  "boot-shared": [{ bootId: "1f" }],
  "last-maybe-gone": [{ environment: A }],
};

const HARM_REASONS = {
  "connection-failed": [{ error: "nothing-listened" }],
  "answer-encrypted": [{ by: "TLS" }, { by: "SSH" }],
  "places-not-held": [
    { held: 1, places: 2 },
    { held: 7, places: 10 },
  ],
  "more-held-than-places": [{ held: 3, places: 2 }],
  "work-unknown": [{ places: 2 }],
};

function reasons(words: object, examples: Readonly<Record<string, readonly object[]>>): readonly Example[] {
  return Object.entries(words).flatMap(([code, one]) =>
    (typeof one === "string" ? [{}] : (examples[code] ?? [])).map((parameters) => ({ code, parameters })),
  );
}

const HARM_UNKNOWN = [
  ...reasons(HARM_UNKNOWN_REASONS, HARM_REASONS),
  ...reasons(HOLDER_UNKNOWN_REASONS, REASONS).map((why) => ({ code: "holder-unknown", parameters: { why } })),
].map((why) => ({ invocations: 2, why }));

/** The examples of findings, for each code. */
const EXAMPLES = Object.entries(SENTENCES).map(([code, sentence]): readonly [string, readonly object[]] => {
  if (typeof sentence === "string") return [code, [{}]];
  const [, ...examples] = sentence;
  return [code, code === "harm-unknown" ? [...examples, ...HARM_UNKNOWN] : examples];
});

const FILE = new URL("./sentences.txt", import.meta.url);
const NOTICES_FILE = new URL("./notices.txt", import.meta.url);
const notices = Object.entries(NOTICES).map(([code, [, ...examples]]) => ({
  code,
  sentences: examples.map((parameters) => noticeSentence({ code, parameters } as JudgedNotice)),
}));
const listedNotices = notices
  .flatMap(({ code, sentences }) => sentences.map((sentence) => `${code}: ${sentence}\n`))
  .join("");
const all = EXAMPLES.flatMap(([code, examples]) =>
  examples.map((parameters) => ({ code, parameters })),
) as readonly CodedFinding[];
/** The sentence of each finding in two variants, for existing logs and for a run. It is listed once if the variants are equal. */
const listed = all
  .flatMap((one) =>
    [...new Set((["logs", "local"] as const).map((target) => findingSentence(one, plainNaming(target))))].map(
      (sentence) => `${one.code}: ${sentence}\n`,
    ),
  )
  .join("");
// To write both files again: LONGRUN_RENEW_SENTENCES=1 npx mocha harness/test/report/wording/finding-sentence.test.ts
if (process.env["LONGRUN_RENEW_SENTENCES"] === "1") {
  writeFileSync(FILE, listed);
  writeFileSync(NOTICES_FILE, listedNotices);
}

describe("the sentences of findings", () => {
  it("are all in sentences.txt", () => {
    expect(listed.split("\n")).to.deep.equal(readFileSync(FILE, "utf8").split("\n"));
  });

  it("advise the flag --since only for existing logs, because a soak has no such flag", () => {
    const ofRun = all.map((one) => findingSentence(one, plainNaming("local"))).join("\n");
    expect(ofRun).to.not.include("--since");
    expect(listed).to.include("--since");
  });

  it("include a sentence for every reason why harm is unknown", () => {
    const named = [
      ...reasons(HARM_UNKNOWN_REASONS, HARM_REASONS),
      ...reasons(HOLDER_UNKNOWN_REASONS, REASONS),
    ];
    expect([...new Set(named.map(({ code }) => code))]).to.deep.equal([
      ...Object.keys(HARM_UNKNOWN_REASONS).filter((code) => code !== "holder-unknown"),
      ...Object.keys(HOLDER_UNKNOWN_REASONS),
    ]);
  });

  it("begin with a capital letter, end with a full stop and contain no undefined value", () => {
    const odd = listed
      .trimEnd()
      .split("\n")
      .filter(
        (line) => !/^[a-z-]+: [A-Z0-9].*[^.]\.$/u.test(line) || /undefined|null|NaN|\[object/u.test(line),
      );
    expect(odd).to.deep.equal([]);
  });

  it("write environments and times as the given naming says", () => {
    const naming = { environment: () => "<E>", instant: () => "<T>", ofLogs: false };
    const named = all.map((one) => findingSentence(one, naming)).join("\n");
    // A log stream without an environment in the evidence has no short name, so its full name is allowed.
    expect(named.replaceAll(/log stream 2026\S+/gu, "")).to.not.match(/…|2026\/|T\d\d:/u);
  });

  it("are in docs/checks.md with their codes and parameters", () => {
    const page = readFileSync(new URL("../../../../docs/checks.md", import.meta.url), "utf8");
    const rows = new Map(
      [...page.matchAll(/^\| [^|]* \| [^|]* \| `([a-z-]+)` \| ([^|]*) \|$/gmu)].map(
        ([, code = "", parameters = ""]) => [
          code,
          [...parameters.matchAll(/`(\w+)`/gu)].map(([, name]) => name),
        ],
      ),
    );
    expect(Object.fromEntries(rows)).to.deep.equal(
      Object.fromEntries(EXAMPLES.map(([code, [first]]) => [code, Object.keys(first ?? {})])),
    );
  });
});

describe("the sentences of notices", () => {
  it("are all in notices.txt, end with a full stop and contain no undefined value", () => {
    expect(listedNotices.split("\n")).to.deep.equal(readFileSync(NOTICES_FILE, "utf8").split("\n"));
    const odd = notices
      .flatMap(({ sentences }) => sentences)
      .filter(
        (one) => !/[^.]\.$/u.test(one) || /undefined|null|NaN|\[object/u.test(one.replaceAll(":null", "")),
      );
    expect(odd).to.deep.equal([]);
  });
});
