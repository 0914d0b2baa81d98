/** Makes long texts on which a reader could need far more time than on others: samples in which one part is repeated many times. */

/** Makes a text of about this many characters. */
export interface HostileLine {
  readonly says: string;
  readonly ofLength: (characters: number) => string;
}

/** Characters that readers look for, and one of each kind that they skip. */
const CHARACTERS = [..."a0A_:./\\\"'{}[](),;=@#-<>|$&?!~é", " ", "\t", "\r", "\n", "\u00a0", "\u2028", "\0"];
const TOKEN = /[A-Za-z]+|\d+|[^A-Za-z\d]/gu;
/** How many tokens are repeated together. */
const WINDOWS = [1, 2, 4, 11];

/**
 * `places` is in how many places of each sample a part is repeated. The text before the part stays, so that the reader comes to the part. What
 * follows it also stays, or is a character that no reader expects.
 */
export function hostileLines(samples: readonly string[], places: number): readonly HostileLine[] {
  const single = CHARACTERS.map((one) => repeated("", one, ""));
  const parts = samples.flatMap((sample) => {
    const tokens = sample.slice(0, SAMPLE_CHARACTERS).match(TOKEN) ?? [];
    const step = Math.max(1, tokens.length / places);
    return Array.from({ length: Math.min(places, tokens.length) }, (_, place) => {
      const at = Math.floor(place * step);
      const before = tokens.slice(0, at).join("");
      const window = WINDOWS[place % WINDOWS.length] ?? 1;
      const part = tokens.slice(at, at + window).join("");
      const end = place % 2 === 0 ? "\u0001" : tokens.slice(at + window).join("");
      const character = CHARACTERS[place % CHARACTERS.length] ?? "";
      return [
        repeated(before, part, end),
        repeated(before, character, end),
        repeated(before, `${part} `, ""),
      ];
    }).flat();
  });
  return [...single, ...parts];
}

const SAMPLE_CHARACTERS = 2_000;

function repeated(before: string, part: string, after: string): HostileLine {
  return {
    says: `${shown(before.slice(-40))} + ${shown(part)} repeated + ${shown(after.slice(0, 40))}`,
    ofLength: (characters) => `${before}${part.repeat(Math.ceil(characters / part.length))}${after}`,
  };
}

const shown = (text: string): string => JSON.stringify(text);
