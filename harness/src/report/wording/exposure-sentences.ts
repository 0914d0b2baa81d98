/** Sentences about environments that lived beside each other, or were never invoked, replaced or reset. */
import type { ExposureFindings } from "../../domain/findings/exposure-findings.ts";
import type { Wording } from "./wording.ts";

export const EXPOSURE_SENTENCES: Wording<ExposureFindings> = {
  "environments-overlapped": ({ invoked, alive, assumedLifeMs, initEndInferred }, naming) => {
    const assumed = [
      assumedLifeMs === null
        ? null
        : `by the assumption that an environment lives ${assumedLifeMs / 1_000} s after its Init (--idle-life)`,
      initEndInferred
        ? "by the assumption that its Init ended well within 10 s; set the system log level to DEBUG to see it"
        : null,
    ].filter((part) => part !== null);
    const notes = assumed.length === 0 ? "" : ` (${assumed.join("; ")})`;
    return `Environment ${naming.environment(invoked)} was invoked while environment ${naming.environment(alive)} was alive${notes}.`;
  },
  "no-overlap": () =>
    "No invocation began while a second environment of the function was alive and the peer was available: nothing was shown.",
  "never-invoked": ({ environment, initEndInferred }, naming) =>
    `Environment ${naming.environment(environment)} was initialised and never invoked${initEndInferred ? " (its Init's end is inferred: set the system log level to DEBUG to see it)" : ""}.`,
  "never-invoked-open": ({ environments }) =>
    `For ${environments} environment(s) without an invocation it cannot be told yet: log delivery may be outstanding, or the Init is not in the evidence (widen --since).`,
  "all-invoked": () => "Every environment that was initialised was invoked.",
  "environment-replaced": ({ later, earlier }, naming) =>
    `Environment ${naming.environment(later)} took over while environment ${naming.environment(earlier)} was alive.`,
  "none-replaced": () => "No environment took over from another one that was still alive.",
  "process-reset": ({ environment, reset }, naming) =>
    `A process of environment ${naming.environment(environment)} ended by ${reset}.`,
  "none-reset": () => "No process ended by time-out, crash or lack of memory.",
  "init-repeated": ({ environment }, naming) =>
    `Environment ${naming.environment(environment)} ran its Init again inside an invocation.`,
  "no-init-repeated": () => "No Init ran again inside an invocation.",
};
