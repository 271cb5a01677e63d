package dev.sluice.deploy.accept;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The requests of one connection to a {@link TestUpstream}, answered one after another. */
final class UpstreamExchange {
  private final InputStream in;
  private final OutputStream out;
  private final Map<String, Content> contents;
  private final Pace pace;
  private final Supplier<String> announced;

  /**
   * @param announced headers more, each with the end of its line
   */
  UpstreamExchange(
      Socket connection, Map<String, Content> contents, Pace pace, Supplier<String> announced)
      throws IOException {
    this.announced = announced;
    in = new BufferedInputStream(connection.getInputStream());
    out = connection.getOutputStream();
    this.contents = contents;
    this.pace = pace;
  }

  /** Answers the next request, whose head is told first; false after the last. */
  boolean serveOne(Consumer<HttpHead> requested) throws IOException {
    HttpHead head = HttpHead.read(in);
    if (head.startLine().isEmpty()) {
      return false;
    }
    requested.accept(head);
    String[] words = head.startLine().split(" ");
    Content content = contents.get(words[1].replaceFirst("\\?.*", ""));
    if (content != null) {
      answer(words[0], content, head.rangeStart());
    } else if (words[1].equals("/v2/")) {
      line("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}");
    } else {
      line("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }
    return !head.endsConnection();
  }

  private void answer(String method, Content content, long from) throws IOException {
    boolean paced = content instanceof GeneratedBlob && method.equals("GET");
    if (paced) {
      pace.awaitGate();
    }
    line(head(content, from));
    if (paced) {
      pace.begin();
    }
    if (method.equals("GET")) {
      body(content, from, paced);
    }
  }

  private String head(Content content, long from) {
    String status =
        from == 0
            ? "HTTP/1.1 200 OK\r\n"
            : "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\n"
                .formatted(from, content.size() - 1, content.size());
    return status
        + "Content-Length: %d\r\n".formatted(content.size() - from)
        + "Content-Type: %s\r\n".formatted(content.mediaType())
        + "Accept-Ranges: bytes\r\n"
        + announced.get()
        + "Docker-Content-Digest: %s\r\n\r\n".formatted(content.digest());
  }

  private void body(Content content, long from, boolean paced) throws IOException {
    byte[] chunk = new byte[pace.chunk()];
    long start = System.nanoTime();
    for (long offset = from; offset < content.size(); offset += chunk.length) {
      int length = (int) Math.min(chunk.length, content.size() - offset);
      content.copy(offset, chunk, length);
      if (paced) {
        pace.awaitTurn(start, offset - from);
      }
      out.write(chunk, 0, length);
    }
  }

  private void line(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
