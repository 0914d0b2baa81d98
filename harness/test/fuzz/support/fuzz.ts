/**
 * Runs one target with many inputs: first those that it has failed on before (`corpus/TARGET`), then changed samples and arbitrary bytes.
 * Each case must end and must not crash; `check` tests what else must hold. After all cases nothing may be open, and memory must not grow
 * from case to case.
 *
 * A failing case is shrunk and written into the corpus, and its seed is printed.
 */
import { expect } from "chai";
import fc from "fast-check";
import { env } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { caseFile, keepCase, keptCases, type FuzzCase } from "./fuzz-case.ts";
import { mutated } from "./mutated.ts";
import { shrinkBytes } from "./shrink-bytes.ts";
import { catchStrayErrors, type StrayErrors } from "./stray-errors.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";
import { memoryHeld, moreThan, whatIsOpen, type OpenThings } from "./what-is-open.ts";

export interface FuzzProbe {
  /** Throws if the product did something wrong with this input. */
  check(input: FuzzCase): void | Promise<void>;
  close?(): void | Promise<void>;
}

export interface FuzzTarget {
  /** Valid inputs. */
  readonly samples: readonly (string | Uint8Array)[];
  readonly start: () => FuzzProbe | Promise<FuzzProbe>;
  /** How much more memory may be held after all cases than after the first fifth of them. */
  readonly growthMaxMiB?: number;
}

const CASES = Number(env["LONGRUN_FUZZ_CASES"] ?? 500);
const SEED = Number(env["LONGRUN_FUZZ_SEED"] ?? 1);
/** With this limit, the nightly run finds a leak of 2 KiB per case. */
const GROWTH_MAX_MIB = 16;
/** Sockets close one after the other. So resources count as left open only if they are still open after this many looks, 20 ms apart. */
const LOOKS_MAX = 1_500;

/** `name` is the name of the target's folder in the corpus: lower case, with hyphens. */
export function fuzz(name: string, { samples, start, growthMaxMiB = GROWTH_MAX_MIB }: FuzzTarget): void {
  const valid = samples.map((one) => Buffer.from(one));
  const replay = `make fuzz ONLY=${name} SEED=${SEED} CASES=${CASES} repeats it.`;

  describe(`fuzz ${name}`, function () {
    // The watchdog ends endless cases.
    this.timeout(0);
    let open: OpenThings;
    let watchdog: Watchdog;
    let stray: StrayErrors;
    let probe: FuzzProbe;
    const run = async (input: FuzzCase): Promise<void> => {
      watchdog.begin(input);
      try {
        await probe.check(input);
        stray.rethrow();
      } finally {
        watchdog.end();
      }
    };
    before(async () => {
      watchdog = await startWatchdog({ file: caseFile(name, "endless"), replay });
    });
    after(() => watchdog.close());
    beforeEach(() => (stray = catchStrayErrors()));
    afterEach(() => stray.end());

    it("starts", async () => {
      // Runs one case before it counts the open resources, because modules are loaded at their first use. The count includes mocha's timer for
      // this test, which mocha starts only after the synchronous part of the test. The pause lets this timer start.
      await pause(1);
      probe = await start();
      await run({ bytes: valid[0] ?? Buffer.alloc(0), pieces: [] });
      await probe.close?.();
      open = whatIsOpen();
      probe = await start();
    });

    for (const kept of keptCases(name))
      it(`handles the kept case ${kept.name}: ${kept.found}`, () => run(kept.input));

    it(`handles ${CASES} inputs of seed ${SEED}`, async () => {
      let [count, held] = [0, 0];
      const inputs = fc.asyncProperty(mutated(valid), async (input) => {
        count += 1;
        if (count === Math.ceil(CASES / 5)) held = await memoryHeld();
        await run(input);
      });
      const details = await fc.check(inputs, { numRuns: CASES, seed: SEED });
      if (details.failed) {
        const given = details.counterexample?.[0] ?? { bytes: new Uint8Array(), pieces: [] };
        const wanted = firstLine(await errorOf(run, given));
        const same = async (input: FuzzCase): Promise<boolean> =>
          firstLine(await errorOf(run, input)) === wanted;
        throw failure(name, details, { input: await shrinkBytes(given, same), replay });
      }
      const growth = ((await memoryHeld()) - held) / (1 << 20);
      expect(growth, "MiB by which memory grew").to.be.at.most(growthMaxMiB);
    });

    it("leaves nothing open", async () => {
      await probe.close?.();
      let more = moreThan(open);
      for (let looks = 0; looks < LOOKS_MAX && more.length > 0; looks += 1) {
        await pause(20);
        more = moreThan(open);
      }
      expect(more).to.deep.equal([]);
    });
  });
}

const LINES_SHOWN = 30;

type Run = (input: FuzzCase) => Promise<void>;

async function errorOf(run: Run, input: FuzzCase): Promise<unknown> {
  try {
    await run(input);
    return null;
  } catch (error) {
    return error;
  }
}

/**
 * Returns the first line of an error's text without numbers and quoted parts. Two errors whose first lines differ only in these parts count
 * as the same problem.
 */
function firstLine(error: unknown): string | null {
  return error === null ? null : (textOf(error).split("\n", 1)[0] ?? "").replaceAll(/\d+|'.*'|".*"/g, "");
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return error instanceof Error && error.cause instanceof Error ? `${text}\n${textOf(error.cause)}` : text;
}

function failure(
  name: string,
  { numRuns, seed, errorInstance }: fc.RunDetails<[FuzzCase]>,
  { input, replay }: { readonly input: FuzzCase; readonly replay: string },
): Error {
  const text = textOf(errorInstance).split("\n").slice(0, LINES_SHOWN).join("\n");
  const file = keepCase(name, { found: text.split("\n", 1)[0] ?? "", input });
  const shown = JSON.stringify(Buffer.from(input.bytes).toString("latin1").slice(0, 400));
  return new Error(`case ${numRuns} of seed ${seed} is kept in ${file}. ${replay}\n${shown}\n${text}`);
}
