package dev.sluice.gateway.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** One HTTP/1.1 connection over a bare socket, to see exactly what comes and how it ends. */
public final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final Queue<String> methods = new ArrayDeque<>();

  /** Connects to a port of this machine. */
  public Wire(int port) throws IOException {
    this(port, InetAddress.getLoopbackAddress());
  }

  /** The same from one of this machine's addresses, such as another of loopback. */
  public Wire(int port, InetAddress from) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a request without waiting for its answer; headers are whole lines. */
  public Wire send(String method, String target, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: x\r\n");
    for (String line : headers) {
      head.append(line).append("\r\n");
    }
    return sendRaw(method, head + "\r\n");
  }

  /** Sends these characters, which hold one request. */
  public Wire sendRaw(String method, String text) throws IOException {
    methods.add(method);
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends a request and waits for its answer. */
  public Reply ask(String method, String target, String... headers) throws IOException {
    return send(method, target, headers).reply();
  }

  /** Waits for the answer to the oldest request that has none yet. */
  public Reply reply() throws IOException {
    boolean isHead = methods.element().equals("HEAD");
    Reply head = head();
    return isHead || head.status() == 304 ? head : rest(head);
  }

  /** Waits for the head of the oldest answer, and leaves its body unread. */
  public Reply head() throws IOException {
    methods.remove();
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers
          .computeIfAbsent(name, none -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new Reply(status, headers, Buffer.buffer(), true);
  }

  /** Reads the body that belongs to a head. */
  public Reply rest(Reply head) throws IOException {
    Buffer body = Buffer.buffer();
    boolean whole = true;
    try {
      if ("chunked".equals(head.header("Transfer-Encoding"))) {
        readChunks(body);
      } else {
        whole = read(Integer.parseInt(head.header("Content-Length")), body);
      }
    } catch (EOFException | SocketException cut) {
      whole = false;
    }
    return new Reply(head.status(), head.headers(), body, whole);
  }

  private void readChunks(Buffer body) throws IOException {
    int size;
    do {
      size = readChunk(body);
    } while (size > 0);
  }

  private int readChunk(Buffer body) throws IOException {
    int size = Integer.parseInt(line(), 16);
    if (!read(size, body) || !line().isEmpty()) {
      throw new EOFException();
    }
    return size;
  }

  /** Reads the next chunk of a body that is still to come; an empty one is its end. */
  public Buffer chunk() throws IOException {
    Buffer chunk = Buffer.buffer();
    readChunk(chunk);
    return chunk;
  }

  /** Reads some of a body that is still to come, without waiting for the rest. */
  public byte[] some(int length) throws IOException {
    return in.readNBytes(length);
  }

  private boolean read(int length, Buffer body) throws IOException {
    byte[] piece = in.readNBytes(length);
    body.appendBytes(piece);
    return piece.length == length;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Waits for the end of the connection; false where something else comes. */
  public boolean ends() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
