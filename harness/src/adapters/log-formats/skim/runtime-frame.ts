/**
 * The JSON frame that a runtime puts around each line. It has many quotes and usually no mark (a text that shows that a judgement may need
 * the line), so its parts are skipped to save time.
 */
import { plainEnd, BACKSLASH, type ChunkView } from "./chunk-view.ts";
import type { MessageForm } from "./message-form.ts";
import type { Pattern } from "./pattern.ts";

/** A part is null if it contains a mark (logs/line-marks.ts): then it must not be skipped. */
export interface RuntimeFrame {
  readonly opening: Pattern | null;
  readonly level: Pattern | null;
  readonly message: Pattern | null;
}

export function frameWithout(marks: readonly string[], form: MessageForm): RuntimeFrame {
  const part = (text: string): Pattern | null =>
    marks.some((mark) => text.includes(`"${mark}`)) ? null : form.pattern(text);
  return {
    opening: part('{"timestamp":"'),
    level: part(',"level":"INFO","requestId":"'),
    message: part(',"message":"'),
  };
}

/** Returns the position after the opening of the frame, which is directly after a quote. Returns `at` if there is no opening. */
export function afterOpening(view: ChunkView, at: number, { opening }: RuntimeFrame): number {
  return opening?.standsAt(view, at) === true ? at + opening.length : at;
}

/**
 * Returns the position after the level or the message part that begins at `at`. Returns `at` if neither begins there. Both positions follow
 * a quote.
 */
export function afterPart(view: ChunkView, at: number, { level, message }: RuntimeFrame): number {
  if (level?.standsAt(view, at) === true) return at + level.length;
  return message?.standsAt(view, at) === true ? at + message.length : at;
}

/** Whether the message begins with this frame, whose level is INFO. */
export function isInfo(view: ChunkView, from: number, { opening, level }: RuntimeFrame): boolean {
  if (opening?.standsAt(view, from) !== true || level === null) return false;
  let at = plainEnd(view, from + opening.length);
  // The quote behind the time, with the backslash that a quoted message has before it. The level's pattern begins behind the quote.
  if (view.bytes[at] === BACKSLASH) at += 1;
  return level.standsAt(view, at + 1);
}
