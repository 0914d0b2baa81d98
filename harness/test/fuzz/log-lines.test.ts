/** Single log events: platform lines and records, lifecycle lines, and the failure lines of every runtime family. */
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { EVENTS } from "../adapters/log-formats/example.ts";
import { LINE_FORMS } from "../catalogue/runtimes/failure-lines.ts";
import { PLATFORM_TEXTS } from "./samples/platform-texts.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";

const ID = "8f3b2c1d-0000-4000-8000-000000000001";

const FAILURES = LINE_FORMS.flatMap(({ events }) => events(ID));
const EXAMPLES = [...new Set(EVENTS.map(({ message }) => message))].slice(0, 40);

fuzz("log-lines", {
  samples: [...PLATFORM_TEXTS, ...FAILURES, ...EXAMPLES],
  start: () => ({
    check(input) {
      decodeMessage(textOf(input));
    },
  }),
});
