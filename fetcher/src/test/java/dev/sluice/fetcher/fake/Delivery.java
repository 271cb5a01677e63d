package dev.sluice.fetcher.fake;

import dev.sluice.fetcher.fake.Reply.Framing;
import dev.sluice.fetcher.fake.Reply.Pace;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Sends one answer piece by piece, obeying its stops and its pace. */
final class Delivery {
  private static final int PIECE = 1 << 16;

  private final Connection connection;
  private final Exchange exchange;
  private final Reply reply;
  private final Deque<Stop> stops;
  private final boolean sendsBody;
  private final long end;
  private long position = Stop.BEFORE_HEAD;

  Delivery(Connection connection, Exchange exchange, Reply reply) {
    this.connection = connection;
    this.exchange = exchange;
    this.reply = reply;
    this.stops = new ArrayDeque<>(reply.travel().stops().stream().sorted(Stop.ORDER).toList());
    this.sendsBody = reply.mayHaveBody() && !exchange.request().isHead();
    this.end = sendsBody ? reply.body().size() : 0;
  }

  void start() {
    advance();
  }

  private void advance() {
    if (connection.isClosed()) {
      return;
    }
    if (!stops.isEmpty() && stops.peek().at() <= position) {
      obey(stops.poll());
    } else if (position == Stop.BEFORE_HEAD) {
      position = 0;
      send(head(), end == 0 && stops.isEmpty());
    } else if (position < end) {
      sendPiece();
    } else {
      sendTail();
    }
  }

  private void obey(Stop stop) {
    switch (stop) {
      case Stop.Cut cut -> connection.cut(cut.reset());
      case Stop.Hold hold -> hold.gate().arrive(connection.context(), this::advance);
      case Stop.Stall _ -> {
        // Only the client or the end of the fake ends this.
      }
    }
  }

  private Buffer head() {
    Buffer head = all(reply.travel().before());
    if (reply.travel().framing() == Framing.BARE) {
      return head;
    }
    Headers headers = reply.headers();
    if (!headers.has("Content-Length") && reply.mayHaveBody() && !isChunked()) {
      var length = reply.declaredLength();
      headers =
          length.isEmpty() ? headers : headers.plus("Content-Length", "" + length.getAsLong());
    }
    headers = isChunked() ? headers.plus("Transfer-Encoding", "chunked") : headers;
    StringBuilder text = new StringBuilder("HTTP/1.1 " + reply.status() + " Fake\r\n");
    headers.fields().forEach(f -> text.append(f.name() + ": " + f.value() + "\r\n"));
    text.append(closesAfter() ? "Connection: close\r\n\r\n" : "\r\n");
    return head.appendString(text.toString(), StandardCharsets.ISO_8859_1.name());
  }

  private void sendPiece() {
    long until = stops.isEmpty() ? end : Math.min(end, stops.peek().at());
    int most = reply.travel().pace().map(Pace::bytes).orElse(PIECE);
    int length = (int) Math.min(most, until - position);
    Buffer bytes = reply.body().read(position, length);
    position += length;
    exchange.sent(length);
    boolean last = position == end && stops.isEmpty() && !isChunked();
    send(isChunked() ? chunk(bytes) : bytes, last);
  }

  private static Buffer chunk(Buffer bytes) {
    return Buffer.buffer(Integer.toHexString(bytes.length()) + "\r\n")
        .appendBuffer(bytes)
        .appendString("\r\n");
  }

  private void sendTail() {
    exchange.finish();
    Buffer tail = isChunked() && sendsBody ? Buffer.buffer("0\r\n\r\n") : Buffer.buffer();
    tail.appendBuffer(all(reply.travel().after()));
    connection.write(tail).onSuccess(_ -> connection.answered(closesAfter()));
  }

  /**
   * The exchange ends before its last bytes leave: a client that has them all may at once ask again
   * on another connection, and would seem to have two requests in flight.
   */
  private void send(Buffer bytes, boolean last) {
    if (last) {
      exchange.finish();
    }
    var next = connection.context();
    connection.write(bytes).onSuccess(_ -> next.runOnContext(_ -> pause()));
  }

  private void pause() {
    long millis = position > 0 ? reply.travel().pace().map(Pace::pauseMillis).orElse(0L) : 0;
    if (millis == 0 || position == end) {
      advance();
    } else {
      connection.context().owner().setTimer(millis, _ -> advance());
    }
  }

  private boolean isChunked() {
    return reply.travel().framing() == Framing.CHUNKED;
  }

  private boolean closesAfter() {
    boolean endsByClose =
        switch (reply.travel().framing()) {
          case UNTIL_CLOSE, BARE -> true;
          case LENGTH, CHUNKED -> false;
        };
    var declared = reply.declaredLength();
    boolean miscounts = sendsBody && declared.isPresent() && declared.getAsLong() != end;
    return endsByClose || miscounts || exchange.request().endsConnection();
  }

  private static Buffer all(Content content) {
    return Buffer.buffer().appendBuffer(content.read(0, (int) content.size()));
  }
}
