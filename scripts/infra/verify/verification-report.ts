/** The report of a verification, as data and as Markdown for an issue. */
import { escapeMarkdown } from "../../../harness/src/report/markdown/escape-markdown.ts";
import type { SweptUp } from "../sweep.ts";
import { notReached, OUTCOMES, type ProbeOutcome, type ProbeResult } from "./probe.ts";
import type { Tier } from "./row.ts";
import { ROWS, type ListedRow, type RowId } from "./rows.ts";
import type { Verification } from "./verification.ts";

export interface VerificationReport extends Pick<Verification, "target" | "region" | "tier"> {
  readonly version: 1;
  readonly longrun: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** What the verification costs at most, by AWS's price pages. */
  readonly atMostUsd: number;
  readonly left: readonly string[];
  readonly rows: readonly {
    readonly id: RowId;
    readonly outcome: ProbeOutcome;
    readonly seen: string;
    readonly expected: string;
  }[];
}

export function verificationReport(
  facts: Pick<
    VerificationReport,
    "longrun" | "target" | "region" | "tier" | "startedAt" | "endedAt" | "atMostUsd"
  >,
  results: ReadonlyMap<RowId, ProbeResult>,
  { left }: Pick<SweptUp, "left">,
): VerificationReport {
  return {
    version: 1,
    ...facts,
    left: left.map(redacted),
    rows: ROWS.map((row: ListedRow) => {
      const { id, expected } = row;
      const { outcome, text } = results.get(id) ?? notReached(whyNotRun(row, facts.tier));
      return { id, outcome, seen: redacted(text), expected };
    }),
  };
}

function whyNotRun({ unseen, tier: of }: ListedRow, tier: Tier): string {
  if (unseen !== undefined) return sentence(unseen);
  return of === "full" && tier === "lambda"
    ? "It needs TIER=full."
    : "The verification ended before the probe of this row.";
}

/** Makes a sentence of the reason `unseen` of a row, which is only a part of a sentence on the page docs/verified.md (verified-page.ts). */
const sentence = (why: string): string => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;

const redacted = (text: string): string => text.replace(/\b\d{12}\b/g, "ACCOUNT");

export function countsOf({ rows }: Pick<VerificationReport, "rows">): string {
  return OUTCOMES.map((outcome) => `${rows.filter((row) => row.outcome === outcome).length} ${outcome}`).join(
    ", ",
  );
}

export function reportMarkdown(report: VerificationReport): string {
  const left =
    report.left.length === 0
      ? "Nothing is left."
      : `Still there: ${report.left.map(escapeMarkdown).join(", ")}.`;
  return [
    `# Verification: TARGET=${report.target}, TIER=${report.tier}, ${report.region}`,
    "",
    ...(report.target === "local"
      ? [
          "This ran against the local engine and moto: it shows that the probes work, and nothing about AWS.",
          "",
        ]
      : []),
    `longrun ${report.longrun}, from ${report.startedAt} to ${report.endedAt}. ${countsOf(report)}. ${left} ${report.target === "local" ? "On AWS it costs at" : "At"} most ${report.atMostUsd.toFixed(3)} USD.`,
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
