/**
 * Generates the part of docs/designs.md between the markers. It is made from the design table: one row for each design, then each shortest
 * breaking schedule as numbered sentences.
 */
import { ADMISSIONS } from "../../src/words/admission.ts";
import { describeSteps } from "../../src/explore/describe-schedule.ts";
import { type ScheduleStep } from "../../src/explore/schedule.ts";
import type { DesignRow } from "./design-table.ts";

export const FROM = "<!-- found by the search: harness/test/designs -->";
export const TO = "<!-- end -->";

export function foundBlock(table: readonly DesignRow[], depth: number): string {
  const designs = [...new Set(table.map(({ design }) => design))];
  const rows = designs.map((design) => {
    const cells = ADMISSIONS.map((admission) => {
      const row = table.find((one) => one.design === design && one.admission === admission);
      if (row === undefined) return "not searched";
      return row.breaking === null ? `holds to ${depth} steps` : `**breaks in ${row.breaking.length} steps**`;
    });
    return `| \`${design}\` | ${cells.join(" | ")} |`;
  });
  return [
    `| design | ${ADMISSIONS.map((name) => `\`${name}\``).join(" | ")} |`,
    `| --- | ${ADMISSIONS.map(() => "---").join(" | ")} |`,
    ...rows,
    ...breakingSchedules(table),
  ].join("\n");
}

function breakingSchedules(table: readonly DesignRow[]): readonly string[] {
  const schedules = new Map<
    string,
    { readonly steps: readonly ScheduleStep[]; readonly designs: string[] }
  >();
  for (const { design, breaking } of table) {
    if (breaking === null) continue;
    const key = JSON.stringify(breaking);
    const schedule = schedules.get(key) ?? { steps: breaking, designs: [] };
    schedules.set(key, schedule);
    if (!schedule.designs.includes(design)) schedule.designs.push(design);
  }
  return [...schedules.values()].flatMap(({ steps, designs }) => [
    "",
    `**${designs.map((name) => `\`${name}\``).join(", ")}**`,
    "",
    ...describeSteps(steps).map((sentence, index) => `${index + 1}. ${sentence}`),
  ]);
}
