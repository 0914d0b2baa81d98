import { DescribeLogGroupsCommand, DescribeLogStreamsCommand, FilterLogEventsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { type TestEngine, testEngine } from "./test-engine.ts";

describe("engine door: CloudWatch Logs", () => {
  let on: TestEngine;
  beforeEach(async () => {
    on = await testEngine();
  });
  afterEach(() => on.close());

  it("reads back what environments wrote", async () => {
    const group = "/aws/lambda/f";
    on.logs.createStream(group, "2026/11/25/[$LATEST]aa", 1_000);
    on.logs.write(group, "2026/11/25/[$LATEST]aa", 1_000, "one\n");
    on.logs.write(group, "2026/11/25/[$LATEST]aa", 1_000, "two\n");
    const groups = await on.cloudWatchLogs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/" }));
    expect(groups.logGroups?.map(({ logGroupName }) => logGroupName)).to.deep.equal([group]);
    const streams = await on.cloudWatchLogs.send(new DescribeLogStreamsCommand({ logGroupName: group }));
    expect(streams.logStreams?.map(({ logStreamName }) => logStreamName)).to.deep.equal(["2026/11/25/[$LATEST]aa"]);
    const filtered = await on.cloudWatchLogs.send(new FilterLogEventsCommand({ logGroupName: group }));
    expect(filtered.events?.map(({ message }) => message)).to.deep.equal(["one\n", "two\n"]);
    const read = await on.cloudWatchLogs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: "2026/11/25/[$LATEST]aa", startFromHead: true }));
    expect(read.events?.map(({ message }) => message)).to.deep.equal(["one\n", "two\n"]);
  });
});
