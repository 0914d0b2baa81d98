/** `longrun soak --provoke` and `longrun undo`, with the built command: on its own engine, and on a service that outlives the run. */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  LambdaClient,
  paginateListVersionsByFunction,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { JournalEvent } from "../../src/record/journal.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";
import { awsDouble, type AwsDouble } from "./aws-double.ts";
import { run, start } from "./built-command.ts";
import { journalled } from "./run-journal.ts";

const flags = (text: string): readonly string[] => text.trim().split(" ");

describe("longrun soak --provoke", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const text = (...path: readonly string[]): string => readFileSync(join(folder.path(), ...path), "utf8");
  const journal = (name: string) =>
    text(name, "journal.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as JournalEvent);
  const result = (name: string) => JSON.parse(text(name, "result.json")) as RunResult;
  const outcomes = (name: string, label: string) =>
    journal(name).flatMap((event) =>
      event.event === "invocation-ended" && event.function === label
        ? [`${event.n} ${event.executedVersion ?? ""} ${event.outcome}`]
        : [],
    );

  itOnce("versions: the second invocation of init-connect fails, and handler-connect passes", async () => {
    const { code, out, err } = await run(
      flags(
        "soak --provoke versions --function init-connect --function handler-connect --duration 4s --interval 1s --out run",
      ),
      folder.path(),
    );
    expect(code, err + out).to.equal(1);
    expect(outcomes("run", "init-connect").slice(0, 3)).to.deep.equal([
      "1 1 succeeded",
      "2 2 function-error",
      "3 1 succeeded",
    ]);
    expect(
      result("run").functions.map(({ name, verdict, exposure, environments }) => [
        name,
        verdict,
        exposure.total,
        [...environments].map(({ version }) => version),
      ]),
    ).to.deep.equal([
      ["init-connect", "fail", 1, ["1", "2"]],
      ["handler-connect", "pass", 1, ["1", "2"]],
    ]);
    expect(result("run").functions.map(({ exposure }) => exposure.provoked)).to.deep.equal([
      [{ lever: "versions", exposures: 1 }],
      [{ lever: "versions", exposures: 1 }],
    ]);
    expect(out.replaceAll(/\s+/g, " ")).to.match(
      /init-connect FAIL The hazard was provoked \(--provoke versions\)\. .*Environment E1 \(version 1, …\w+\) held the peer .* Environment E2 \(version 2, …\w+\) failed .* handler-connect PASS .* The hazard was provoked \(--provoke versions\)\./,
    );
    expect(err).to.include("init-connect: version 1 and version 2 are invoked in turn");
    expect((await run(["undo", "run"], folder.path())).out).to.equal(
      "Nothing is left: the functions ended with the engine of this run.\n",
    );
  });

  itOnce(
    "tenants: the second tenant's invocation of init-connect fails, and handler-connect passes",
    async () => {
      const { code, out, err } = await run(
        flags(
          "soak --tenants 2 --function init-connect --function handler-connect --duration 4s --interval 1s --out tenants",
        ),
        folder.path(),
      );
      expect(code, err + out).to.equal(1);
      expect(err).to.include("init-connect: $LATEST is invoked, for 2 tenants in turn");
      expect(
        result("tenants").functions.map(({ name, verdict, exposure, environments }) => [
          name,
          verdict,
          exposure.provoked,
          [...environments].map(({ tenantId }) => tenantId ?? "none").sort(),
        ]),
      ).to.deep.equal([
        ["init-connect", "fail", [{ lever: "tenants", exposures: 1 }], ["tenant-1", "tenant-2"]],
        ["handler-connect", "pass", [{ lever: "tenants", exposures: 1 }], ["tenant-1", "tenant-2"]],
      ]);
      expect(out.replaceAll(/\s+/g, " ")).to.include(
        "The same plan again: --provoke tenants --platform calm",
      );
    },
  );

  describe("on a function that exists", () => {
    let aws: AwsDouble;
    let client: LambdaClient;
    const NAME = "longrun-init-connect";
    const LIVE_ON =
      "Undoing ended no environment: environments that the run made may stay connected to the machine until Lambda ends them, at the latest after 14 hours.\n";
    beforeEach(async () => {
      aws = await awsDouble();
      await aws.deploy(NAME, "init-connect", "/longrun/peer/init-connect");
      client = new LambdaClient({
        region: "eu-central-1",
        endpoint: aws.environment["AWS_ENDPOINT_URL"] ?? "",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      });
    });
    afterEach(async () => {
      client.destroy();
      await aws.close();
    });
    const longrun = (command: string) => start(flags(command), { cwd: folder.path(), env: aws.environment });
    const soak = (more: string) =>
      longrun(
        `soak --target aws --function init-connect=${NAME} --duration 30s --interval 1s --settle 3s --out run ${more}`,
      );
    const versions = async () => {
      const found: string[] = [];
      for await (const page of paginateListVersionsByFunction({ client }, { FunctionName: NAME }))
        found.push(
          ...(page.Versions ?? []).map(({ Version, Description }) =>
            `${Version ?? ""} ${Description ?? ""}`.trim(),
          ),
        );
      return found;
    };
    const driving = (event: JournalEvent) => event.event === "invocation-ended";

    itOnce("needs --yes, and says what it changes, what it costs and how it is undone", async () => {
      const { code, err } = await soak("--provoke versions").ended;
      expect(code).to.equal(64);
      const said = err.replaceAll("\n", " ");
      expect(said).to.include(
        "environments that the run made may stay connected to the machine until Lambda ends them",
      );
      expect(said).to.include(`--provoke versions changes ${NAME}: it publishes two versions of its code`);
      expect(said).to.include("It costs nothing beside the invocations.");
      expect(said).to.match(
        /longrun soak --provoke: expected --yes, because it changes functions that exist/,
      );
      const [explained = ""] = err.split("longrun soak --provoke: expected");
      expect(Math.max(...explained.split("\n").map(({ length }) => length))).to.be.at.most(80);
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itOnce("is undone by longrun undo RUN after a kill -9, which a second undo notices", async () => {
      const killed = soak("--provoke versions --yes");
      await journalled(killed, join(folder.path(), "run"), { count: 2, wanted: driving });
      const whileRunning = await longrun("undo run").ended;
      expect([whileRunning.code, whileRunning.err]).to.satisfy(
        ([code, err]: readonly [number, string]) =>
          code === 64 && err.includes("is being written by process"),
      );
      killed.child.kill("SIGKILL");
      await killed.ended;
      expect(await versions()).to.have.lengthOf(3);
      // The run has restored the description, so this change is none of its own.
      await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: NAME, Description: "new" }));
      const undone = await longrun("undo run").ended;
      expect([undone.code, undone.out]).to.deep.equal([
        0,
        `${NAME}: version 1 is deleted\n${NAME}: version 2 is deleted\n${LIVE_ON}`,
      ]);
      expect(await versions()).to.deep.equal(["$LATEST new"]);
      expect((await longrun("undo run").ended).out).to.equal("Everything is as it was before.\n");
      expect((await longrun("undo --region eu-central-1").ended).out).to.equal(
        "Nothing carries the mark of a run.\n",
      );
      await client.send(new DeleteFunctionCommand({ FunctionName: NAME }));
      const gone = await longrun("undo run").ended;
      expect([gone.code, gone.out]).to.deep.equal([
        0,
        `${NAME}: it no longer exists, so nothing of it is left\n`,
      ]);
    });

    itInTestAll(
      "exits with 69 after its report if an alias of somebody else needs one of the versions",
      async () => {
        const ended = longrun(
          `soak --target aws --function init-connect=${NAME} --duration 12s --interval 1s --settle 3s --out run --provoke versions --yes`,
        );
        await journalled(ended, join(folder.path(), "run"), { count: 2, wanted: driving });
        await client.send(new CreateAliasCommand({ FunctionName: NAME, Name: "live", FunctionVersion: "1" }));
        const { code, out, err } = await ended.ended;
        expect(code, err).to.equal(69);
        expect(out, out).to.match(/init-connect +FAIL/);
        expect(err.replaceAll(/\s+/g, " ")).to.match(
          /is not as it was before: Version 1 of \S+ cannot be deleted: Version 1 is in use by the following aliases: live.*longrun undo \S+run tries it again/,
        );
        expect(await versions()).to.have.lengthOf(2);
        const again = await longrun("undo run").ended;
        expect(again.code).to.equal(69);
        expect(again.out).to.include("version 1 is left: Version 1");
        expect(again.err.replaceAll(/\s+/g, " ")).to.match(/is not as it was before\. /);
        expect(again.err).to.not.include("live");
        await client.send(new DeleteAliasCommand({ FunctionName: NAME, Name: "live" }));
        expect((await longrun("undo run").ended).out).to.equal(`${NAME}: version 1 is deleted\n${LIVE_ON}`);
      },
    );

    const V1 = { step: "invoke-version", version: 1 };
    const V2 = { step: "invoke-version", version: 2 };
    const LATEST = { step: "invoke-version", version: "$LATEST" };
    const replay = (more: string, ...steps: readonly object[]) => {
      const file = { schemaVersion: 1, function: { design: "init-connect" }, admission: "refuse", steps };
      writeFileSync(join(folder.path(), "schedule.json"), JSON.stringify(file));
      return longrun(
        `replay schedule.json --target aws --function init-connect=${NAME} --interval 500ms --settle 3s --out run ${more}`,
      );
    };

    itOnce("replay --target aws: plays invoke version 1, invoke version 2, and undoes it", async () => {
      const asked = await replay("", V1, V2).ended;
      expect(asked.code).to.equal(64);
      expect(asked.err.replaceAll(/\s+/g, " ")).to.include(
        `--provoke versions changes ${NAME}: it publishes two versions of its code`,
      );
      expect(asked.err).to.include("longrun replay --target aws: expected --yes");
      expect(await versions()).to.deep.equal(["$LATEST"]);
      const log = "--peer-log-group init-connect=/longrun/peer/init-connect";
      const { code, out, err } = await replay(`--yes ${log}`, V1, V2).ended;
      expect(code, err).to.equal(1);
      expect(outcomes("run", "init-connect")).to.deep.equal([
        "1 1 succeeded",
        "2 2 function-error",
        "3 1 succeeded",
      ]);
      expect(out).to.match(/init-connect +FAIL/);
      expect(err).to.include("what was provoked is undone");
      expect(err).to.include("init-connect: version 2 of the schedule is version 2");
      expect(err).to.include(
        "environments that the run made may stay connected to the machine until Lambda ends them",
      );
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itOnce(
      "replay --target aws: refuses a schedule by its first step that no lever makes happen",
      async () => {
        const crash = { step: "crash", environment: 1 };
        const { code, err } = await replay("--yes", V1, crash, { step: "peer-drops" }).ended;
        expect(code).to.equal(64);
        expect(err).to.include(
          "step 2 (crash) cannot be played on AWS, because no lever of the Lambda API makes it happen",
        );
        expect((await replay("--yes", { step: "update" }).ended).err).to.include(
          "expected at least one invocation (invoke-version)",
        );
      },
    );

    itInTestAll("replay --target aws: is undone after a kill -9, and not resumed", async () => {
      const killed = replay("--yes", V1, ...Array.from({ length: 30 }, () => V2));
      await journalled(killed, join(folder.path(), "run"), { count: 2, wanted: driving });
      killed.child.kill("SIGKILL");
      await killed.ended;
      const resumed = await longrun("soak --resume run").ended;
      expect([resumed.code, resumed.err.replaceAll(/\s+/g, " ")]).to.deep.equal([
        64,
        "--resume run: expected a run that `longrun soak` began; longrun replay plays a schedule from its beginning. longrun undo run undoes what is left of it. ",
      ]);
      expect((await longrun("undo run").ended).out).to.equal(
        `${NAME}: version 1 is deleted\n${NAME}: version 2 is deleted\n${LIVE_ON}`,
      );
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itInTestAll("replay --target aws: plays each lever where the schedule has it", async () => {
      await client.send(
        new TagResourceCommand({
          Resource: `arn:aws:lambda:eu-central-1:123456789012:function:${NAME}`,
          Tags: { Project: "lambda-longrun" },
        }),
      );
      const steps = [LATEST, { step: "provision" }, LATEST, { step: "update" }, V2, LATEST, V1];
      const { code, err } = await replay("--yes", ...steps).ended;
      // After an update nothing shows how long the old environment holds the peer.
      expect(code, err).to.equal(2);
      expect(
        journal("run").flatMap((event) =>
          event.event === "change-begun"
            ? event.change
            : event.event === "invocation-ended"
              ? (event.executedVersion ?? "")
              : [],
        ),
      ).to.deep.equal([
        ...["describe", "publish", "publish", "describe", "publish"],
        ...["$LATEST", "reserve", "provision", "$LATEST", "describe", "2", "$LATEST", "1", "$LATEST"],
      ]);
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itInTestAll("refuses a function that another run changes, before it invokes it", async () => {
      const first = soak("--provoke versions --yes");
      await journalled(first, join(folder.path(), "run"), { count: 2, wanted: driving });
      const second = await longrun(
        `soak --target aws --function init-connect=${NAME} --duration 4s --interval 1s --out second --provoke update --yes`,
      ).ended;
      expect(second.code).to.equal(69);
      expect(second.err.replaceAll(/\s+/g, " ")).to.match(
        /longrun-init-connect has version 1 of the run \S+, which goes on or was killed\./,
      );
      expect(await versions()).to.have.lengthOf(3);
      first.child.kill("SIGINT");
      expect((await first.ended).code).to.equal(130);
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itInTestAll("leaves alone what somebody changes after longrun undo RUN", async () => {
      const killed = soak("--provoke update --yes");
      await journalled(killed, join(folder.path(), "run"), { count: 2, wanted: driving });
      killed.child.kill("SIGKILL");
      await killed.ended;
      expect((await longrun("undo run").ended).out).to.equal(
        `${NAME}: the description is restored\n${LIVE_ON}`,
      );
      const last = journal("run").at(-1);
      expect(last?.event === "change-undone" && last.change).to.equal("describe");
      await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: NAME, Description: "new" }));
      expect((await longrun("undo run").ended).out).to.equal("This run left nothing to undo.\n");
      expect(await versions()).to.deep.equal(["$LATEST new"]);
    });

    itInTestAll("is undone in a Region without the run's folder", async () => {
      const killed = soak("--provoke versions,update --yes");
      await journalled(killed, join(folder.path(), "run"), { count: 4, wanted: driving });
      killed.child.kill("SIGKILL");
      await killed.ended;
      const asked = await longrun("undo --region eu-central-1").ended;
      expect([asked.code, asked.out]).to.satisfy(
        ([code, out]: readonly [number, string]) =>
          code === 64 && /^longrun-init-connect: .*version 1, version 2 of \S+-aws\n$/.test(out),
      );
      const { code, err } = await longrun("undo --region eu-central-1 --yes").ended;
      expect(code, err).to.equal(0);
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itInTestAll("is undone by --resume, which provokes again, and after Ctrl-C", async () => {
      const killed = soak("--provoke versions --yes");
      await journalled(killed, join(folder.path(), "run"), { count: 2, wanted: driving });
      killed.child.kill("SIGKILL");
      await killed.ended;
      const resumed = longrun("soak --resume run --yes");
      await journalled(resumed, join(folder.path(), "run"), { count: 5, wanted: driving });
      expect((await versions()).map((one) => one.split(" ")[0])).to.deep.equal(["$LATEST", "3", "4"]);
      resumed.child.kill("SIGINT");
      const { code, err } = await resumed.ended;
      expect(code, err).to.equal(130);
      expect(err).to.include("what was provoked is undone");
      expect(await versions()).to.deep.equal(["$LATEST"]);
    });

    itInTestAll(
      "provisioned: refuses a function that longrun did not deploy, and says what it costs",
      async () => {
        const refused = await soak("--provoke provisioned --yes").ended;
        expect([
          refused.code,
          /it has no tag|has no tag Project=lambda-longrun/.test(refused.err),
        ]).to.deep.equal([64, true]);
        await client.send(
          new TagResourceCommand({
            Resource: `arn:aws:lambda:eu-central-1:123456789012:function:${NAME}`,
            Tags: { Project: "lambda-longrun" },
          }),
        );
        const { code, err } = await longrun(
          `soak --target aws --function init-connect=${NAME} --duration 4s --interval 1s --settle 3s --out run --provoke provisioned --yes`,
        ).ended;
        expect(code, err).to.equal(1);
        expect(err).to.match(/It costs about \$0\.0038 an hour until it is undone/);
        expect(await versions()).to.deep.equal(["$LATEST"]);
      },
    );
  });
});
