/** Thrown if a log event cannot be written, for example because the disk is full. Nothing of the event was kept, so it can be tried again. */
export class LogsUnwritable extends Error {
  override readonly name = "LogsUnwritable";
}
