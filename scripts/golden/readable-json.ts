/** JSON for a committed file: a value that fits on a line has one line, so a diff shows only what a change concerns. */
const LINE_MAX = 160;

export function readableJson(value: unknown): string {
  return `${write(value, "")}\n`;
}

function write(value: unknown, indent: string): string {
  const short = JSON.stringify(value) ?? "null";
  if (typeof value !== "object" || value === null || short.length + indent.length <= LINE_MAX) return short;
  const deeper = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((one) => deeper + write(one, deeper)).join(",\n")}\n${indent}]`;
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{\n${members.map(([name, one]) => `${deeper}${JSON.stringify(name)}: ${write(one, deeper)}`).join(",\n")}\n${indent}}`;
}
