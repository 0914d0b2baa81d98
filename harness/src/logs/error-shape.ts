/**
 * Decides whether a text could speak of a failure, whoever wrote it (docs/checks.md#outcomes). It knows nothing of runtimes: a failure line
 * that was changed on its way (a prefix, colours, lost TABs, a wrap) still has one of these words or a stack frame.
 *
 * The closed list, with where each word comes from:
 * - levels: those of Node, Python, .NET and Java's clients (docs/aws/runtime-logs.md), of syslog (RFC 5424: emerg, crit), of
 *   java.util.logging (SEVERE; in German SCHWERWIEGEND, in Romance languages GRAVE, in Swedish ALLVARLIG: JDK 17), the short forms ERR and
 *   FTL (Serilog, zerolog) and eror (log15), and the letters E and F of glog and klog before month, day and time (`E1125 10:00:25.3`);
 * - what languages call an error: error, exception, panic, traceback, throw, abort, unhandled, uncaught, caused by, stack overflow;
 * - how a process ends: exit, signal, killed, terminated, SIG…, a dumped core, a segmentation fault, and the platform's own "timed out";
 * - sentences of the clients that have none of these words: "Unable to import module", and Java's about a handler of a wrong form;
 * - stack frames: Node and .NET and Java (`at …`), Python (`File "…", line 3`), Ruby (`.rb:3:in`), Go (`goroutine 1`, `.go:3 +0x…`), Rust.
 */

/** Every text that could speak of a failure contains one of these, in any case of letters, or must be read for another reason (needed-line.ts). */
export const ERROR_TEXTS: readonly string[] = [
  ...["error", "eror", "fatal", "panic", "crit", "severe", "emerg", "err]", "err=", "err:", "err|", "err "],
  ...["schwerwiegend", "grave:", "allvarlig"],
  ...["err\t", "ftl]", "ftl|", "ftl ", "ftl\t"],
  ...["exception", "traceback", "throw", "fail", "abort", "crash", "unhandled", "uncaught", "caused"],
  ...["overflow", "stacktrace", "exit", "signal", "killed", "terminated", "dumped", "segmentation", "timed"],
  ...["sigkill", "sigsegv", "sigabrt", "sigterm", "sigill", "sigbus", "unable", "invalid", "appropriate"],
  ...["concrete", "goroutine", ", line ", ":line ", ".rb:", ".go:", ".rs:", ".java:", ".kt:", ".scala:"],
  ...["  at ", "\tat ", ".js:", "mjs:", "cjs:", ".ts:"],
];

/** How a line at glog's levels error and fatal begins: the letter, then the month. */
export const GLOG_STARTS: readonly string[] = ["E0", "E1", "F0", "F1"];

const WORDS = new RegExp(
  [
    "error|eror\\b|fatal|panic|crit(?!eri)|severe|\\bemerg|\\berr[\\]=:|\\t ]|\\bftl[\\]|\\t ]",
    "schwerwiegend|\\bgrave:|allvarlig",
    "\\b[ef][01]\\d[0-3]\\d \\d\\d:\\d\\d:\\d\\d",
    "exception|traceback|throw|fail|abort|crash|unhandled|uncaught|caused by|overflow|stacktrace",
    "exit|signal|killed|terminated|dumped|segmentation|timed out|sig(?:kill|segv|abrt|term|ill|bus)",
    "unable|invalid|appropriate|concrete|goroutine \\d",
    ", line \\d|:line \\d|\\.rb:\\d+:in|\\.go:\\d+ \\+0x|\\.rs:\\d+:\\d|\\.(?:java|kt|scala):\\d+\\)",
    "(?:  |\\t)at [^\\s(]+\\(|\\\\[nrt] {0,8}at |(?:\\.js|[mc]js|\\.ts):\\d+:\\d",
  ].join("|"),
  "i",
);
/** A stack frame on a line of its own. */
const FRAME = /(?:^|[\r\n])[^\S\r\n]*at \S/;
/** A JSON member or a `name=value` that says that there is no error. The clients' own members are never empty, so they stay. */
const EMPTY =
  /"(?!error(?:Type|Message)"|stackTrace")[\w.@-]{1,60}"\s?:\s?(?:null|false|0|""|\[\]|\{\})(?=\s?[,}])|\b(?:err|error|errors|exception|failed|failures)=(?:null|nil|<nil>|none|false|0|"")(?=[\s,;]|$)/gi;
/** Colours of a terminal (SGR) and the erasing that `grep --color` adds, also if the escape character was lost. */
const COLOURS = /(?:\u001b|\\u001b)\[[\d;]{0,20}[mK]|\[\d{1,3}(?:;\d{1,3}){0,5}m(?:\[K)?|\[m\[K|\u001b/gi;
const LINE_ENDS = /\\r|\\n|[\r\n]/g;

/** A wrap can cut a word or a colour, so the text is also examined without its line ends. */
export function isErrorShaped(message: string): boolean {
  return hasShape(message) && hasShape(message.replace(EMPTY, ""));
}

function hasShape(message: string): boolean {
  const text = withoutColours(message);
  return WORDS.test(text) || FRAME.test(text) || WORDS.test(withoutColours(message.replace(LINE_ENDS, "")));
}

export function withoutColours(text: string): string {
  return text.includes("[") || text.includes("\u001b") ? text.replace(COLOURS, "") : text;
}
