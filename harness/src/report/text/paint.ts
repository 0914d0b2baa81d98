/** Colours text for terminals with SGR sequences. */
import type { Tone } from "../view/tone.ts";

export type Paint = (tone: Tone, text: string) => string;

/** Colour is never the only sign: the text always has a word for it. */
const CODES: Readonly<Record<Tone, string>> = {
  good: "1;32",
  bad: "1;31",
  doubt: "1;33",
  strong: "1",
  quiet: "2",
};

export function painter(colour: boolean): Paint {
  return colour
    ? (tone, text) => (text === "" ? "" : `\u001b[${CODES[tone]}m${text}\u001b[0m`)
    : (_tone, text) => text;
}
