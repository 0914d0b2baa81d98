/** Builds and pushes the images twice. The second time must find nothing to do. */
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { pushImages } from "../image.ts";
import { readDeployed } from "../deployed.ts";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import type { Course } from "./course.ts";
import { confirmed, differs, notReached, type ProbeResult } from "./probe.ts";
import { smallDeployment } from "./verify-settings.ts";
import type { VerifyClients } from "./verify-clients.ts";

interface Images {
  readonly peer: string;
  readonly runner: string;
}

interface Built {
  readonly result: ProbeResult;
  /** Null if there are no images. Then no task can start. */
  readonly images: Images | null;
}

export async function imagesStage(
  { user, facts, machine, signal }: Pick<Course, "user" | "facts" | "machine" | "signal">,
  { requests }: Pick<VerifyClients, "requests">,
): Promise<Built> {
  if (facts.target === "local") {
    const reference = `123456789012.dkr.ecr.${facts.region}.amazonaws.com/${facts.name}`;
    return {
      result: notReached("moto keeps no images."),
      images: { peer: `${reference}:peer`, runner: `${reference}:runner` },
    };
  }
  try {
    const { architecture, image_repository: repository } = await readDeployed(smallDeployment(user, facts));
    if (repository == null) return { result: notReached("There is no image repository."), images: null };
    const push = async (): Promise<{ readonly references: readonly string[]; readonly said: string }> => {
      const said: string[] = [];
      const listening = { stderr: listener(machine.stderr, said) };
      const references = await pushImages({
        ...user,
        architecture,
        repository,
        requests,
        machine: listening,
      });
      signal.throwIfAborted();
      return { references, said: said.join("") };
    };
    const first = await push();
    const second = await push();
    const [peer = "", runner = ""] = second.references;
    return {
      result:
        second.said === ""
          ? confirmed(
              `${first.said === "" ? "Both images were there already" : "Both images were built and pushed"}; the second call did nothing.`,
            )
          : differs(`The second call did something: ${second.said.trim()}`),
      images: { peer, runner },
    };
  } catch (error) {
    return { result: notReached(errorText(error)), images: null };
  }
}

function listener(stderr: Machine["stderr"], said: string[]): Machine["stderr"] {
  return {
    isTerminal: stderr.isTerminal,
    columns: stderr.columns,
    drained: () => stderr.drained(),
    write: (text) => {
      said.push(text);
      stderr.write(text);
    },
  };
}
