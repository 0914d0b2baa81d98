/** `longrun soak --provoke`, killed with SIGKILL before and after each call that changes the function: `longrun undo RUN` leaves nothing. */
import { expect } from "chai";
import {
  CreateAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListAliasesCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  TagResourceCommand,
} from "@aws-sdk/client-lambda";
import { SCHEDULED_LEVERS } from "../../src/words/lever.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";
import { awsDouble, type AwsDouble } from "./aws-double.ts";
import { start, type Started } from "./built-command.ts";

describe("longrun soak --provoke that is killed", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let aws: AwsDouble;
  let client: LambdaClient;
  /** By the name of the function. */
  const watching = new Map<string, Parameters<AwsDouble["watchChanges"]>[0]>();
  before(async () => {
    aws = await awsDouble();
    aws.watchChanges((request, when) => {
      const [, name = ""] = /\/functions\/([^/?]+)/.exec(request) ?? [];
      return watching.get(name)?.(request, when) ?? false;
    });
    client = new LambdaClient({
      region: "eu-central-1",
      endpoint: aws.environment["AWS_ENDPOINT_URL"] ?? "",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });
  const started: Started[] = [];
  after(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    client.destroy();
    await aws.close();
  });

  /** Deploys a function that has a version and an alias of somebody else. */
  async function deployed(name: string): Promise<void> {
    await aws.deploy(name, "handler-connect", `/longrun/peer/${name}`);
    await client.send(new PublishVersionCommand({ FunctionName: name, Description: "theirs" }));
    await client.send(new CreateAliasCommand({ FunctionName: name, Name: "live", FunctionVersion: "1" }));
    const Resource = `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
    await client.send(new TagResourceCommand({ Resource, Tags: { Project: "lambda-longrun" } }));
  }

  /** Everything that AWS says about the function, without what cannot be restored. */
  async function state(FunctionName: string): Promise<unknown> {
    const answers = [
      await client.send(new GetFunctionConfigurationCommand({ FunctionName })),
      await client.send(new GetFunctionConcurrencyCommand({ FunctionName })),
      await client.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName })),
      await client.send(new ListVersionsByFunctionCommand({ FunctionName })),
      await client.send(new ListAliasesCommand({ FunctionName })),
    ];
    return JSON.parse(JSON.stringify(answers), (name, value: unknown) =>
      ["$metadata", "RevisionId", "LastModified"].includes(name) ? undefined : value,
    );
  }

  function longrun(command: string): Started {
    const one = start(command.split(" "), { cwd: folder.path(), env: aws.environment });
    started.push(one);
    return one;
  }

  let soaks = 0;

  interface Kill {
    /** The number of the change at which the soak is killed. */
    readonly at: number;
    readonly when: "before" | "after";
  }

  /** Kills a soak and undoes what it left. Returns the request at which it was killed, null if the soak ended before. */
  async function killed({ at, when }: Kill): Promise<string | null> {
    soaks += 1;
    const name = `killed-${soaks}`;
    await deployed(name);
    const before = await state(name);
    const running = longrun(
      `soak --target aws --function ${name} --duration 2s --interval 200ms --settle 1s --provoke ${SCHEDULED_LEVERS.join()} --yes --out ${name}`,
    );
    let changes = 0;
    let last: string | null = null;
    watching.set(name, (request, now) => {
      if (now === "before") changes += 1;
      if (changes !== at || now !== when) return false;
      last = request.replace(name, "NAME").replace(/\d+$/, "N");
      return running.child.kill("SIGKILL");
    });
    const { code, signal, err } = await running.ended;
    watching.delete(name);
    expect([code, signal], err).to.deep.equal(last === null ? [0, null] : [null, "SIGKILL"]);
    const undone = await longrun(`undo ${name}`).ended;
    expect(undone.code, undone.err).to.equal(0);
    expect(await state(name), `${when} change ${at}, ${String(last)}`).to.deep.equal(before);
    return last;
  }

  itOnce("leaves nothing after longrun undo RUN: two of the kills", async () => {
    const requests = await Promise.all([killed({ at: 4, when: "after" }), killed({ at: 9, when: "after" })]);
    expect(requests).to.deep.equal([
      "POST /2015-03-31/functions/NAME/versions",
      "PUT /2019-09-30/functions/NAME/provisioned-concurrency?Qualifier=N",
    ]);
  });

  itInTestAll("leaves nothing after longrun undo RUN, whichever change it is killed at", async () => {
    const requests = new Set<string>();
    const atOnce = [0, 1].flatMap((more) => [
      { more, when: "before" } as const,
      { more, when: "after" } as const,
    ]);
    for (let at = 1; ; at += 2) {
      const ends = await Promise.all(atOnce.map(({ more, when }) => killed({ at: at + more, when })));
      for (const request of ends) if (request !== null) requests.add(request);
      if (ends.includes(null)) break;
    }
    expect([...requests]).to.have.members([
      "PUT /2015-03-31/functions/NAME/configuration",
      "POST /2015-03-31/functions/NAME/versions",
      "PUT /2017-10-31/functions/NAME/concurrency",
      "PUT /2019-09-30/functions/NAME/provisioned-concurrency?Qualifier=N",
      "DELETE /2019-09-30/functions/NAME/provisioned-concurrency?Qualifier=N",
      "DELETE /2015-03-31/functions/NAME?Qualifier=N",
    ]);
  });
});
