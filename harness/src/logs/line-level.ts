/**
 * Reads the level that a line says about itself. Only a level below error that stands where its logger writes levels proves that the line is
 * no failure (docs/checks.md#outcomes): in Lambda's own formats, in a member of a JSON object, in a `level=` field, or behind a time.
 */
import type { JsonObject } from "../base/json-object.ts";
import { withoutColours } from "./error-shape.ts";

export type LineLevel = "below-error" | "error";

const BELOW = "trace|debug|info|information|notice|warn|warning|verbose|http|silly|trce|dbug|dbg|inf|wrn|vrb";
const ERROR = "error|eror|err|fatal|critical|crit|severe|fail|dpanic|panic|alert|emerg|emergency|ftl";
/** A level with the brackets and the padding that loggers put around it. A word that goes on is no level. */
const LEVEL = new RegExp(
  `[[<(|]?[ \\t]{0,8}(?:(${BELOW})|(?:${ERROR}))[ \\t]{0,8}(?:[\\]>)|:,]|(?=[\\s-]|$))`,
  "iy",
);
const UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
/** What stands before a level: a time, another number or an id, a name in brackets, signs between fields. */
const NUMBER = new RegExp(`${UUID}|\\d[\\d:.,TZ+/-]{0,40}`, "iy");
const TIME = /\d\d:\d\d/;
const BESIDE = /\[(?=\d)|\[[^[\]\r\n]{0,120}\]|[DIWEFA],(?=\s)|(?:undefined|-)(?=\s)|[\]|:,#-]+/y;
const GAP = /[\t ]*/y;
const FIELDS_MAX = 16;

/** `level=info msg=…`, as logrus and slog write it, at the beginning or behind the time. */
const LOGFMT = new RegExp(
  `^(?:(?:time|ts)=(?:"[^"\\r\\n]{0,60}"|[^\\s"]{1,60}) )?(?:level|lvl)="?(?:(${BELOW})|(?:${ERROR}))"?(?=\\s)`,
  "i",
);
/** Node's, Python's and .NET's formats in text, also if a copy lost the TABs, so that the fields touch. The id can be missing. */
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`;
const OF_LAMBDA = new RegExp(
  `^(?:${ISO}[ \\t]{0,4}(?:${UUID}|undefined|-)?[ \\t]{0,4}(?:TRACE|DEBUG|INFO|WARN|(?:trce|dbug|info|warn)(?![a-z]))|\\[(?:DEBUG|INFO|WARNING)\\][ \\t]{1,4}${ISO}[ \\t])`,
);

/** Null if the line says no level, or says it in a place that proves nothing. */
export function levelOf(message: string, object: JsonObject | null): LineLevel | null {
  if (object !== null) return levelOfObject(object);
  const text = withoutColours(message);
  const field = LOGFMT.exec(text);
  if (field !== null) return field[1] === undefined ? "error" : "below-error";
  return levelBehind(text) ?? (OF_LAMBDA.test(text) ? "below-error" : null);
}

/** Reads the fields at the beginning. If another frame is inside the first one, its level counts too. */
function levelBehind(text: string): LineLevel | null {
  let at = 0;
  let timed = false;
  let seen = false;
  let below = false;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at += match[0].length;
    return match;
  };
  let field: RegExpExecArray | null;
  for (let fields = 0; fields < FIELDS_MAX; fields += 1) {
    next(GAP);
    const level = next(LEVEL);
    if (level?.[1] !== undefined) [seen, below] = [true, below || timed];
    // Behind the level of the line, `Error: …` is the beginning of the message. .NET's levels have small letters.
    else if (level !== null && (!seen || /^[^a-z]+$|^(?:fail|crit)\s*$/.test(level[0]))) return "error";
    else if (level !== null) break;
    else if ((field = next(NUMBER)) !== null) timed ||= TIME.test(field[0]);
    else if (next(BESIDE) === null) break;
  }
  return below ? "below-error" : null;
}

/**
 * The members in which loggers write the level: pino, bunyan, winston, zap, zerolog, slog, log4j2, Lambda (`level`), Google and structlog
 * (`severity`), Python (`levelname`, `log_level`), Monolog, Serilog (`@l`), hclog (`@level`), the Elastic Common Schema (`log.level`).
 */
const MEMBERS = [
  ...["level", "log_level", "severity", "levelname", "level_name", "lvl", "logLevel", "loglevel", "LogLevel"],
  ...["Level", "severityText", "@l", "@level", "log.level"],
];
const IS_BELOW = new RegExp(`^\\s*(?:${BELOW})\\s*$`, "i");
/** Before version 2.4.2, Java's client wrote its error with the level UNDEFINED. */
const IS_ERROR = new RegExp(`^\\s*(?:${ERROR}|undefined)\\s*$`, "i");

function levelOfObject(object: JsonObject): LineLevel | null {
  for (const name of MEMBERS) {
    const level = levelIn(object[name], object);
    if (level !== null) return level;
  }
  return null;
}

/** In pino and bunyan 40 is a warning, in Python it is an error. So it counts as a warning only beside pino's `time` and `msg`. */
function levelIn(value: unknown, { time, msg }: JsonObject): LineLevel | null {
  if (typeof value === "number") {
    const below = value === 10 || value === 20 || value === 30 || (value === 40 && time !== undefined);
    return below && (value !== 40 || typeof msg === "string") ? "below-error" : "error";
  }
  if (typeof value !== "string") return null;
  const text = withoutColours(value);
  return IS_BELOW.test(text) ? "below-error" : IS_ERROR.test(text) ? "error" : null;
}
