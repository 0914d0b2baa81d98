// Which repository on GitHub a package.json says is its home, as OWNER/NAME; null where it says none. npm takes all of these forms. Pure.
export function repositoryOf({ repository }) {
  const url = typeof repository === "string" ? repository : repository?.url;
  if (typeof url !== "string") return null;
  return (
    /^(?:(?:git\+)?(?:https|ssh|git):\/\/(?:[^/@]+@)?github\.com\/|git@github\.com:|github:)?([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(
      url,
    )?.[1] ?? null
  );
}
