package dev.sluice.deploy.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.gateway.RequestLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Lines of requests as bytes, one behind the other: in the forms of {@link PlainLine} and {@link
 * JsonLine}, with a tenth of their cost. Not for several threads at once.
 */
final class LineText {

  private static final byte[] NAME = ascii("sluice.requests");
  private static final int SECOND_LENGTH = "2026-01-02T03:04:05".length();

  private byte[] bytes = new byte[16 << 10];
  private int length;
  private boolean json;
  private long second = Long.MIN_VALUE;
  private final byte[] secondText = new byte[SECOND_LENGTH];

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Forgets what was written, and keeps its room. */
  void clear() {
    length = 0;
  }

  void plain(RequestLine line) {
    json = false;
    time(line.at());
    raw(" INFO  requests: ");
    text(line.method()).raw(" ").text(line.target()).raw(" ").number(line.status());
    raw(" client=").text(line.client()).raw(" principal=").text(line.principal());
    raw(" rule=").text(line.rule()).raw(" outcome=").text(line.outcome());
    raw(" bytes=").number(line.bytes()).raw(" ms=").number(line.millis());
    raw(" request=").text(line.request());
    if (!line.trace().isEmpty()) {
      raw(" trace=").text(line.trace());
    }
    if (!line.came().isEmpty()) {
      raw(" came=").text(line.came());
    }
    raw("\n");
  }

  void json(RequestLine line) {
    json = true;
    raw("{\"time\":\"");
    time(line.at());
    raw("\",\"level\":\"INFO\",\"logger\":\"").raw(NAME).raw("\",\"message\":\"");
    text(line.method()).raw(" ").text(line.target()).raw(" ").number(line.status());
    raw("\",\"client\":\"").text(line.client()).raw("\",\"principal\":\"").text(line.principal());
    raw("\",\"rule\":\"").text(line.rule()).raw("\",\"outcome\":\"").text(line.outcome());
    raw("\",\"bytes\":").number(line.bytes()).raw(",\"ms\":").number(line.millis());
    raw(",\"request\":\"").text(line.request());
    if (!line.trace().isEmpty()) {
      raw("\",\"trace\":\"").text(line.trace());
    }
    if (!line.came().isEmpty()) {
      raw("\",\"came\":\"").text(line.came());
    }
    raw("\"}\n");
  }

  private void time(long at) {
    if (Math.floorDiv(at, 1000) != second) {
      second = Math.floorDiv(at, 1000);
      byte[] text = ascii(Instant.ofEpochSecond(second).toString());
      System.arraycopy(text, 0, secondText, 0, SECOND_LENGTH);
    }
    raw(secondText);
    int millis = (int) Math.floorMod(at, 1000L);
    room(5);
    bytes[length++] = '.';
    bytes[length++] = (byte) ('0' + millis / 100);
    bytes[length++] = (byte) ('0' + millis / 10 % 10);
    bytes[length++] = (byte) ('0' + millis % 10);
    bytes[length++] = 'Z';
  }

  private LineText number(long number) {
    if (number < 0 || number > 9) {
      return raw(Long.toString(number));
    }
    room(1);
    bytes[length++] = (byte) ('0' + number);
    return this;
  }

  /** What may hold anything; almost always it is plain ASCII. */
  private LineText text(String text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || (json && (c == '"' || c == '\\'))) {
        return raw(escaped(text.substring(i)));
      }
      bytes[length++] = (byte) c;
    }
    return this;
  }

  private byte[] escaped(String text) {
    StringBuilder safe = new StringBuilder();
    if (json) {
      JsonStringEncoder.getInstance().quoteAsString(text, safe);
    } else {
      PlainLine.escape(text, safe);
    }
    return safe.toString().getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("deprecation") // of all ways the one that copies ASCII without a table
  private LineText raw(String ascii) {
    int size = ascii.length();
    room(size);
    ascii.getBytes(0, size, bytes, length);
    length += size;
    return this;
  }

  private LineText raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
