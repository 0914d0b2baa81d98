/** The parts of jstat that are used: distributions are a library's business, not ours. It ships no types. */
declare module "jstat" {
  interface Distribution {
    inv(probability: number, ...parameters: number[]): number;
  }
  interface Discrete {
    /** Probability of at most `count`. */
    cdf(count: number, ...parameters: number[]): number;
  }
  const library: {
    readonly jStat: {
      readonly beta: Distribution;
      readonly exponential: Distribution;
      readonly binomial: Discrete;
    };
  };
  export default library;
}
