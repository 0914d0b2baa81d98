/** Makes the part of docs/designs.md that comes from the table: one row for each design, and each shortest schedule as a story. Pure. */
import { ADMISSIONS } from "../../src/domain/admission.ts";
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
    ...stories(table),
  ].join("\n");
}

function stories(table: readonly DesignRow[]): readonly string[] {
  const told = new Map<string, { readonly steps: readonly ScheduleStep[]; readonly who: string[] }>();
  for (const { design, breaking } of table) {
    if (breaking === null) continue;
    const key = JSON.stringify(breaking);
    const story = told.get(key) ?? { steps: breaking, who: [] };
    told.set(key, story);
    if (!story.who.includes(design)) story.who.push(design);
  }
  return [...told.values()].flatMap(({ steps, who }) => [
    "",
    `**${who.map((name) => `\`${name}\``).join(", ")}**`,
    "",
    ...describeSteps(steps).map((sentence, index) => `${index + 1}. ${sentence}`),
  ]);
}
