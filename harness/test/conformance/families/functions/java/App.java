package example;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Map;

/** The function of the conformance suite in Java. The event says what the handler does, and the variable INIT what the Init does. */
public class App {
    static class OwnException extends RuntimeException {
        OwnException(String text) {
            super(text);
        }
    }

    static {
        if ("raise".equals(System.getenv("INIT"))) throw new OwnException("at init");
        if ("exit".equals(System.getenv("INIT"))) System.exit(3);
    }

    public Object handle(Map<String, Object> event, Context context) throws Exception {
        switch (String.valueOf(event.get("do"))) {
            case "context":
                return Map.of(
                    "id", context.getAwsRequestId(), "arn", context.getInvokedFunctionArn(),
                    "limited", context.getRemainingTimeInMillis() > 0, "name", context.getFunctionName(),
                    "memory", context.getMemoryLimitInMB());
            case "nothing":
                return null;
            case "fail":
                throw new IllegalStateException("bad\nnews");
            case "own":
                throw new OwnException("own");
            case "cause":
                throw new Exception("outer", new OwnException("inner"));
            case "log":
                System.out.println("one\ntwo");
                context.getLogger().log("three\nfour");
                return event;
            case "overflow":
                return deeper(0);
            case "exit":
                System.exit(7);
            default:
                return event;
        }
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }
}
