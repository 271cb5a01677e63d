package dev.sluice.metadata.redis;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What lies under a field.
 *
 * @param present whether anything does, even if its key is no hash
 * @param text as it was read, to be compared before it is replaced
 * @param value empty where there is none or it cannot be read
 */
record Known<T>(boolean present, Optional<Buffer> text, Optional<T> value) {

  static <T> Known<T> nothing() {
    return new Known<>(false, Optional.empty(), Optional.empty());
  }

  static <T> Known<T> wrongType() {
    return new Known<>(true, Optional.empty(), Optional.empty());
  }
}
