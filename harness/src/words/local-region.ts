/** The region that longrun itself uses with the local engine. The engine accepts any region. */
export const LOCAL_REGION = "us-east-1";
