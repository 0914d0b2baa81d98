/** How a message is written: unchanged in its line (*raw*), or as a JSON string (*quoted*). */
import { Pattern } from "./pattern.ts";

export class MessageForm {
  readonly quoted: boolean;
  /** No pattern is ever removed: the texts come from constants, so there are few. */
  readonly #patterns = new Map<string, Pattern>();

  constructor(quoted: boolean) {
    this.quoted = quoted;
  }

  written(text: string): string {
    return this.quoted ? JSON.stringify(text).slice(1, -1) : text;
  }

  pattern(text: string): Pattern {
    const known = this.#patterns.get(text) ?? new Pattern(this.written(text));
    this.#patterns.set(text, known);
    return known;
  }
}

export const RAW = new MessageForm(false);
export const QUOTED = new MessageForm(true);
