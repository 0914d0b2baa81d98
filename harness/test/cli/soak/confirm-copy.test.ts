/** What `--copy` refuses before anything is made, and the words that it asks for. */
import { expect } from "chai";
import { checkCopies, confirmStopped } from "../../../src/cli/soak/confirm-copy.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import type { FunctionChanges, OriginalFunction } from "../../../src/run/ports/function-changes.ts";
import { resolveSoak } from "../../../src/cli/soak/resolve-soak.ts";
import type { SoakFlags } from "../../../src/settings/soak-settings.ts";
import { memoryMachine } from "../memory-machine.ts";

const ORDERS: OriginalFunction = {
  functionName: "orders",
  accountId: "123456789012",
  codeBytes: 1_000,
  codeBytesMax: 52_428_800,
  image: false,
  signed: false,
  fileSystems: false,
  variablesError: null,
  variables: { DATABASE_URL: "postgres://me:secret@production:5432/app" },
  kinds: [],
  layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:ours:1"],
  unreserved: 900,
};
const PEER = [{ name: null, value: { host: "10.0.0.9", port: 5_432 } }];
const LINK = [{ name: null, value: { variable: "DATABASE_URL", address: null } }];

const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  production: ["10.0.0.1"],
  "10.0.0.9": ["10.0.0.9"],
  "10.0.0.1": ["10.0.0.1"],
  "db.example.com": ["10.0.0.7", "10.0.0.1"],
};

async function checked(over: Partial<OriginalFunction>, flags: SoakFlags = { peer: PEER, link: LINK }) {
  const { settings } = resolveSoak(
    { target: "aws", function: [{ label: "orders", name: "orders" }], provoke: ["versions"], ...flags },
    {},
    "eu-central-1",
  );
  const changes = {
    original: () => Promise.resolve({ ...ORDERS, ...over }),
  } as Partial<FunctionChanges> as FunctionChanges;
  return checkCopies(changes, ["orders"], settings, (host) =>
    Promise.resolve(new Set(ADDRESSES[host] ?? [])),
  );
}

async function refusal(over: Partial<OriginalFunction>, flags?: SoakFlags): Promise<string> {
  const error: unknown = await checked(over, flags).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(LongrunError);
  return (error as LongrunError).message;
}

describe("checkCopies", () => {
  it("names everything at once that prevents a copy", async () => {
    const message = await refusal({
      variablesError: "Lambda was unable to decrypt the environment variables",
      variables: {},
      image: true,
      fileSystems: true,
      signed: true,
      codeBytes: 60_000_000,
      kinds: ["tenants"],
      unreserved: 100,
    });
    expect(message.split("\n").map((line) => line.trim())).to.deep.equal([
      "longrun soak: 8 things are wrong",
      "",
      ...[
        "its variables cannot be read (Lambda was unable to decrypt the environment variables): your identity needs kms:Decrypt on the key of the function",
        "it is a container image, and only zip packages are copied",
        "it mounts a file system (FileSystemConfigs), into which the copy would write too",
        "its code is signed, and the copy would not have the check of the signature",
        "its package has 60000000 bytes, and Lambda takes at most 52428800 without a bucket",
        "functions of this kind are not copied: tenants",
      ].flatMap((text) => ["--copy of orders", text]),
      "--link DATABASE_URL",
      "the function has no variable DATABASE_URL; it has none at all",
      "--copy",
      "reserves 1 of the account's 100 unreserved executions, and AWS usually keeps 100 unreserved",
    ]);
  });

  it("refuses an address that it cannot write, and shows no value", async () => {
    const message = await refusal({ variables: { DATABASE_URL: "secret of an unknown form" } });
    expect(message).to.match(/--link DATABASE_URL\n +DATABASE_URL /);
    expect(message).to.not.include("secret of");
  });

  it("counts two executions for provisioned concurrency", async () => {
    expect(await refusal({ unreserved: 101 }, { provoke: ["provisioned"] })).to.include(
      "reserves 2 of the account's 101",
    );
    expect((await checked({ unreserved: 101 })).sharesMachine).to.equal(false);
  });

  it("knows whether the copy would connect to production's machine", async () => {
    expect((await checked({})).sharesMachine).to.equal(false);
    expect((await checked({}, {})).sharesMachine).to.equal(true);
    const at = async (host: string, port = 5_432) =>
      (await checked({}, { peer: [{ name: null, value: { host, port } }], link: LINK })).sharesMachine;
    expect([await at("production"), await at("PRODUCTION"), await at("production", 5_433)]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect([await at("10.0.0.1"), await at("db.example.com"), await at("unresolved")]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("asks the user to compare addresses that cannot be resolved here", async () => {
    const asked = "Check that they are different machines.";
    const peer = [{ name: null, value: { host: "unresolved", port: 5_432 } }];
    expect((await checked({}, { peer, link: LINK })).paragraphs.join(" ")).to.include(asked);
    expect((await checked({})).paragraphs.join(" ")).to.not.include(asked);
  });

  it("says which layers the user must check, and shows no variable", async () => {
    const arn = "arn:aws:lambda:eu-central-1:999999999999:layer:agent:3";
    const { paragraphs } = await checked({ layers: [...ORDERS.layers, arn] });
    expect(paragraphs).to.include(`Check that these layers of other accounts may be used by yours: ${arn}.`);
    expect(paragraphs.join("\n")).to.not.include("secret");
    expect((await checked({})).paragraphs.join("\n")).to.not.include("layers of other accounts");
  });
});

describe("confirmStopped", () => {
  const outcome = (answer: string | null) =>
    confirmStopped(memoryMachine([], { answer })).then(
      () => "goes on",
      (error: unknown) => (error as LongrunError).code,
    );

  it("goes on only after the words, and needs a user", async () => {
    expect(await outcome("production is stopped")).to.equal("goes on");
    expect(await outcome("yes")).to.equal("interrupted");
    expect(await outcome(null)).to.equal("usage");
  });
});
