import { join } from "node:path";
import { execPath } from "node:process";
import { expect } from "chai";
import { dotnet } from "../../../src/catalogue/runtimes/dotnet.ts";
import { launcherOf } from "../../../src/catalogue/runtimes/launcher.ts";
import { ruby } from "../../../src/catalogue/runtimes/ruby.ts";
import { CUSTOM_RUNTIME } from "../../engine/support/custom-runtime.ts";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../../engine/support/test-fleet.ts";

describe("a function whose runtime client is started by a command of the user", () => {
  let test: TestFleet;
  afterEach(() => test.close());
  const LAUNCHER = launcherOf(`"${execPath}" client.cjs "$_HANDLER"`, { PATH: "/users/own" });

  it("runs the command in the task root, with its runtime's variables and the descriptor of its log", async () => {
    test = await testFleet({ launcher: LAUNCHER });
    const { codeFolder } = test.add(
      { "client.cjs": CUSTOM_RUNTIME, "app.rb": "" },
      { runtime: "ruby3.4", handler: "app.A::B.run" },
    );
    const seen = payloadOf(await test.invoke()) as Record<string, unknown>;
    expect(seen).to.deep.include({
      _HANDLER: "app.A::B.run",
      AWS_EXECUTION_ENV: "AWS_Lambda_ruby3.4",
      LAMBDA_TASK_ROOT: codeFolder,
      _LAMBDA_TELEMETRY_LOG_FD: "3",
      argv: 3,
      file: join(codeFolder, "client.cjs"),
    });
    expect(seen["PATH"]).to.match(/:\/users\/own$/);
    expect(test.logs.messages()[0]).to.match(/^INIT_START Runtime Version: ruby:3\.4\.v/);
  });

  it("starts the command through the function's wrapper", async () => {
    test = await testFleet({ launcher: LAUNCHER });
    const layer = join(test.folder, "layer");
    writeFiles(layer, { wrap: '#!/bin/sh\necho wrapped\nexec "$@"\n' });
    test.add(
      { "client.cjs": CUSTOM_RUNTIME },
      {
        runtime: "dotnet10",
        handler: "App::App.Function::Run",
        layerFolders: [layer],
        environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrap" },
      },
    );
    expect(payloadOf(await test.invoke())).to.include({ AWS_EXECUTION_ENV: "AWS_Lambda_dotnet10" });
    expect(test.logs.messages()).to.include("wrapped\n");
  });

  it("fails its Init with the exit code of a command that does not exist", async () => {
    test = await testFleet({ launcher: launcherOf("no-such-command", {}) });
    test.add({ "app.rb": "" }, { runtime: "ruby3.3", handler: "app.handler" });
    const { errorMessage } = payloadOf(await test.invoke()) as { errorMessage: string };
    expect(errorMessage).to.match(/Runtime exited with error: exit status 127$/);
    expect(test.logs.messages().join("")).to.include("no-such-command");
  });

  it("cannot be started if the user gives no command", async () => {
    test = await testFleet();
    test.add({ "app.rb": "" }, { runtime: "ruby3.3", handler: "app.handler" });
    const error = await test.invoke().then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).to.equal(
      "Functions of ruby3.3 need the command that starts their runtime client.",
    );
  });
});

describe("the runtimes of Ruby and .NET", () => {
  it("take the file (Ruby) or the assembly (.NET) from the handler's name", () => {
    expect(
      ["app.handler", "lib/app.A::B.run", "app", "A.run"].map(
        (handler) => ruby.local.handler.cut(handler)?.files,
      ),
    ).to.deep.equal([["app.rb"], ["lib/app.rb"], undefined, ["A.rb"]]);
    expect(
      ["App::App.Function::Run", "App", "App::Run"].map(
        (handler) => dotnet.local.handler.cut(handler)?.files,
      ),
    ).to.deep.equal([["App.dll", "App"], ["App.dll", "App"], undefined]);
  });

  it("find the handler in a package that has a file with a default name (Ruby), or only one file that can have the handler", () => {
    expect([
      ruby.local.handler.ofPackage(["lambda_function.rb", "other.rb"]),
      ruby.local.handler.ofPackage(["thing.rb", "lib/other.rb"]),
      ruby.local.handler.ofPackage(["one.rb", "two.rb"]),
      dotnet.local.handler.ofPackage(["App.dll", "App.runtimeconfig.json"]),
      dotnet.local.handler.ofPackage(["App.dll"]),
    ]).to.deep.equal(["lambda_function.lambda_handler", "thing.handler", null, "App", null]);
  });

  it("give a function in Ruby the folders of gems in the same order as Lambda", () => {
    const [, version] = ruby.versions;
    expect(
      ruby.local.variables({
        version,
        taskRoot: "/var/task",
        runtimeFolder: "/var/runtime",
        layers: ["/opt"],
        accessKeyId: "id",
        secretAccessKey: "key",
      }).changeable,
    ).to.deep.equal({
      GEM_HOME: "/var/runtime",
      GEM_PATH:
        "/var/task/vendor/bundle/ruby/3.3.0:/opt/ruby/gems/3.3.0:/var/runtime:/var/runtime/ruby/3.3.0",
      RUBYLIB: "/var/runtime/gems/aws_lambda_ric-3.1.3/lib:/var/task:/var/runtime/lib:/opt/ruby/lib",
    });
  });
});
