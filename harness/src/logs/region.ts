/** Finds the Region, and the account, in which a log stream was written. */

const REGION = String.raw`[a-z]{2}(?:-[a-z]+)+-\d+`;
const IN_RUNTIME_ARN = new RegExp(String.raw`arn:aws[a-z-]*:lambda:(${REGION})::runtime:`);
/** The end of a stream name if the log is kept in another Region (stream-name.ts). */
const IN_STREAM_NAME = new RegExp(String.raw`[0-9a-f]{32}\]?-(\d{12})-(${REGION})$`);

/** Returns the Region in the ARN of the runtime, which INIT_START, RESTORE_START and their JSON records have. */
export function regionOfInit(message: string): string | null {
  return IN_RUNTIME_ARN.exec(message)?.[1] ?? null;
}

export function regionOfStream(stream: string): string | null {
  return IN_STREAM_NAME.exec(stream)?.[2] ?? null;
}

export function accountOfStream(stream: string): string | null {
  return IN_STREAM_NAME.exec(stream)?.[1] ?? null;
}
