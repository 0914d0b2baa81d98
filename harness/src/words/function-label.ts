/** A label is the name of a function, or `name (account, Region)` if functions of several accounts or Regions have one name. */
export function functionLabel(name: string, apart: readonly (string | null)[]): string {
  return apart.length === 0 ? name : `${name} (${apart.join(", ")})`;
}

/** The name in a label. A function's name contains no space. */
export function nameInLabel(label: string): string {
  return label.split(" (", 1)[0] ?? label;
}
