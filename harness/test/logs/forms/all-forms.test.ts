/**
 * Writes a story (a test's script of a run) in a log format and reads it back. The environments, invocations and verdict must be the same as
 * with JSON lines.
 */
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { LongrunError } from "../../../src/base/errors.ts";
import { play, randomStory, type RandomStory } from "../../analysis/analyze/random-story.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { propertyCases, propertyRuns } from "../../support/test-all.ts";
import { LINE_FORMS, OBJECT_FORMS } from "../../../src/logs/forms/all-forms.ts";
import type { LineForm, ObjectForm } from "../../../src/logs/forms/form.ts";
import { bareLine } from "../../../src/logs/forms/bare-line.ts";
import { grafanaText } from "../../../src/logs/forms/grafana-text.ts";
import { refusedText } from "../../../src/logs/forms/refused-text.ts";
import { SMALL_LOG } from "../../fuzz/samples/small-log.ts";
import { readLog } from "../../adapters/log-formats/read-both-ways.ts";
import { judgeFiles } from "../../adapters/log-formats/judge-files.ts";
import { ALL_RENDERINGS } from "../../adapters/log-formats/render/all-renderings.ts";
import type { Files, Rendering } from "../../adapters/log-formats/render/render.ts";

const PLAIN: Rendering = {
  name: "JSON lines",
  render: (records) => ({ "events.jsonl": records.map((record) => `${JSON.stringify(record)}\n`).join("") }),
};

function judged(files: Files, peerLog: readonly PeerLogRecord[], pieceBytes: number): Promise<unknown> {
  return judgeFiles(files, peerLog, pieceBytes, ({ functions, unreadable }) => ({
    unreadable,
    functions: functions.map(
      ({ name, verdict, reasons, harm, exposure, invocations, environments, invocationList }) => ({
        ...{ name, verdict, reasons, harm, exposure, invocations, environments, invocationList },
      }),
    ),
  }));
}

interface Played {
  readonly records: readonly LogRecord[];
  readonly peerLog: readonly PeerLogRecord[];
  inJsonLines: Promise<unknown> | null;
}

function logsOf(story: RandomStory): Pick<Played, "records" | "peerLog"> {
  const options = { ...story.options, name: "device", target: "logs" as const };
  const [logged] = play({ ...story, options }).functions;
  return { records: logged?.records ?? [], peerLog: logged?.peerLog ?? [] };
}

/** Lines of these forms name no log stream, so their records cannot be compared with others. They are tested in refused-text.test.ts. */
const WITHOUT_STREAMS: ReadonlySet<LineForm | ObjectForm> = new Set([refusedText, grafanaText, bareLine]);

const isLineForm = (form: LineForm | ObjectForm): form is LineForm => "begins" in form;

/** Adds the form to `used` when the form reads something. The returned function restores the form. */
function watchLines(form: LineForm, used: Set<LineForm | ObjectForm>): () => void {
  const reader = form.reader.bind(form);
  form.reader = (found) => {
    used.add(form);
    return reader(found);
  };
  return () => void (form.reader = reader);
}

function watchObjects(form: ObjectForm, used: Set<LineForm | ObjectForm>): () => void {
  const read = form.read.bind(form);
  form.read = (object, found) => {
    const taken = read(object, found);
    if (taken) used.add(form);
    return taken;
  };
  return () => void (form.read = read);
}

function uncompressed(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

describe("the formats of these tests", () => {
  it("together use every form in forms/ that names log streams, so that no such form is untested", () => {
    const forms = [...LINE_FORMS, ...OBJECT_FORMS].filter((form) => !WITHOUT_STREAMS.has(form));
    const used = new Set<LineForm | ObjectForm>();
    const restore = forms.map((form) =>
      isLineForm(form) ? watchLines(form, used) : watchObjects(form, used),
    );
    try {
      for (const rendering of ALL_RENDERINGS)
        for (let variant = 0; variant < 12; variant += 1)
          for (const content of Object.values(rendering.render(SMALL_LOG, variant)))
            readLog(uncompressed(content), false);
    } finally {
      for (const undo of restore) undo();
    }
    expect(
      forms.flatMap((form, place) => (used.has(form) ? [] : [place])),
      "the unused forms, by their index in `forms`",
    ).to.deep.equal([]);
  });
});

describe("the logs of a story", () => {
  /** Every format is tested with the same stories. Each story is played once, and judged once in JSON lines. */
  const played = new Map<string, Played>();
  const playOnce = (story: RandomStory): Played => {
    const key = JSON.stringify(story);
    let known = played.get(key);
    if (known === undefined) {
      const { records, peerLog } = logsOf(story);
      known = { records, peerLog, inJsonLines: null };
      played.set(key, known);
    }
    return known;
  };
  after(() => played.clear());

  for (const form of ALL_RENDERINGS) {
    it(`have the same result in this format as in JSON lines: ${form.name}`, async () => {
      await fc.assert(
        fc.asyncProperty(randomStory, fc.nat({ max: 1 << 20 }), async (story, variant) => {
          const one = playOnce(story);
          const { records, peerLog } = one;
          fc.pre(records.length > 0 && !records.some((record) => form.loses?.(record) === true));
          one.inJsonLines ??= judged(PLAIN.render(records, 0), peerLog, 1 << 16);
          const wanted = await one.inJsonLines;
          const pieceBytes = [7, 100, 1_000, 10_000, 1 << 16][variant % 5] ?? 1;
          expect(await judged(form.render(records, variant), peerLog, pieceBytes)).to.deep.equal(wanted);
        }),
        { numRuns: propertyRuns(100), seed: 20261125 },
      );
    });
  }

  it("are read, or refused with a message, whatever was changed in them", async () => {
    const harm = fc.record({
      from: fc.nat(),
      length: fc.nat({ max: 400 }),
      instead: fc.constantFrom(
        "",
        "\n",
        '"',
        "\u0000",
        "{",
        "}]",
        "\t",
        "\r\n",
        "H4sIAAAA",
        "2026-11-25T10:00:00Z ",
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        randomStory,
        fc.nat({ max: 1 << 20 }),
        fc.constantFrom(...ALL_RENDERINGS),
        fc.array(harm, { minLength: 1, maxLength: 3 }),
        async (story, variant, form, harms) => {
          const { records, peerLog } = logsOf(story);
          const files = Object.entries(form.render(records, variant)).map(([name, content]) => {
            let bytes = Buffer.from(content);
            for (const { from, length, instead } of harms) {
              const at = from % (bytes.length + 1);
              bytes = Buffer.concat([
                bytes.subarray(0, at),
                Buffer.from(instead),
                bytes.subarray(at + length),
              ]);
            }
            return [name, bytes] as const;
          });
          try {
            await judged(Object.fromEntries(files), peerLog, 1_000);
          } catch (error) {
            expect(error).to.be.instanceOf(LongrunError).with.property("code", "usage");
          }
        },
      ),
      { ...propertyCases(1_000), seed: 20261125 },
    );
  });
});
