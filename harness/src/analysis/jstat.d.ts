/** The one part of jstat that is used: distributions are a library's business, not ours. It ships no types. */
declare module "jstat" {
  interface Distribution {
    inv(probability: number, ...parameters: number[]): number;
  }
  const library: { readonly jStat: { readonly beta: Distribution; readonly exponential: Distribution } };
  export default library;
}
