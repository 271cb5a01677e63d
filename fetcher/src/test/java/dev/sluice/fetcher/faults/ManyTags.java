package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.Content;
import io.vertx.core.buffer.Buffer;

/**
 * A list of so many tags in one page, of 64 characters each; made up while it is sent.
 *
 * @param count how many
 */
record ManyTags(int count) implements Content {

  private static final String BEGIN = "{\"name\":\"app\",\"tags\":[";
  private static final int ENTRY_SIZE = 67;
  private static final String END = "\"latest\"]}";

  @Override
  public long size() {
    return BEGIN.length() + (long) ENTRY_SIZE * count + END.length();
  }

  @Override
  public Buffer read(long from, int length) {
    long first = Math.max(0, (from - BEGIN.length()) / ENTRY_SIZE);
    StringBuilder text = new StringBuilder(first == 0 ? BEGIN : "");
    long start = first == 0 ? 0 : BEGIN.length() + first * ENTRY_SIZE;
    for (long i = first; i < count && start + text.length() < from + length; i++) {
      text.append("\"%064d\",".formatted(i));
    }
    text.append(END);
    int skip = (int) (from - start);
    return Buffer.buffer(text.substring(skip, skip + length));
  }
}
