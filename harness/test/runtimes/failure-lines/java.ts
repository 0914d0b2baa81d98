/** The failure lines of the Java clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { AT, json, lineForms } from "./line-form.ts";

const javaText =
  "busy: com.example.PeerBusy\ncom.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n\n";
export const JAVA_LINES = lineForms("java", [
  ["text", "Text", "failed-invocation", () => [javaText]],
  [
    "a message of two lines",
    "Text",
    "failed-invocation",
    () => [
      "busy\nfor now: com.example.PeerBusy\ncom.example.PeerBusy: busy\nfor now\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "no message",
    "Text",
    "failed-invocation",
    () => [
      "java.lang.NullPointerException: java.lang.NullPointerException\njava.lang.NullPointerException\n\tat com.example.App.handle(App.java:7)\n",
    ],
  ],
  [
    "a class without a package",
    "Text",
    "failed-invocation",
    () => ["busy: PeerBusy\nPeerBusy: busy\n\tat App.handle(App.java:7)\n\n"],
  ],
  [
    "a class that is missing",
    "Text",
    "failed-invocation",
    () => ["Class not found: com.example.App: java.lang.ClassNotFoundException\n"],
  ],
  [
    "getLogger().log(error)",
    "Text",
    "application",
    () => ["com.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n"],
  ],
  [
    "JSON",
    "JSON",
    "failed-invocation",
    (id) => [json({ timestamp: AT, message: javaText, level: "ERROR", AWSRequestId: id })],
    true,
  ],
  [
    "JSON of an older client",
    "JSON",
    "failed-invocation",
    (id) => [json({ timestamp: AT, message: javaText, level: "UNDEFINED", AWSRequestId: id })],
    true,
  ],
  [
    "getLogger().log(error), JSON",
    "JSON",
    "application",
    (id) => [
      json({
        timestamp: AT,
        message: "com.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n",
        level: "ERROR",
        AWSRequestId: id,
      }),
    ],
    true,
  ],
]);
