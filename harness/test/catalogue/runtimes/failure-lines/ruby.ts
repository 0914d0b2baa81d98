/** The failure lines of the Ruby clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { lineForms } from "./line-form.ts";

export const LINES = lineForms("ruby", [
  [
    "the line that announces a failure, and the JSON object after it",
    "Text",
    "failed-invocation",
    () => [
      "Error raised from handler method\n",
      '{\n  "errorMessage": "busy",\n  "errorType": "Function<PeerBusy>",\n  "stackTrace": [\n    "/var/task/app.rb:3"\n  ]\n}',
    ],
  ],
  [
    "the line that announces a failure, and the JSON object after it, JSON format",
    "JSON",
    "failed-invocation",
    () => [
      "Error raised from handler method\n",
      '{\n  "errorMessage": "busy",\n  "errorType": "Function<PeerBusy>",\n  "stackTrace": []\n}',
    ],
  ],
  [
    "the line that announces a failure, alone",
    "Text",
    "ambiguous",
    () => ["Error raised from handler method\n"],
  ],
  [
    "the line that announces a failure, alone, JSON format",
    "JSON",
    "ambiguous",
    () => ["Error raised from handler method\n"],
  ],
  [
    "an error that Ruby's Logger writes",
    "Text",
    "ambiguous",
    () => [
      "E, [2026-11-25T01:02:03.456789 #8] ERROR -- : busy (PeerBusy)\n/var/task/app.rb:3:in `handler'\n",
    ],
  ],
  [
    "the error answer of another function, which this function printed",
    "Text",
    "ambiguous",
    () => ['{"errorMessage":"busy","errorType":"Function<PeerBusy>","stackTrace":["/var/task/app.rb:3"]}\n'],
  ],
]);
