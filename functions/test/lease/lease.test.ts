import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { startLeaseTable, type LeaseTable } from "../../../harness/src/adapters/node/lease-table.ts";
import { dynamoDbClient, type DynamoDbClient } from "../../src/lease/dynamodb-client.ts";
import { takeLease, type HeldLease } from "../../src/lease/lease.ts";
import { isOver, sight } from "../../src/lease/lease-record.ts";
import { readLeaseSettings, type LeaseSettings } from "../../src/lease/lease-settings.ts";

const CREDENTIALS = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };
let keys = 0;

describe("a lease on a DynamoDB table", () => {
  let table: LeaseTable;
  let clients: DynamoDbClient[] = [];
  before(async () => {
    table = await startLeaseTable();
  });
  after(() => table.close());
  afterEach(() => {
    for (const client of clients) client.close();
    clients = [];
  });

  const settingsOf = (given: Record<string, string> = {}): LeaseSettings => {
    keys += 1;
    return readLeaseSettings({
      ...CREDENTIALS,
      ...table.environment,
      LEASE_MS: "400",
      LEASE_RENEW_MS: "100",
      LEASE_WAIT_MS: "60000",
      LEASE_CLOCK_MARGIN_MS: "50",
      LEASE_KEY: `key-${keys}`,
      ...given,
    });
  };
  const client = (settings: LeaseSettings): DynamoDbClient => {
    const made = dynamoDbClient(settings);
    clients.push(made);
    return made;
  };
  async function held(settings: LeaseSettings, holder = "a", through = client(settings)): Promise<HeldLease> {
    const answer = await takeLease(settings, through, holder);
    if (answer.result !== "held") throw new Error(`expected a lease, got ${JSON.stringify(answer)}`);
    return answer.lease;
  }

  it("gives each new holder a higher token", async () => {
    const settings = settingsOf();
    const tokens: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const lease = await held(settings);
      tokens.push(lease.token);
      await lease.release();
    }
    expect(tokens).to.deep.equal([1, 2, 3]);
  });

  it("is not given to another client while its holder renews it, and the refusal names the holder", async () => {
    // The other client waits longer than a lease lasts. The lease is long because a renewal may be late by a second on a busy computer.
    const settings = settingsOf({ LEASE_MS: "2000", LEASE_WAIT_MS: "2400" });
    const lease = await held(settings, "the-holder");
    const answer = await takeLease(settings, client(settings), "b");
    await lease.release();
    expect({ ...answer, waitedMs: 0 }).to.deep.equal({
      result: "waited-in-vain",
      waitedMs: 0,
      holder: "the-holder",
    });
    expect(lease.lost).to.equal(false);
  });

  it("ends after its time if its holder died without releasing it", async () => {
    const settings = settingsOf();
    const through = client(settings);
    const answer = await through.updateItem(
      {
        Key: { leaseKey: { S: settings.key } },
        UpdateExpression: "SET #o = :o, holder = :o, expiresAt = :e ADD #t :one",
        ExpressionAttributeNames: { "#o": "owner", "#t": "token" },
        ExpressionAttributeValues: {
          ":o": { S: "gone" },
          ":e": { N: String(Date.now() + 400) },
          ":one": { N: "1" },
        },
      },
      performance.now() + 5_000,
    );
    expect(answer.written).to.equal(true);
    const lease = await held(settings);
    expect(lease.token).to.equal(2);
    await lease.release();
  });

  it("can be taken over from a holder whose clock is hours ahead", async () => {
    const settings = settingsOf();
    await client(settings).updateItem(
      {
        Key: { leaseKey: { S: settings.key } },
        UpdateExpression: "SET #o = :o, expiresAt = :e, #t = :t",
        ExpressionAttributeNames: { "#o": "owner", "#t": "token" },
        ExpressionAttributeValues: {
          ":o": { S: "gone" },
          ":e": { N: String(Date.now() + 7_200_000) },
          ":t": { N: "9" },
        },
      },
      performance.now() + 5_000,
    );
    const lease = await held(settings);
    expect(lease.token).to.equal(10);
    await lease.release();
  });

  it("reports to a former holder that another client has the lease", async () => {
    const settings = settingsOf();
    const lease = await held(settings);
    const lost = new Promise<void>((resolve) => {
      lease.onLost = resolve;
    });
    await client(settings).updateItem(
      {
        Key: { leaseKey: { S: settings.key } },
        UpdateExpression: "SET #o = :o",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":o": { S: "thief" } },
      },
      performance.now() + 5_000,
    );
    await lost;
    expect(lease.lost).to.equal(true);
    await lease.release();
  });

  it("belongs to a client even if the answer to its successful claim was lost", async () => {
    const settings = settingsOf();
    const through = client(settings);
    let swallowed = 0;
    // The first write arrives, but its answer is lost. The repeated write finds the row of the first write.
    const lossy: DynamoDbClient = {
      ...through,
      async updateItem(input, deadline) {
        const answer = await through.updateItem(input, deadline);
        swallowed += 1;
        return swallowed === 1 && answer.written ? through.updateItem(input, deadline) : answer;
      },
    };
    const lease = await held(settings, "a", lossy);
    expect(lease.token).to.equal(1);
    await lease.release();
  });

  it("is taken by a repeated request if the first one had no answer", async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      if (requests === 1) return void request.socket.destroy();
      response
        .setHeader("content-type", "application/x-amz-json-1.0")
        .end(JSON.stringify({ Attributes: { token: { N: "7" }, owner: { S: "x" } } }));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const settings = settingsOf({
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    const lease = await held(settings);
    await lease.release();
    expect(lease.token).to.equal(7);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("fails with DynamoDB's message if the table does not exist", async () => {
    const settings = settingsOf({ LEASE_TABLE: "nothing-here" });
    const failed = await takeLease(settings, client(settings), "a").then(
      () => null,
      (error: Error) => error,
    );
    expect(failed?.name).to.equal("LeaseTableError");
    expect(failed?.message).to.contain("ResourceNotFoundException");
  });
});

const record = { token: 1, owner: "o", holder: null, expiresAt: 1_000 };

describe("isOver", () => {
  const settings = { leaseMs: 400, clockMarginMs: 50 };
  const table: readonly (readonly [string, Parameters<typeof isOver>[1], boolean])[] = [
    ["before the lease's end", { epoch: 900, monotonic: 0 }, false],
    ["after the lease's end, within the clock margin", { epoch: 1_050, monotonic: 0 }, false],
    ["after the lease's end, beyond the clock margin", { epoch: 1_051, monotonic: 0 }, true],
    [
      "if the record was unchanged for longer than a lease and the margin",
      { epoch: 0, monotonic: 451 },
      true,
    ],
    ["if the record was unchanged for exactly a lease and the margin", { epoch: 0, monotonic: 450 }, false],
  ];
  for (const [name, now, expected] of table) {
    it(`is ${expected} ${name}`, () => {
      expect(isOver({ record, since: 0 }, now, settings)).to.equal(expected);
    });
  }
});

describe("sight", () => {
  it("keeps the time of the first sighting while the record is unchanged, and begins again when it changes", () => {
    const first = sight(null, record, 0);
    expect(sight(first, record, 300)).to.equal(first);
    expect(sight(first, { ...record, expiresAt: 1_100 }, 300)).to.deep.equal({
      record: { ...record, expiresAt: 1_100 },
      since: 300,
    });
  });
});
