/** What no operation has set yet, also in files that are older than a member. */
export const UNSET = {
  reservedConcurrency: null,
  recursiveLoop: "Terminate",
  policies: {},
  policyRevisions: {},
  eventInvokeConfigs: {},
  provisioned: {},
};
