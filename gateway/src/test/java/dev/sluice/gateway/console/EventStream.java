package dev.sluice.gateway.console;

import static dev.sluice.gateway.console.LiveConsole.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A browser that listens. It reads as browsers do (WHATWG HTML, section 9.2.6), but for what it
 * does not know, which they pass over: that is an error here.
 */
final class EventStream implements AutoCloseable {

  static final String PATH = "/api/v1/events";

  private static final String NAME = "event: ";
  private static final String DATA = "data: ";
  private static final String BEAT = ": still here";

  private final Wire wire;
  private Buffer chunk = Buffer.buffer();
  private int at;
  private boolean isAfterReturn;

  /** An event as a page is handed it. */
  record Event(String name, String data) {

    JsonObject object() {
      return new JsonObject(data);
    }

    JsonArray array() {
      return new JsonArray(data);
    }
  }

  private EventStream(Wire wire) {
    this.wire = wire;
  }

  static EventStream open(LiveConsole console, String session) throws IOException {
    Wire wire = console.connect();
    Reply head = wire.sendRaw("GET", text("GET", PATH, "", session)).head();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
    EventStream stream = new EventStream(wire);
    assertThat(stream.line()).isEqualTo("retry: 2000");
    assertThat(stream.line()).isEmpty();
    return stream;
  }

  /** The next event of a name. */
  Event next(String name) throws IOException {
    while (true) {
      Event event = next();
      if (event.name.equals(name)) {
        return event;
      }
    }
  }

  /** The next event. */
  Event next() throws IOException {
    String line = line();
    while (line.isEmpty() || line.equals(BEAT)) {
      line = line();
    }
    String name = "message";
    List<String> data = new ArrayList<>();
    for (; !line.isEmpty(); line = line()) {
      if (line.startsWith(NAME)) {
        name = line.substring(NAME.length());
      } else if (line.startsWith(DATA)) {
        data.add(line.substring(DATA.length()));
      } else {
        throw new AssertionError("neither name nor data: " + line);
      }
    }
    return new Event(name, String.join("\n", data));
  }

  /** Reads to the end, which must come. */
  void drain() throws IOException {
    while (!isOver()) {
      at = chunk.length();
    }
  }

  /** All up to a line feed, a carriage return, or both. */
  private String line() throws IOException {
    Buffer line = Buffer.buffer();
    while (true) {
      byte one = one();
      if (one == '\n' && isAfterReturn && line.length() == 0) {
        isAfterReturn = false;
        continue;
      }
      isAfterReturn = one == '\r';
      if (one == '\n' || one == '\r') {
        return line.toString(UTF_8);
      }
      line.appendByte(one);
    }
  }

  private byte one() throws IOException {
    if (isOver()) {
      throw new AssertionError("it has ended");
    }
    return chunk.getByte(at++);
  }

  /** Whether all was read, and nothing more comes. */
  private boolean isOver() throws IOException {
    if (at == chunk.length()) {
      chunk = wire.chunk();
      at = 0;
    }
    return chunk.length() == 0;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
