/** Types for the parts of the untyped library jstat that are used here. */
declare module "jstat" {
  interface Distribution {
    inv(probability: number, ...parameters: number[]): number;
  }
  interface Discrete {
    /** The probability of at most `count`. */
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
