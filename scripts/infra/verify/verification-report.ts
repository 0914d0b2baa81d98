/** The report of a verification, as data and as Markdown that can be pasted into an issue. Pure. */
import { escapeMarkdown } from "../../../harness/src/report/markdown/escape-markdown.ts";
import type { Swept } from "../sweep.ts";
import { notReached, OUTCOMES, type ProbeOutcome, type ProbeResult } from "./probe.ts";
import { ROWS, type ListedRow, type RowId } from "./rows.ts";
import type { Verification } from "./verification.ts";

export interface VerificationReport extends Pick<Verification, "target" | "region"> {
  readonly version: 1;
  readonly startedAt: string;
  readonly endedAt: string;
  /** What it costs at most, by the price pages. */
  readonly atMostUsd: number;
  /** What still exists. */
  readonly left: readonly string[];
  readonly rows: readonly {
    readonly id: RowId;
    readonly outcome: ProbeOutcome;
    readonly seen: string;
    readonly expected: string;
  }[];
}

export function verificationReport(
  facts: Pick<VerificationReport, "target" | "region" | "startedAt" | "endedAt" | "atMostUsd">,
  results: ReadonlyMap<RowId, ProbeResult>,
  { left }: Pick<Swept, "left">,
): VerificationReport {
  return {
    version: 1,
    ...facts,
    left: left.map(redacted),
    rows: ROWS.map((row: ListedRow) => {
      const { id, expected, unseen } = row;
      const { outcome, text } =
        results.get(id) ?? notReached(unseen === undefined ? NOT_RUN : sentence(unseen));
      return { id, outcome, seen: redacted(text), expected };
    }),
  };
}

const NOT_RUN = "The verification ended before its probe.";

/** A verification is the subject of the words on the page; here they stand alone. */
const sentence = (why: string): string => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;

/** Leaves out the numbers of accounts. */
const redacted = (text: string): string => text.replace(/\b\d{12}\b/g, "ACCOUNT");

export function reportMarkdown(report: VerificationReport): string {
  const counts = OUTCOMES.map(
    (outcome) => `${report.rows.filter((row) => row.outcome === outcome).length} ${outcome}`,
  );
  const left =
    report.left.length === 0
      ? "Nothing is left."
      : `Still there: ${report.left.map(escapeMarkdown).join(", ")}.`;
  return [
    `# Verification: TARGET=${report.target}, ${report.region}`,
    "",
    ...(report.target === "local"
      ? [
          "This ran against the local engine and moto: it shows that the probes work, and nothing about AWS.",
          "",
        ]
      : []),
    `From ${report.startedAt} to ${report.endedAt}. ${counts.join(", ")}. ${left} At most ${report.atMostUsd.toFixed(3)} USD.`,
    "",
    "| row | result | seen | expected |",
    "| --- | --- | --- | --- |",
    ...report.rows.map(
      ({ id, outcome, seen, expected }) =>
        `| \`${id}\` | ${outcome} | ${escapeMarkdown(seen)} | ${outcome === "not reached" ? "" : expected} |`,
    ),
    "",
  ].join("\n");
}
