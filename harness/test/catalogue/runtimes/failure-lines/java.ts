/** The failure lines of the Java clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { AT, json, lineForms } from "./line-form.ts";

const javaText =
  "busy: com.example.PeerBusy\ncom.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n\n";
export const LINES = lineForms("java", [
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
    "a handler class that does not exist",
    "Text",
    "failed-invocation",
    () => ["Class not found: com.example.App: java.lang.ClassNotFoundException\n"],
  ],
  [
    "getLogger().log(error)",
    "Text",
    "ambiguous",
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
    "ambiguous",
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
  [
    "a handler method that does not exist",
    "Text",
    "failed-invocation",
    () => [
      "No public method named handle with appropriate method signature found on class com.example.App\n",
    ],
  ],
  [
    "a class that implements no handler interface",
    "Text",
    "failed-invocation",
    () => ["Class does not implement an appropriate handler interface: com.example.App\n"],
  ],
  [
    "a handler whose type parameters are not concrete",
    "Text",
    "failed-invocation",
    () => ["Class com.example.App does not implement RequestHandler with concrete type parameters\n"],
  ],
  ["a handler of no known form", "Text", "failed-invocation", () => ["Invalid handler: `App'\n"]],
  [
    "a handler whose class has an invalid signature",
    "Text",
    "failed-invocation",
    () => ["Invalid class signature for com.example.App\n"],
  ],
  [
    "an exception of JNDI",
    "Text",
    "failed-invocation",
    () => [
      "10.0.9.9:389: javax.naming.CommunicationException\njavax.naming.CommunicationException: 10.0.9.9:389 [Root exception is java.net.ConnectException: refused]\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "an exception of JavaMail",
    "Text",
    "failed-invocation",
    () => [
      "no: com.sun.mail.util.MailConnectException\ncom.sun.mail.util.MailConnectException: no;\n  nested exception is:\n\tjava.net.ConnectException: refused\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "an exception of SAX",
    "Text",
    "failed-invocation",
    () => [
      "no prolog.: org.xml.sax.SAXParseException\norg.xml.sax.SAXParseException; lineNumber: 1; columnNumber: 1; no prolog.\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "an exception of Clojure",
    "Text",
    "failed-invocation",
    () => [
      "busy: clojure.lang.ExceptionInfo\nclojure.lang.ExceptionInfo: busy {:code 3}\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "an exception class that overrides toString()",
    "Text",
    "ambiguous",
    () => ["busy: com.example.PeerBusy\nBusy[code=3]\n\tat com.example.App.handle(App.java:7)\n\n"],
  ],
  [
    "a cause without a stack frame before it",
    "Text",
    "failed-invocation",
    () => [
      "no constructor: java.lang.Exception\njava.lang.Exception: no constructor\nCaused by: java.lang.NoSuchMethodException: com.example.App.<init>()\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "no stack",
    "Text",
    "failed-invocation",
    () => ["busy: java.lang.RuntimeException\njava.lang.RuntimeException: busy\n\n"],
  ],
  [
    "an exception of the function's own class without a stack",
    "Text",
    "failed-invocation",
    () => ["busy: com.acme.BusyException\ncom.acme.BusyException: busy\n\n"],
  ],
  [
    "an empty message",
    "Text",
    "failed-invocation",
    () => [
      ": java.lang.RuntimeException\njava.lang.RuntimeException: \n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "a message that ends in a space",
    "Text",
    "failed-invocation",
    () => [
      "busy : java.lang.RuntimeException\njava.lang.RuntimeException: busy \n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  ["cut off after the first line", "Text", "ambiguous", () => ["busy: java.lang.IllegalStateException\n"]],
  [
    "cut off inside the second line",
    "Text",
    "ambiguous",
    () => ["busy: java.lang.IllegalStateException\njava.lang.IllegalStateEx"],
  ],
  [
    "the line that printStackTrace writes about a cause",
    "Text",
    "ambiguous",
    () => ["Caused by: java.lang.NullPointerException\n"],
  ],
  [
    "the line that printStackTrace writes about a wrapped exception",
    "Text",
    "ambiguous",
    () => ["java.lang.RuntimeException: java.util.concurrent.TimeoutException\n"],
  ],
  [
    "an exception that log4j2 or logback logged",
    "Text",
    "ambiguous",
    () => [
      "2026-11-25 01:02:03 ERROR App - could not: java.lang.IllegalStateException\njava.lang.IllegalStateException\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "a class that implements no handler interface, JSON",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: AT,
        message: "Class does not implement an appropriate handler interface: com.example.App\n",
        level: "ERROR",
        AWSRequestId: id,
      }),
    ],
    true,
  ],
  [
    "an exception of SAX, JSON",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: AT,
        message:
          "no prolog.: org.xml.sax.SAXParseException\norg.xml.sax.SAXParseException; lineNumber: 1; columnNumber: 1; no prolog.\n\tat com.example.App.handle(App.java:7)\n\n",
        level: "ERROR",
        AWSRequestId: id,
      }),
    ],
    true,
  ],
  [
    "an exception class that overrides toString(), JSON",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        timestamp: AT,
        message: "busy: com.example.PeerBusy\nBusy[code=3]\n\tat com.example.App.handle(App.java:7)\n\n",
        level: "ERROR",
        AWSRequestId: id,
      }),
    ],
    true,
  ],
  [
    "JSON that was cut off",
    "JSON",
    "ambiguous",
    () => [
      json({
        timestamp: AT,
        message:
          "busy: com.example.PeerBusy\ncom.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n\n",
      }).slice(0, -8),
    ],
  ],
]);
