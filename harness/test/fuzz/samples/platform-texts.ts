/** Lines and records that the platform writes, one of each kind. */
const ID = "8f3b2c1d-0000-4000-8000-000000000001";
const AT = "2026-11-25T01:02:03.456Z";

const record = (type: string, members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ time: AT, type: `platform.${type}`, record: members });

const METRICS = {
  durationMs: 3.01,
  billedDurationMs: 4,
  memorySizeMB: 128,
  maxMemoryUsedMB: 36,
  initDurationMs: 120.5,
};

export const PLATFORM_TEXTS: readonly string[] = [
  `START RequestId: ${ID} Version: $LATEST\n`,
  `END RequestId: ${ID}\n`,
  `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 120.50 ms\t\n`,
  `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: error\tError Type: Runtime.ExitError\n`,
  `RequestId: ${ID} Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n`,
  `${AT} ${ID} Task timed out after 3.00 seconds\n\n`,
  "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:abc\n",
  "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n",
  "RESTORE_START Runtime Version: java:21.v38\tRuntime Version ARN: arn:x\n",
  "RESTORE_REPORT Restore Duration: 1236.04 ms\tStatus: timeout\n",
  "EXTENSION\tName: agent\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n",
  "TELEMETRY\tName: agent\tState: Subscribed\tTypes: [Platform, Function]\n",
  "LOGS\tName: agent\tState: Subscribed\tTypes: [Platform]\n",
  "IMAGE\tLaunch error: fork/exec /entry.sh: exec format error\tEntry Points: [/entry.sh]\n",
  record("initStart", {
    initializationType: "on-demand",
    phase: "init",
    runtimeVersion: "nodejs:22.v50",
    functionName: "f",
    functionVersion: "$LATEST",
    instanceId: "i",
    instanceMaxMemory: 128,
  }),
  record("initRuntimeDone", { initializationType: "on-demand", phase: "init", status: "success" }),
  record("initReport", {
    initializationType: "on-demand",
    phase: "init",
    status: "success",
    metrics: { durationMs: 120.5 },
  }),
  record("start", {
    requestId: ID,
    version: "$LATEST",
    tracing: { spanId: "a", type: "X-Amzn-Trace-Id", value: "Root=1" },
  }),
  record("runtimeDone", {
    requestId: ID,
    status: "failure",
    errorType: "Runtime.ExitError",
    metrics: { durationMs: 3, producedBytes: 10 },
    spans: [{ name: "responseLatency", start: AT, durationMs: 2 }],
  }),
  record("report", { requestId: ID, status: "success", metrics: METRICS }),
  record("restoreStart", { runtimeVersion: "java:21.v38" }),
  record("restoreReport", { status: "success", metrics: { durationMs: 200 } }),
  record("extension", { name: "agent", state: "Ready", events: ["INVOKE"] }),
  record("telemetrySubscription", { name: "agent", state: "Subscribed", types: ["platform"] }),
  record("logsDropped", { droppedBytes: 12345, droppedRecords: 123, reason: "slow" }),
  JSON.stringify({
    longrun: 1,
    time: AT,
    event: "connect",
    bootId: "b",
    phase: "init",
    requestId: null,
    peer: "10.0.9.9:7000",
    local: "10.0.1.12:40112",
    outcome: "accepted",
  }),
  JSON.stringify({
    timestamp: AT,
    level: "INFO",
    requestId: ID,
    message: { longrun: 1, time: AT, event: "disconnect", bootId: "b", phase: "invoke", requestId: ID },
  }),
];
