/** Copies a text. A text that was cut out of a longer one would keep all of the longer one in memory. */
export function ownText(text: string): string {
  return [...text].join("");
}
