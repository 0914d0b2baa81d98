/** Copies a text. A text that was cut out of a longer text would keep the longer text in memory. */
export function ownText(text: string): string {
  return [...text].join("");
}
