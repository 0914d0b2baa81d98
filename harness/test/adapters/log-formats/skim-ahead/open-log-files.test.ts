/**
 * A judgement of log files must be the same whether threads skim them (find the lines that must be read) or the main thread reads them
 * alone.
 */
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { readLogs } from "../../../../src/adapters/log-formats/read-logs.ts";
import {
  openLogFiles,
  type ThreadSettings,
} from "../../../../src/adapters/log-formats/skim-ahead/open-log-files.ts";
import { FileRowStore } from "../../../../src/adapters/storage/file-row-store.ts";
import { judgementNeeds } from "../../../../src/analysis/judgement-needs.ts";
import { judgeRun } from "../../../../src/judge/judge-run.ts";
import { epochMs } from "../../../../src/units/time.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { itInTestAll, itOnce, propertyCases } from "../../../support/test-all.ts";
import { log, START, STREAMS } from "../log-lines.ts";

const ALONE: ThreadSettings = { threads: 0, mainSkims: false, bytesMin: 0, headBytes: 1, pieceBytes: 1 };
const SMALL: ThreadSettings = { threads: 2, mainSkims: false, bytesMin: 0, headBytes: 700, pieceBytes: 300 };
const ID = "11111111-1111-4111-8111-111111111111";

interface Judging {
  readonly since?: number;
  readonly until?: number;
  /** Called after the threads have been started and before the file at this position is opened. */
  readonly before?: (index: number) => void;
}

/** Returns the result, or the error in words. */
async function judged(
  paths: readonly string[],
  settings: ThreadSettings,
  judging: Judging = {},
): Promise<string> {
  const range = {
    since: judging.since === undefined ? null : epochMs(judging.since),
    until: judging.until === undefined ? null : epochMs(judging.until),
  };
  const opened = openLogFiles(paths, range, settings);
  try {
    const { evidence, close } = await readLogs(
      {
        logs: paths.map((_, index) => ({
          source: `file ${index}`,
          open: () => {
            judging.before?.(index);
            return opened.open(index);
          },
        })),
        peerLogs: [],
        functionName: "device",
        range,
        condense: { needs: judgementNeeds(), clockToleranceMs: 1_000 },
      },
      new FileRowStore(),
    );
    const result = JSON.stringify(judgeRun({ evidence }), null, 1);
    close();
    return result;
  } catch (error) {
    return String(error);
  } finally {
    opened.close();
  }
}

const event = (index: number, message: string): string =>
  JSON.stringify({
    logStreamName: STREAMS[index % 2],
    timestamp: START + index,
    message,
    ingestionTime: START + index + 400,
    eventId: `39${index}`,
  });
const own = (index: number): string =>
  event(index, `{"timestamp":"2026-11-25T01:02:03.456Z","level":"INFO","message":"step ${index}"}`);
const invocation = (index: number): readonly string[] => [
  event(index, `START RequestId: ${ID.slice(0, -3)}${index % 10}aa Version: $LATEST`),
  own(index + 2),
  event(index + 4, `END RequestId: ${ID.slice(0, -3)}${index % 10}aa`),
  event(
    index + 6,
    `REPORT RequestId: ${ID.slice(0, -3)}${index % 10}aa\tDuration: 3.01 ms\tBilled Duration: 4 ms\t`,
  ),
];
const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => [own(8 * index + 1), ...invocation(8 * index)]).flat();
const text = (lines: readonly string[], end = "\n"): string => `${lines.join(end)}${end}`;

