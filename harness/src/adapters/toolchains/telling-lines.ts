/** Chooses the lines of npm's error output that say why an installation failed, without npm's prefix. Pure. */
const PREFIX = /^npm (?:error|ERR!) ?/;
/** Lines that npm adds to every failure, such as the command that npm ran and the place of npm's log. */
const FRAME =
  /^(?:code|errno|syscall|path|command|A complete log|gyp (?:info|verb)|For a full report|[/~].*-debug-\d+\.log)/;
const CAUSE = /not found|no such|cannot|could not|unable|denied|refused|timed? ?out|fatal|error|failed/i;
/** The code of an error of npm or of the operating system, such as EACCES. */
const CODE = /\bE[A-Z\d_]{4,}\b/;
const LINES_MAX = 3;

export function tellingLines(output: string): readonly string[] {
  const lines = output
    .split("\n")
    .map((line) => line.replace(PREFIX, "").trim())
    .filter((line) => line !== "" && !FRAME.test(line));
  const causes = [...new Set(lines.filter((line) => CAUSE.test(line) || CODE.test(line)))];
  return causes.length > 0 ? causes.slice(0, LINES_MAX) : lines.slice(-LINES_MAX);
}
