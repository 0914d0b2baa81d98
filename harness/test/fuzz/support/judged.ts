/** Judges logs as `longrun analyze` does, and shows the result in each form. */
import { Readable } from "node:stream";
import { durationMs } from "../../../src/base/time.ts";
import { readLogs, type PeerLogInput } from "../../../src/adapters/log-formats/read-logs.ts";
import { unpacked } from "../../../src/adapters/log-formats/log-source-bytes.ts";
import { SpilledTexts } from "../../../src/adapters/storage/spilled-texts.ts";
import { judgeRun } from "../../../src/judge/judge-run.ts";
import { renderHtml } from "../../../src/report/html/render-html.ts";
import { renderJunit } from "../../../src/report/junit.ts";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { renderText } from "../../../src/report/text.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { inPieces, type FuzzCase } from "./fuzz-case.ts";
import { refusedInWords } from "./names-problem.ts";

export interface FuzzedFile {
  readonly source: string;
  readonly input: FuzzCase;
}

function logInput({ source, input }: FuzzedFile): Omit<PeerLogInput, "name"> {
  return { source, open: () => unpacked(Readable.from(inPieces(input))) };
}

export async function judged(files: {
  readonly logs: readonly FuzzedFile[];
  readonly peerLogs: readonly FuzzedFile[];
}): Promise<void> {
  const given = [...files.logs, ...files.peerLogs].map(({ input }) =>
    Buffer.from(input.bytes).toString("utf8"),
  );
  await refusedInWords(given.join("\n"), async () => {
    const { evidence, close } = await readLogs(
      {
        logs: files.logs.map(logInput),
        peerLogs: files.peerLogs.map((one) => ({ name: null, ...logInput(one) })),
        functionName: "device",
        range: { since: null, until: null },
        clockToleranceMs: durationMs(1_000),
        peerLogZone: "Europe/Berlin",
      },
      new SpilledTexts(),
    );
    try {
      show(judgeRun({ evidence }));
    } finally {
      close();
    }
  });
}

/** Shows the result in each form that is made in this process. */
export function show(result: RunResult): void {
  JSON.stringify(result);
  renderText(result, { columns: 80, colour: false });
  renderMarkdown(result);
  renderJunit(result);
  renderHtml(result, { style: "", script: "" });
}
