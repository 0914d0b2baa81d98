/** How a message is written: unchanged in its line (*raw*), or as a JSON string (*quoted*). */
import { Pattern } from "./pattern.ts";

export class Form {
  readonly quoted: boolean;

  constructor(quoted: boolean) {
    this.quoted = quoted;
  }

  written(text: string): string {
    return this.quoted ? JSON.stringify(text).slice(1, -1) : text;
  }

  pattern(text: string): Pattern {
    return new Pattern(this.written(text));
  }
}

export const RAW = new Form(false);
export const QUOTED = new Form(true);
