package dev.sluice.gateway.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a raw query, with their escapes undone. */
final class Parameters {

  private Parameters() {}

  /**
   * All values of one, in their order. A {@code +} stays one: media types have it, and not every
   * client escapes it.
   *
   * @param query null where there was none
   * @return empty where an escape is broken
   */
  static Optional<List<String>> values(String query, String name) {
    List<String> values = new ArrayList<>();
    try {
      for (String pair : query == null ? new String[0] : query.split("&")) {
        if (pair.startsWith(name + '=')) {
          String raw = pair.substring(name.length() + 1).replace("+", "%2B");
          values.add(URLDecoder.decode(raw, StandardCharsets.UTF_8));
        }
      }
      return Optional.of(values);
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
