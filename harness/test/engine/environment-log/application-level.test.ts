import { expect } from "chai";
import { isShownAtApplicationLevel } from "../../../src/engine/environment-log/application-level.ts";
import { APPLICATION_LOG_LEVELS } from "../../../src/words/platform-words.ts";

const AT = "2026-11-26T07:30:00.123Z";
const line = (members: object): string => `${JSON.stringify(members)}\n`;

describe("the application log level", () => {
  // Each form of a line, and the highest application level that shows it.
  for (const [title, text, highest] of [
    ["print of Python, process.stdout.write, System.out", "plain text\n", "INFO"],
    ["the log package of Go", "2026/11/26 07:30:00 connected\n", "INFO"],
    ["a plain text that begins with [ERROR]", "[ERROR] ValueError: no\n", "INFO"],
    ["an empty line", "\n", "INFO"],
    ["a text that begins like an object", '{"level":"ERROR"\n', "INFO"],
    ["a list", '[{"level":"ERROR"}]\n', "INFO"],
    ["an object without a level", line({ timestamp: AT, message: "x" }), "INFO"],
    [
      "Python's client before 4.0.4, whose member is log_level",
      line({ timestamp: AT, log_level: "ERROR" }),
      "INFO",
    ],
    ["an object without a time", line({ level: "ERROR", message: "x" }), "INFO"],
    ["a time that is not RFC 3339", line({ level: "ERROR", timestamp: "2026-11-26 07:30:00,123" }), "INFO"],
    ["a time that is no date", line({ level: "ERROR", timestamp: "2026-13-26T07:30:00Z" }), "INFO"],
    ["pino, whose level and time are numbers", line({ level: 50, time: 1_764_142_200_123 }), "INFO"],
    ["Java's level UNDEFINED", line({ level: "UNDEFINED", timestamp: AT }), "INFO"],
    ["a word that is no level", line({ level: "notice", timestamp: AT }), "INFO"],
    ["TRACE", line({ level: "TRACE", timestamp: AT }), "TRACE"],
    [
      "the example of DEBUG in AWS's documentation, in lower case",
      line({ level: "debug", msg: "x", timestamp: AT }),
      "DEBUG",
    ],
    ["the client of Node", line({ timestamp: AT, level: "WARN", requestId: "1", message: "x" }), "WARN"],
    ["the logging of Python", line({ timestamp: "2026-11-26T07:30:00Z", level: "WARNING" }), "WARN"],
    ["the logger of .NET", line({ timestamp: AT, level: "Information" }), "INFO"],
    [
      "slog of Go, whose member is time",
      line({ time: "2026-11-26T08:30:00.1+01:00", level: "ERROR" }),
      "ERROR",
    ],
    ["an error over several lines", `{\n "level": "ERROR",\n "timestamp": "${AT}"\n}\n`, "ERROR"],
    ["CRITICAL of Python", line({ timestamp: AT, level: "CRITICAL" }), "FATAL"],
  ] as const)
    it(`${highest} is the highest level that shows this line: ${title}`, () =>
      expect(APPLICATION_LOG_LEVELS.filter((level) => isShownAtApplicationLevel(text, level))).to.deep.equal(
        APPLICATION_LOG_LEVELS.slice(0, APPLICATION_LOG_LEVELS.indexOf(highest) + 1),
      ));
});
