/** The region of the local engine, which accepts any region. */
export const LOCAL_REGION = "us-east-1";
