/** A file of log lines, or standard input, to what its reader looks for. Gives up early on what holds none; a file that was cut off gives what came. */
import { LongrunError } from "../../domain/errors.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import { LogText, type ApplicationSink, type LogTextSink } from "./log-text.ts";

export interface Unreadable {
  readonly source: string;
  readonly lines: number;
  readonly example: string | null;
}

export interface ValueReader extends Pick<LogTextSink, "object" | "event" | "application"> {
  /** What the file was expected to hold: "logs of a Lambda function". */
  readonly what: string;
  /** What to do where it does not. */
  hint(example: string | null): string;
}

/** Returns what could not be read, or null. */
export async function readValues(
  source: string,
  bytes: AsyncIterable<Buffer>,
  reader: ValueReader,
): Promise<Unreadable | null> {
  let [found, lines, size] = [0, 0, 0];
  let example: string | null = null;
  const counted = (taken: boolean): boolean => {
    if (taken) found += 1;
    return taken;
  };
  const unreadable = (text: string): void => {
    lines += 1;
    example ??= printable(text);
  };
  const nothing = (): LongrunError =>
    new LongrunError(
      "usage",
      `${source}: expected ${reader.what}, found ${example === null ? "nothing of that kind" : `'${example}'`}.`,
      { hint: reader.hint(example) },
    );
  const counting = (application: ApplicationSink): ApplicationSink => ({
    ...application,
    line(line) {
      found += 1;
      application.line(line);
    },
  });
  const text = new LogText({
    object: (value, itsText, envelope) => counted(reader.object(value, itsText, envelope)),
    event: (event) => counted(reader.event(event)),
    unreadable,
    application: reader.application === null ? null : counting(reader.application),
  });
  try {
    for await (const chunk of bytes) {
      text.push(chunk);
      size += chunk.length;
      if (found === 0 && size > LOG_LIMITS.bytesWithoutEvent) throw nothing();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof LongrunError || code === undefined) throw error;
    if (!code.startsWith("Z_")) throw cannotBeOpened(source, reader.what, error);
    unreadable(code === "Z_BUF_ERROR" ? "(the gzip file is cut off)" : "(the gzip file is damaged)");
  }
  text.finish();
  if (found === 0 && lines > 0) throw nothing();
  return lines === 0 ? null : { source, lines, example };
}

function cannotBeOpened(source: string, what: string, error: unknown): LongrunError {
  const { code } = error as NodeJS.ErrnoException;
  return new LongrunError(
    "usage",
    `${source}: expected ${what}, but ${code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`}.`,
    { cause: error },
  );
}

/** Short, on one line, without what a terminal would obey. */
function printable(text: string): string {
  const start = text.slice(0, LOG_LIMITS.exampleCharacters);
  const odd = start.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  if (odd > start.length / 8) return "(binary data)";
  const shown = start.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]+/g, "·");
  return text.length > LOG_LIMITS.exampleCharacters ? `${shown}…` : shown;
}
