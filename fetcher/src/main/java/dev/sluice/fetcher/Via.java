package dev.sluice.fetcher;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of our kind a request has come through, in the order of its way: what stands in {@code Via}
 * (RFC 9110 section 7.6.3), so that a cache which is asked what it is asking itself can tell.
 *
 * @param passed their pseudonyms; what other proxies write is not looked at
 */
public record Via(List<String> passed) {

  /** That of a request which has come through none. */
  public static final Via NOBODY = new Via(List.of());

  /** A longer chain of caches is nobody's wish, but one that a circle makes of new pseudonyms. */
  public static final int LONGEST = 16;

  private static final String PROTOCOL = "1.1 ";
  private static final String KIND = "sluice-";
  private static final int BYTES = 8;
  private static final Pattern ENTRY =
      Pattern.compile("(?:[\\w.]{1,16}/)?[\\w.]{1,16}\\s+(" + KIND + "[0-9a-f]{16})(?:\\s.*)?");

  /** Copies the list. */
  public Via {
    passed = List.copyOf(passed);
  }

  /** Reads the {@code Via} headers of a request. */
  public static Via read(List<String> headers) {
    return headers.isEmpty()
        ? NOBODY
        : new Via(
            headers.stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(entry -> ENTRY.matcher(entry.strip()))
                .filter(entry -> entry.matches())
                .map(entry -> entry.group(1))
                .limit(LONGEST)
                .toList());
  }

  /** A pseudonym that nobody else has. */
  public static String pseudonym() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return pseudonym(random);
  }

  /**
   * The pseudonym of all who know a secret.
   *
   * @param derived from the secret for this purpose alone; at least 8 bytes
   */
  public static String pseudonym(byte[] derived) {
    return KIND + HexFormat.of().formatHex(derived, 0, BYTES);
  }

  /** Whether a request that is here, at this pseudonym, goes in a circle. */
  public boolean isCircle(String here) {
    return passed.contains(here) || passed.size() >= LONGEST;
  }

  /** The header of a request that is sent on from this pseudonym. */
  public String onFrom(String here) {
    return new Via(Stream.concat(passed.stream(), Stream.of(here)).toList()).toString();
  }

  /** As the header has it; empty where it has come through none. */
  @Override
  public String toString() {
    return String.join(", ", passed.stream().map(PROTOCOL::concat).toList());
  }
}
