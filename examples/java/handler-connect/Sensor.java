import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The fix: each invocation has its own connection. The handler opens the connection. Before the handler returns, it waits until the
 * machine has closed the connection too, so that the next environment finds the machine free.
 */
public class Sensor {
    public String handle(Object event) throws IOException {
        Socket machine = new Socket();
        try {
            machine.setSoTimeout(2000);
            String host = System.getenv("PEER_HOST");
            machine.connect(new InetSocketAddress(host, Integer.parseInt(System.getenv("PEER_PORT"))), 2000);
            ask(machine, "login\n");
            return ask(machine, "boiler temperature?\n");
        } finally {
            closeAndWait(machine);
        }
    }

    private static String ask(Socket machine, String question) throws IOException {
        machine.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
        byte[] answer = new byte[256];
        int length = machine.getInputStream().read(answer);
        String text = new String(answer, 0, Math.max(length, 0), StandardCharsets.UTF_8);
        if (length < 1 || text.contains("busy")) throw new IOException("the machine serves somebody else");
        return text;
    }

    /** Ends our half of the connection, then reads until the machine has ended its half. */
    private static void closeAndWait(Socket machine) throws IOException {
        try (machine) {
            machine.shutdownOutput();
            machine.setSoTimeout(1000);
            while (machine.getInputStream().read() >= 0) {}
        } catch (IOException error) {
            // The machine ended the connection in another way, or it was never open.
        }
    }
}
