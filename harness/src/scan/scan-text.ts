/** A scan as a table for a terminal: the functions where something was found, the rest as a number. */
import type { RankedGroup } from "./scanned-function.ts";

export function scanText(ranked: readonly RankedGroup[], shown: { readonly columns: number }): string {
  const found = ranked.filter(
    (one) =>
      (one.initWithoutInvoke ?? 0) +
        (one.reservedConcurrency === 1 ? (one.minutesWithSeveral ?? 0) : 0) +
        (one.initConnections ?? 0) >
      0,
  );
  const rest = ranked.length - found.length;
  const others =
    found.length === 0
      ? `Nothing was found in ${rest} log group${rest === 1 ? "" : "s"}.`
      : `Nothing was found in the other ${rest}.`;
  return [...found.flatMap((one) => block(one, shown.columns)), ...(rest === 0 ? [] : [others]), ""].join(
    "\n",
  );
}

function block(one: RankedGroup, columns: number): readonly string[] {
  const name = one.functionNames.length === 0 ? one.logGroup : one.functionNames.join(", ");
  const reserved =
    one.reservedConcurrency === null ? "" : `  reserved concurrency ${one.reservedConcurrency}`;
  return [
    `${String(one.rank).padStart(3)}  ${name}${reserved}`,
    ...wrap(one.text, columns - 5).map((line) => `     ${line}`),
    `     longrun analyze --log-group ${one.logGroup}`,
    "",
  ];
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