describe("log files that threads skim", () => {
  const folder = temporaryFolder();
  const put = (name: string, content: string | Uint8Array): string => {
    const path = join(folder.path(), name);
    writeFileSync(path, content);
    return path;
  };

  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ["lines that cross the ends of byte ranges", text(many(12))],
    ["lines that end with CRLF", text(many(12), "\r\n")],
    ["no newline at the end", text(many(12)).trimEnd()],
    ["a byte order mark", `\ufeff${text(many(12))}`],
    ["a line longer than several byte ranges", text([...many(4), event(1, "x".repeat(2_000)), ...many(9)])],
    ["a line that is too long", text([...many(4), event(1, "x".repeat(9 << 20)), ...many(9)])],
    ["empty lines", text([...many(4), ...Array<string>(800).fill(""), ...many(9)])],
    [
      "broken UTF-8",
      Buffer.concat([
        Buffer.from(text(many(6))),
        Buffer.from([0xff, 0xc3, 0x0a]),
        Buffer.from(text(many(9))),
      ]),
    ],
    ["UTF-16", Buffer.from(`\ufeff${text(many(12))}`, "utf16le")],
    [
      "one JSON document",
      JSON.stringify({ events: many(12).map((line) => JSON.parse(line) as unknown) }, null, 2),
    ],
    ["gzip", gzipSync(text(many(12)))],
    [
      "lines as the export to S3 writes them",
      text(
        many(12).map((line) => {
          const { timestamp, message } = JSON.parse(line) as {
            readonly timestamp: number;
            readonly message: string;
          };
          return `${new Date(timestamp).toISOString()} ${message}`;
        }),
      ),
    ],
    ["nothing", ""],
    ["no log", "no log\n".repeat(400)],
  ];
  for (const [title, content] of files)
    itOnce(`are judged like files that the main thread reads alone (the content: ${title})`, async () => {
      const path = put("one.log", content);
      expect(await judged([path], SMALL)).to.equal(await judged([path], ALONE));
    });

  itOnce(
    "reach the reader completely: the beginning as plain bytes, and the rest in skimmed pieces if the reader has allowed skimmed pieces",
    async () => {
      const content = text(many(12));
      const opened = openLogFiles([put("one.log", content)], { since: null, until: null }, SMALL);
      const bytes = opened.open(0);
      bytes.allowSkimmed?.();
      let [given, skimmed] = ["", 0];
      for await (const piece of bytes) {
        given += (Buffer.isBuffer(piece) ? piece : piece.chunk).toString("latin1");
        if (!Buffer.isBuffer(piece)) skimmed += 1;
      }
      opened.close();
      expect(given).to.equal(content);
      expect(skimmed).to.equal(Math.ceil((content.length - SMALL.headBytes) / SMALL.pieceBytes));
    },
  );

  itInTestAll(
    "and that have the same streams are judged like files that the main thread reads alone, with and without a range of time",
    async () => {
      const all = many(40);
      const paths = files.map(([, content], index) => put(`${index}.log`, content)).slice(0, 11);
      const parts = [0, 1, 2].map((part) =>
        put(`part${part}.log`, text(all.filter((_, index) => index % 3 === part))),
      );
      for (const judging of [{}, { since: START + 20, until: START + 70 }])
        for (const some of [parts, [...paths, ...parts]])
          expect(await judged(some, SMALL, judging)).to.equal(await judged(some, ALONE, judging));
    },
  );

  it("are judged like files that the main thread reads alone, whatever the files contain", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(log, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        fc.record({
          threads: fc.integer({ min: 1, max: 3 }),
          mainSkims: fc.boolean(),
          bytesMin: fc.constant(0),
          headBytes: fc.integer({ min: 1, max: 1_500 }),
          pieceBytes: fc.integer({ min: 1, max: 900 }),
        }),
        async (logs, settings) => {
          const paths = logs.map((parts, index) =>
            put(`any${index}.log`, Buffer.concat([Buffer.from(text(many(2))), ...parts])),
          );
          expect(await judged(paths, settings)).to.equal(await judged(paths, ALONE));
        },
      ),
      { ...propertyCases(50), seed: 20261127 },
    );
  });

  itOnce(
    "and that become shorter, longer or empty after the threads have started are judged like files that the main thread reads alone",
    async () => {
      const before = text(many(40));
      const changes: readonly ((path: string) => void)[] = [
        (path) => truncateSync(path, 2_000),
        (path) => writeFileSync(path, text(many(60))),
        (path) => writeFileSync(path, ""),
      ];
      for (const change of changes) {
        const path = put("changed.log", before);
        const judging = { before: () => change(path) };
        const result = await judged([path], SMALL, judging);
        put("changed.log", before);
        expect(result).to.equal(await judged([path], ALONE, judging));
      }
    },
  );

  itOnce(
    "and that cannot be read are refused with the same error as when the main thread reads alone",
    async () => {
      const path = put("there.log", text(many(12)));
      for (const paths of [
        [join(folder.path(), "absent")],
        [folder.path()],
        [path, join(folder.path(), "absent")],
      ])
        expect(await judged(paths, SMALL))
          .to.equal(await judged(paths, ALONE))
          .and.to.contain("LongrunError");
    },
  );
});
