/**
 * Tests functions and connections that have `connect` lines and no `disconnect` lines. A missing line about the end of a
 * connection does not prove that the connection is still open.
 */
import { expect } from "chai";
import {
  connects,
  drive,
  exposed,
  handlerConnect,
  initConnect,
  lazyConnect,
  ready,
  waitOneSecond,
} from "./designs.ts";
import { judge, said } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

const stranger = { bootId: null, logStream: "laptop", phase: null };
const isDisconnect = ({ message }: { readonly message: string }): boolean =>
  message.includes('"event":"disconnect"');
const connectLinesOnly = mutate.chain(mutate.withoutRecords(isDisconnect), mutate.withoutSequences);
const inLogs = (): TestRun => new TestRun({ target: "logs" });
const FREEZE = "connection-held-across-freeze";

describe("a function without disconnect lines", () => {
  const held = (run: TestRun, mutation: mutate.Mutation): readonly string[] =>
    said(judge(mutation(run.end())), FREEZE).map(({ status }) => status);

  it("has an unknown check for connections that are open in a freeze, and the finding says why", () => {
    const run = inLogs();
    exposed(run);
    const [finding] = said(judge(mutate.chain(connectLinesOnly, mutate.withoutPeerLog)(run.end())), FREEZE);
    expect(finding?.status).to.equal("unknown");
    expect(finding?.parameters).to.deep.include({
      why: { code: "disconnects-not-written", parameters: {} },
    });
  });

  it("has a clear check if the peer's log shows that each connection ended long enough before the freeze", () => {
    const run = inLogs();
    ready(run);
    run.invoke(ready(run), (call) => {
      handlerConnect.invoke(call);
      run.wait(1_500);
    });
    expect(held(run, connectLinesOnly)).to.deep.equal(["clear"]);
  });

  it("has a finding if the peer's log continues without the end of the connection", () => {
    const run = inLogs();
    drive(run, ready(run), lazyConnect, 2);
    run.wait(5_000);
    run.arrive(stranger, null);
    expect(held(run, connectLinesOnly)).to.deep.equal(["found"]);
  });

  it("has an unknown check if it kept a connection and there is only its own log", () => {
    const run = inLogs();
    drive(run, ready(run, connects), initConnect, 2);
    expect(held(run, mutate.chain(connectLinesOnly, mutate.withoutPeerLog))).to.deep.equal(["unknown"]);
  });

  it("has a finding if the sequence numbers show that none of its lines is missing", () => {
    const run = inLogs();
    drive(run, ready(run, connects), initConnect, 2);
    expect(held(run, mutate.withoutPeerLog)).to.deep.equal(["found"]);
  });

  it("has an unknown check at a Shutdown too", () => {
    const run = inLogs();
    const environment = ready(run);
    drive(run, environment, lazyConnect, 2);
    environment.retire();
    environment.enter("shutdown", null);
    environment.line("invoke");
    const shut = (mutation: mutate.Mutation): readonly string[] =>
      said(judge(mutation(run.evidence())), "connection-open-at-shutdown").map(({ status }) => status);
    expect(shut(mutate.withoutPeerLog)).to.deep.equal(["found"]);
    expect(shut(mutate.chain(connectLinesOnly, mutate.withoutPeerLog))).to.deep.equal(["unknown"]);
  });

  it("has no environment that counts as the holder, if the function connects again in each invocation", () => {
    const run = inLogs();
    const looks = (it: TestEnvironment): void => {
      it.connect();
      it.disconnect();
    };
    const invoked = ready(run, looks);
    drive(run, invoked, handlerConnect, 2);
    ready(run, looks);
    const connection = run.arrive(stranger, null);
    waitOneSecond(run);
    waitOneSecond(run);
    drive(run, invoked, handlerConnect, 2);
    run.leave(connection);
    const result = judge(mutate.chain(connectLinesOnly, mutate.withoutPeerLog)(run.end()));
    expect([result.verdict, result.harm.total]).to.deep.equal(["inconclusive", 0]);
    expect(said(result, "peer-reachable").map(({ status }) => status)).to.deep.equal(["unknown"]);
  });
});

describe("a connection that is held across a freeze and has no disconnect line", () => {
  it("has a finding if another connection of the function has a disconnect line", () => {
    const run = inLogs();
    const [first, other] = [ready(run), ready(run)];
    drive(run, other, handlerConnect, 2);
    drive(run, first, lazyConnect, 2);
    const result = judge(mutate.chain(mutate.withoutSequences, mutate.withoutPeerLog)(run.end()));
    expect(said(result, FREEZE).map(({ status }) => status)).to.deep.equal(["found"]);
  });
});
