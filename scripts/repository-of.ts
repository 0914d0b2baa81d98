/** Which repository on GitHub a package.json names as its home, as OWNER/NAME; null if it names none. npm takes all of these forms. Pure. */
const FORMS =
  /^(?:(?:git\+)?(?:https|ssh|git):\/\/(?:[^/@]+@)?github\.com\/|git@github\.com:|github:)?([\w.-]+\/[\w.-]+?)(?:\.git)?$/;

export function repositoryOf(repository: string | { readonly url: string } | null): string | null {
  const url = typeof repository === "string" ? repository : (repository?.url ?? "");
  return FORMS.exec(url)?.[1] ?? null;
}
