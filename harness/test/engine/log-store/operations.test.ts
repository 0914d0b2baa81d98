import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteMetricFilterCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  FilterLogEventsCommand,
  type FilteredLogEvent,
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import fc from "fast-check";
import { authorization, rawRequest } from "../support/raw-request.ts";
import { type TestEngine, testEngine } from "../support/test-engine.ts";
import { propertyCases } from "../../support/test-all.ts";

const GROUP = "/aws/lambda/f";
const A = "2026/11/25/[$LATEST]aa";
const B = "2026/11/25/[$LATEST]bb";

async function nameOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "nothing was refused",
    (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
  );
}

describe("engine: CloudWatch Logs", () => {
  let on: TestEngine;
  before(async () => {
    on = await testEngine();
  });
  after(() => on.close());

  let made = 0;
  /** Returns another group name for each test, because one engine serves all tests. */
  const newGroup = (): string => `${GROUP}-${(made += 1)}`;

  async function filterAll(
    input: ConstructorParameters<typeof FilterLogEventsCommand>[0],
  ): Promise<FilteredLogEvent[]> {
    const events: FilteredLogEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await on.cloudWatchLogs.send(new FilterLogEventsCommand({ ...input, nextToken }));
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return events;
  }

  it("shows groups and streams as AWS does", async () => {
    const group = newGroup();
    const begun = Date.now();
    on.logs.createStream(group, A, 1_000);
    on.logs.write(group, A, 2_000, "one\n");
    on.logs.write(group, A, 3_000, "two\n");
    const { logGroups } = await on.cloudWatchLogs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
    );
    const arn = `arn:aws:logs:eu-central-1:123456789012:log-group:${group}`;
    expect(logGroups?.[0]?.creationTime).to.be.at.least(begun);
    expect(logGroups?.map(({ creationTime: _creationTime, ...rest }) => rest)).to.deep.equal([
      {
        logGroupName: group,
        metricFilterCount: 0,
        arn: `${arn}:*`,
        storedBytes: 60,
        deletionProtectionEnabled: false,
        logGroupClass: "STANDARD",
        logGroupArn: arn,
      },
    ]);
    const { logStreams } = await on.cloudWatchLogs.send(
      new DescribeLogStreamsCommand({ logGroupName: group }),
    );
    expect(logStreams?.[0]?.lastIngestionTime).to.be.at.least(begun);
    expect(
      logStreams?.map(
        ({ lastIngestionTime: _lastIngestionTime, uploadSequenceToken: _token, ...rest }) => rest,
      ),
    ).to.deep.equal([
      {
        logStreamName: A,
        creationTime: 1_000,
        firstEventTimestamp: 2_000,
        lastEventTimestamp: 3_000,
        arn: `${arn}:log-stream:${A}`,
        storedBytes: 0,
      },
    ]);
  });

  it("lists the streams of a group page by page: by name in both directions, or by the time of the last event, latest first", async () => {
    const group = newGroup();
    const names = Array.from({ length: 9 }, (_, number) => `s${number}`);
    for (const [number, name] of names.entries()) {
      on.logs.createStream(group, name, 1);
      on.logs.write(group, name, 1_000 - (number % 3), "x");
    }
    const walk = async (
      input: Partial<ConstructorParameters<typeof DescribeLogStreamsCommand>[0]>,
    ): Promise<string[]> => {
      const seen: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = await on.cloudWatchLogs.send(
          new DescribeLogStreamsCommand({ logGroupName: group, limit: 2, ...input, nextToken }),
        );
        seen.push(...(page.logStreams ?? []).map(({ logStreamName }) => logStreamName ?? ""));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return seen;
    };
    expect(await walk({})).to.deep.equal(names);
    expect(await walk({ descending: true })).to.deep.equal(names.toReversed());
    expect(await walk({ logStreamNamePrefix: "s8" })).to.deep.equal(["s8"]);
    expect(await walk({ orderBy: "LastEventTime", descending: true })).to.deep.equal([
      "s6",
      "s3",
      "s0",
      "s7",
      "s4",
      "s1",
      "s8",
      "s5",
      "s2",
    ]);
    expect(
      await nameOf(
        on.cloudWatchLogs.send(
          new DescribeLogStreamsCommand({
            logGroupName: group,
            orderBy: "LastEventTime",
            logStreamNamePrefix: "s",
          }),
        ),
      ),
    ).to.contain("InvalidParameterException");
  });

  it("filters events by stream, prefix, time, pattern and limit, and returns ascending event ids", async () => {
    const group = newGroup();
    for (const name of [A, B]) on.logs.createStream(group, name, 1);
    for (const time of [1, 2, 3, 4]) {
      on.logs.write(group, B, time, `b${time} even`);
      on.logs.write(group, A, time, `a${time}`);
    }
    const texts = async (input: object): Promise<string[]> =>
      (await filterAll({ logGroupName: group, ...input })).map(({ message }) => message ?? "");
    expect(await texts({})).to.deep.equal([
      "b1 even",
      "a1",
      "b2 even",
      "a2",
      "b3 even",
      "a3",
      "b4 even",
      "a4",
    ]);
    expect(await texts({ startTime: 2, endTime: 3 })).to.deep.equal(["b2 even", "a2", "b3 even", "a3"]);
    expect(await texts({ logStreamNames: [A] })).to.deep.equal(["a1", "a2", "a3", "a4"]);
    expect(await texts({ logStreamNamePrefix: "2026/11/25/[$LATEST]b", limit: 3 })).to.deep.equal([
      "b1 even",
      "b2 even",
      "b3 even",
      "b4 even",
    ]);
    expect(await texts({ filterPattern: "even", limit: 1 })).to.deep.equal([
      "b1 even",
      "b2 even",
      "b3 even",
      "b4 even",
    ]);
    const ids = (await filterAll({ logGroupName: group, limit: 3 })).map(({ eventId }) => eventId ?? "");
    expect(new Set(ids).size).to.equal(8);
    expect(ids).to.deep.equal(ids.toSorted());
    expect(await nameOf(texts({ logStreamNames: ["none"] }))).to.equal(
      "ResourceNotFoundException: The specified log stream does not exist.",
    );
    expect(
      await nameOf(
        on.cloudWatchLogs.send(new FilterLogEventsCommand({ logGroupName: group, nextToken: "nonsense" })),
      ),
    ).to.contain("InvalidParameterException");
    expect(await nameOf(texts({ filterPattern: "[a, b]" }))).to.contain(
      "InvalidParameterException: Invalid filter pattern",
    );
  });

  it("ends a page at 1 MB, and the next page begins with the next event", async () => {
    const group = newGroup();
    on.logs.createStream(group, A, 1);
    for (let time = 0; time < 12; time += 1) on.logs.write(group, A, time, String(time).padEnd(200_000, "."));
    const first = await on.cloudWatchLogs.send(new FilterLogEventsCommand({ logGroupName: group }));
    expect([first.events?.length, first.nextToken === undefined]).to.deep.equal([5, false]);
    expect((await filterAll({ logGroupName: group })).map(({ timestamp }) => timestamp)).to.deep.equal(
      Array.from({ length: 12 }, (_, time) => time),
    );
  });

  it("finds the only matching event after many events that do not match", async () => {
    const group = newGroup();
    on.logs.createStream(group, A, 1);
    for (let number = 0; number < 3_000; number += 1)
      on.logs.write(group, A, number, number === 2_900 ? "needle" : "hay ".repeat(1_000));
    expect(
      (await filterAll({ logGroupName: group, filterPattern: "needle" })).map(({ timestamp }) => timestamp),
    ).to.deep.equal([2_900]);
  });

  it("returns every event once and in order, in pages of any size, while more events are written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(A, B), fc.nat(20)), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (rows, limit) => {
          const group = newGroup();
          for (const name of [A, B]) on.logs.createStream(group, name, 1);
          for (const [number, [stream, time]] of rows.entries())
            on.logs.write(group, stream, time, String(number));
          const seen: FilteredLogEvent[] = [];
          let nextToken: string | undefined;
          do {
            const page = await on.cloudWatchLogs.send(
              new FilterLogEventsCommand({ logGroupName: group, limit, nextToken, endTime: 100 }),
            );
            seen.push(...(page.events ?? []));
            nextToken = page.nextToken;
            on.logs.write(group, A, 1_000, "written meanwhile");
          } while (nextToken !== undefined);
          expect(seen.length).to.equal(rows.length);
          for (const stream of [A, B]) {
            const numbers = seen
              .filter(({ logStreamName }) => logStreamName === stream)
              .map(({ message }) => Number(message));
            expect(numbers).to.deep.equal(
              rows.flatMap(([name], number) => (name === stream ? [number] : [])),
            );
          }
          const times = seen.map(({ timestamp }) => timestamp ?? 0);
          expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
        },
      ),
      propertyCases(25),
    );
  });

  it("reads one stream forward until the token stays the same, and reads later events with that token", async () => {
    const group = newGroup();
    on.logs.createStream(group, A, 1);
    for (let time = 0; time < 5; time += 1) on.logs.write(group, A, time, String(time));
    const read = (nextToken: string | undefined): Promise<GetLogEventsCommandOutput> =>
      on.cloudWatchLogs.send(
        new GetLogEventsCommand({
          logGroupName: group,
          logStreamName: A,
          startFromHead: true,
          limit: 2,
          nextToken,
        }),
      );
    const seen: string[] = [];
    let token: string | undefined;
    for (;;) {
      const page = await read(token);
      seen.push(...(page.events ?? []).map(({ message }) => message ?? ""));
      if (page.nextForwardToken === token) break;
      token = page.nextForwardToken;
    }
    expect(seen).to.deep.equal(["0", "1", "2", "3", "4"]);
    on.logs.write(group, A, 9, "later");
    const more = await read(token);
    expect(more.events?.map(({ message }) => message)).to.deep.equal(["later"]);
  });

  it("reads one stream backward, page by page, without the events at the requested end time", async () => {
    const group = newGroup();
    on.logs.createStream(group, A, 1);
    for (let time = 0; time < 5; time += 1) on.logs.write(group, A, time, String(time));
    const pages: string[][] = [];
    let token: string | undefined;
    for (;;) {
      const page = await on.cloudWatchLogs.send(
        new GetLogEventsCommand({
          logGroupName: group,
          logStreamName: A,
          limit: 2,
          endTime: 4,
          nextToken: token,
        }),
      );
      if (page.nextBackwardToken === token) break;
      pages.push((page.events ?? []).map(({ message }) => message ?? ""));
      token = page.nextBackwardToken;
    }
    expect(pages).to.deep.equal([
      ["2", "3"],
      ["0", "1"],
    ]);
    expect(
      await nameOf(
        on.cloudWatchLogs.send(
          new GetLogEventsCommand({ logGroupName: group, logStreamName: A, nextToken: "x/1" }),
        ),
      ),
    ).to.contain("InvalidParameterException");
  });

  it("reads a stream's first event with the token that was returned when the stream was empty", async () => {
    const group = newGroup();
    on.logs.createStream(group, A, 1);
    const empty = await on.cloudWatchLogs.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: A, startFromHead: true }),
    );
    on.logs.write(group, A, 1, "first");
    const next = await on.cloudWatchLogs.send(
      new GetLogEventsCommand({
        logGroupName: group,
        logStreamName: A,
        startFromHead: true,
        nextToken: empty.nextForwardToken,
      }),
    );
    expect([empty.events, next.events?.map(({ message }) => message)]).to.deep.equal([[], ["first"]]);
  });

  it("accepts events from callers, with AWS's limits", async () => {
    const group = newGroup();
    const now = Date.now();
    await on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: group, tags: { a: "1" } }));
    expect(await nameOf(on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: group })))).to.equal(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
    await on.cloudWatchLogs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: "s" }));
    expect(
      await nameOf(
        on.cloudWatchLogs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: "s" })),
      ),
    ).to.contain("ResourceAlreadyExistsException");
    const put = (logEvents: { timestamp: number; message: string }[]): Promise<unknown> =>
      on.cloudWatchLogs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: "s", logEvents }));
    const answer = (await put([
      { timestamp: now - 15 * 86_400_000, message: "too old" },
      { timestamp: now, message: "taken" },
      { timestamp: now + 3 * 3_600_000, message: "too new" },
    ])) as { rejectedLogEventsInfo?: unknown };
    expect(answer.rejectedLogEventsInfo).to.deep.equal({
      tooOldLogEventEndIndex: 1,
      tooNewLogEventStartIndex: 2,
    });
    expect((await filterAll({ logGroupName: group })).map(({ message }) => message)).to.deep.equal(["taken"]);
    expect(
      await nameOf(
        put([
          { timestamp: now, message: "b" },
          { timestamp: now - 1, message: "a" },
        ]),
      ),
    ).to.contain("chronological order");
    expect(await nameOf(put([]))).to.contain("InvalidParameterException");
    await on.cloudWatchLogs.send(new DeleteLogStreamCommand({ logGroupName: group, logStreamName: "s" }));
    expect(await filterAll({ logGroupName: group })).to.deep.equal([]);
    expect(await nameOf(put([{ timestamp: now, message: "b" }]))).to.equal(
      "ResourceNotFoundException: The specified log stream does not exist.",
    );
    await on.cloudWatchLogs.send(new DeleteLogGroupCommand({ logGroupName: group }));
    expect(await nameOf(filterAll({ logGroupName: group }))).to.equal(
      "ResourceNotFoundException: The specified log group does not exist.",
    );
  });

  it("stores, replaces, lists and deletes metric filters", async () => {
    const group = newGroup();
    const metric = {
      metricName: "refused",
      metricNamespace: "Longrun",
      metricValue: "1",
      unit: "Count",
    } as const;
    const put = (filterName: string, filterPattern: string): Promise<unknown> =>
      on.cloudWatchLogs.send(
        new PutMetricFilterCommand({
          logGroupName: group,
          filterName,
          filterPattern,
          metricTransformations: [metric],
        }),
      );
    expect(await nameOf(put("a", ""))).to.contain("ResourceNotFoundException");
    await on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: group }));
    await put("b", "ERROR");
    await put("a", "{ $.longrun = 1 }");
    await put("a", "{ $.longrun = 2 }");
    const listed = async (more: object = {}): Promise<readonly unknown[]> =>
      (
        (await on.cloudWatchLogs.send(new DescribeMetricFiltersCommand({ logGroupName: group, ...more })))
          .metricFilters ?? []
      ).map(({ filterName, filterPattern, logGroupName, metricTransformations }) => [
        filterName,
        filterPattern,
        logGroupName,
        metricTransformations,
      ]);
    expect(await listed()).to.deep.equal([
      ["a", "{ $.longrun = 2 }", group, [metric]],
      ["b", "ERROR", group, [metric]],
    ]);
    expect(await listed({ filterNamePrefix: "b" })).to.have.lengthOf(1);
    expect(await listed({ metricName: "other", metricNamespace: "Longrun" })).to.deep.equal([]);
    const described = await on.cloudWatchLogs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
    );
    expect(described.logGroups?.[0]?.metricFilterCount).to.equal(2);
    expect(await nameOf(put("c", "{ broken"))).to.contain("InvalidParameterException");
    const remove = (): Promise<unknown> =>
      on.cloudWatchLogs.send(new DeleteMetricFilterCommand({ logGroupName: group, filterName: "a" }));
    await remove();
    expect(await listed()).to.have.lengthOf(1);
    expect(await nameOf(remove())).to.contain("ResourceNotFoundException");
  });

  it("stores retention and tags", async () => {
    const group = newGroup();
    const resourceArn = `arn:aws:logs:eu-central-1:123456789012:log-group:${group}`;
    await on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: group, tags: { a: "1" } }));
    await on.cloudWatchLogs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 7 }));
    const described = async (): Promise<number | undefined> =>
      (await on.cloudWatchLogs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group })))
        .logGroups?.[0]?.retentionInDays;
    expect(await described()).to.equal(7);
    expect(
      await nameOf(
        on.cloudWatchLogs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 8 })),
      ),
    ).to.contain("InvalidParameterException");
    await on.cloudWatchLogs.send(new DeleteRetentionPolicyCommand({ logGroupName: group }));
    expect(await described()).to.equal(undefined);
    await on.cloudWatchLogs.send(new TagResourceCommand({ resourceArn, tags: { b: "2" } }));
    await on.cloudWatchLogs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
    expect(
      (await on.cloudWatchLogs.send(new ListTagsForResourceCommand({ resourceArn }))).tags,
    ).to.deep.equal({ b: "2" });
  });

  it("refuses unknown operations and invalid requests with AWS's error types", async () => {
    expect(
      await nameOf(
        on.cloudWatchLogs.send(
          new StartQueryCommand({ logGroupName: GROUP, startTime: 1, endTime: 2, queryString: "x" }),
        ),
      ),
    ).to.equal("UnknownOperationException: The local engine does not serve StartQuery.");
    const call = (body: string, target = "Logs_20140328.FilterLogEvents"): ReturnType<typeof rawRequest> =>
      rawRequest(on.engine.endpoint, {
        method: "POST",
        path: "/",
        headers: { authorization: authorization("logs"), "x-amz-target": target },
        body,
      });
    for (const [body, type] of [
      ["{", "SerializationException"],
      ['{"logGroupName":1}', "SerializationException"],
      ["{}", "InvalidParameterException"],
      ['{"logGroupName":"a b"}', "InvalidParameterException"],
      ['{"logGroupName":"x","limit":0}', "InvalidParameterException"],
    ] as const) {
      const answer = await call(body);
      expect([answer.status, (JSON.parse(answer.body) as { __type: string }).__type]).to.deep.equal([
        400,
        type,
      ]);
    }
    expect((await call("{}", "Other.Thing")).body).to.contain("UnknownOperationException");
  });
});
