import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The failure of the main README: one connection for all invocations, opened when the class is loaded, to save time. Ordinary
 * tests pass. Then Lambda initialises a second environment, which takes the machine's only connection and is never invoked.
 */
public class Sensor {
    private static Socket machine = connectOrNull();

    private static Socket connectOrNull() {
        try {
            return connect();
        } catch (IOException error) { // the first invocation tries again
            return null;
        }
    }

    private static Socket connect() throws IOException {
        Socket machine = new Socket();
        try {
            machine.setSoTimeout(2000);
            String host = System.getenv("PEER_HOST");
            machine.connect(new InetSocketAddress(host, Integer.parseInt(System.getenv("PEER_PORT"))), 2000);
            ask(machine, "login\n");
            return machine;
        } catch (IOException error) {
            machine.close();
            throw error;
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

    public String handle(Object event) throws IOException {
        if (machine == null) machine = connect();
        return ask(machine, "boiler temperature?\n");
    }
}
