import { expect } from "chai";
import { showsLeak, usualFiles, type FilesSample } from "./open-files.ts";

const SAMPLES = 1_000;
const BASE = 30;
const FILES_OF_AN_ENVIRONMENT = 7;

interface Engine {
  /** The number of live environments in a sample. */
  readonly environments?: (index: number) => number;
  /** The number of files that were never closed. */
  readonly leaked?: (index: number) => number;
}

function samples({
  environments = (index) => 1 + (index % 3),
  leaked = () => 0,
}: Engine = {}): readonly FilesSample[] {
  return Array.from({ length: SAMPLES }, (_, index) => {
    const children = environments(index);
    const comingAndGoing = (index * 7) % 5;
    return { children, files: BASE + FILES_OF_AN_ENVIRONMENT * children + comingAndGoing + leaked(index) };
  });
}

const isLeak = (all: readonly FilesSample[]): boolean => usualFiles(all).some(showsLeak);

describe("the open files of a long soak", () => {
  it("show no leak if more environments are alive later", () => {
    const all = samples({ environments: (index) => (index < 500 ? 1 + (index % 2) : 2 + (index % 2)) });
    expect(usualFiles(all).map(({ children }) => children)).to.deep.equal([2, 3]);
    expect(isLeak(all)).to.equal(false);
  });

  it("show a leak that grows slowly, even while fewer environments are alive", () => {
    const leaked = (index: number): number => Math.floor(index / 50);
    expect(isLeak(samples({ leaked }))).to.equal(true);
    const environments = (index: number): number => (index % 10 === 0 || index < 500 ? 3 : 1);
    expect(isLeak(samples({ environments, leaked }))).to.equal(true);
  });

  it("show no leak if their number grows only in the first tenth, grows by 2 only once, or is low in one sample", () => {
    expect(isLeak(samples({ leaked: (index) => Math.min(index, 40) }))).to.equal(false);
    expect(isLeak(samples({ leaked: (index) => (index < 600 ? 0 : 2) }))).to.equal(false);
    // A child process that has just begun has no sockets yet.
    expect(isLeak(samples({ leaked: (index) => (index === 200 ? -20 : 0) }))).to.equal(false);
  });

  it("are compared between early and late samples with the same number of child processes", () => {
    const [alone, ...others] = usualFiles(samples({ environments: () => 0 }));
    const usual = { least: BASE, most: BASE + 4 };
    expect([alone, others]).to.deep.equal([{ children: 0, early: usual, late: usual }, []]);
    const rare = samples({ environments: (index) => (index % 100 === 0 ? 9 : 1) });
    expect(usualFiles(rare).map(({ children }) => children)).to.deep.equal([1]);
  });

  it("are compared too if early and late samples have different numbers of child processes", () => {
    const environments = (index: number): number => (index < 500 ? 1 : 2);
    expect(usualFiles(samples({ environments })).map(({ children }) => children)).to.deep.equal([2]);
    expect(isLeak(samples({ environments }))).to.equal(false);
    expect(isLeak(samples({ environments, leaked: (index) => Math.floor(index / 20) }))).to.equal(true);
    const once = (index: number): number => (index === 150 ? 2 : environments(index));
    expect(usualFiles(samples({ environments: once })).map(({ children }) => children)).to.deep.equal([2]);
    expect(usualFiles(samples({ environments: (index) => Math.floor(index / 250) }))).to.deep.equal([]);
  });
});
