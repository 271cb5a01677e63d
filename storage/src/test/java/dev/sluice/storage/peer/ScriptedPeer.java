package dev.sluice.storage.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer over bare sockets that says what the test has written for it, and then nothing more. */
final class ScriptedPeer implements AutoCloseable {

  private final ServerSocket server;
  private final Script script;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger heads = new AtomicInteger();

  /** What is said to one request. */
  interface Script {
    /**
     * Answers, and leaves the connection as it is; closing the stream ends it.
     *
     * @param request the request line
     */
    void answer(String request, OutputStream out) throws IOException;
  }

  ScriptedPeer(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** Writes text, such as a head, byte for character. */
  static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** How often it was asked how far a blob is. */
  int heads() {
    return heads.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.startVirtualThread(() -> converse(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void converse(Socket connection) {
    try {
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String request = line;
        while (!line.isEmpty()) {
          line = in.readLine();
        }
        if (request.startsWith("HEAD")) {
          heads.incrementAndGet();
        }
        script.answer(request, connection.getOutputStream());
      }
    } catch (IOException gone) {
      // The test has what it wanted.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
