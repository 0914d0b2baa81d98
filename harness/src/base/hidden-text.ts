/** Values in a text that must not be shown, and the text without them. */

export interface HiddenPart {
  readonly from: number;
  readonly to: number;
  /** The name of the variable that has the value. */
  readonly name: string;
}

/** Finds the hidden values in a text, in their order. The parts do not overlap. */
export type FindHidden = (text: string) => readonly HiddenPart[];

/** Writes the name of its variable in place of each value. The sign has only one form in JSON, in a URL and in HTML. */
export function withoutParts(text: string, parts: readonly HiddenPart[]): string {
  let shown = "";
  let at = 0;
  for (const { from, to, name } of parts) {
    shown += `${text.slice(at, from)}***${name}***`;
    at = to;
  }
  return shown + text.slice(at);
}
