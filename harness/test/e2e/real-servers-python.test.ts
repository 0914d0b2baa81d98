/** Tests handlers in Python, with a client library for each server, against real servers that serve one client (real-server-pairs.ts). */
import { describeInTestAll } from "../support/test-all.ts";
import { testPairs } from "./real-server-pairs.ts";

describeInTestAll(
  "a soak against a real server that serves one client, with handlers in Python",
  function () {
    this.timeout(300_000);
    testPairs("Python");
  },
);
