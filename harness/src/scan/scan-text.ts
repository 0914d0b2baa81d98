/**
 * Writes the result of `longrun scan` for a terminal. Each log group with a finding has a block of lines. Of the other log groups, only the
 * number is shown.
 */
import type { RankedGroup } from "./scanned-function.ts";
import { wrapWords } from "../report/text/wrap-words.ts";

interface ScanTextSettings {
  readonly columns: number;
  readonly region: string;
  /** The start of the scanned time. The suggested commands use the same time. */
  readonly since: string;
}

export function scanText(ranked: readonly RankedGroup[], shown: ScanTextSettings): string {
  if (ranked.length === 0) return `There is no log group of a Lambda function in ${shown.region}.\n`;
  const found = ranked.filter(hasFinding);
  const unknown = ranked.filter((one) => !hasFinding(one) && one.environments === null);
  const clear = ranked.length - found.length - unknown.length;
  return [
    ...found.flatMap((one) => block(one, shown)),
    ...(clear === 0
      ? []
      : [`Nothing was found in ${found.length === 0 ? "" : "the other "}${groups(clear)} that logged.`]),
    ...(unknown.length === 0 ? [] : [`Nothing is known of ${groups(unknown.length)}: --json names them.`]),
    "",
  ].join("\n");
}

function hasFinding(one: RankedGroup): boolean {
  const overlap = one.reservedConcurrency === 1 ? (one.minutesWithSeveral ?? 0) : 0;
  return (one.initWithoutInvoke ?? 0) + overlap + (one.initConnects ?? 0) > 0;
}

function groups(count: number): string {
  return `${count} log group${count === 1 ? "" : "s"}`;
}

function block(one: RankedGroup, { columns, region, since }: ScanTextSettings): readonly string[] {
  const name = one.functionNames.length === 0 ? one.logGroup : one.functionNames.join(", ");
  const reserved =
    one.reservedConcurrency === null ? "" : `  reserved concurrency ${one.reservedConcurrency}`;
  const [first = "", ...more] = wrapWords(`${name}${reserved}`, columns - 5);
  return [
    `${String(one.rank).padStart(3)}  ${first}`,
    ...[...more, ...wrapWords(one.text, columns - 5)].map((line) => `     ${line}`),
    `     longrun analyze --region ${region} --since ${since} \\`,
    `       --log-group ${one.logGroup}`,
    "",
  ];
}
