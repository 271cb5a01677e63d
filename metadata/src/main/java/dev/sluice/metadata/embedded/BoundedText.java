package dev.sluice.metadata.embedded;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.type.StringDataType;

/**
 * Texts in MVStore's own form, whose lengths are checked before they are believed: a garbled one
 * would ask for an array of gigabytes, and nodes run with {@code -XX:+ExitOnOutOfMemoryError}, so
 * the damaged file would end every start.
 */
final class BoundedText extends StringDataType {

  /** Far more than MVStore puts on a page. */
  private static final int MAX_TEXTS_ON_A_PAGE = 1 << 16;

  @Override
  public String[] createStorage(int size) {
    if (size < 0 || size > MAX_TEXTS_ON_A_PAGE) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_FILE_CORRUPT, "A page of {0} texts", size);
    }
    return super.createStorage(size);
  }

  @Override
  public String read(ByteBuffer from) {
    int length = DataUtils.readVarInt(from);
    if (length < 0 || length > from.remaining()) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_FILE_CORRUPT, "A text of {0} characters", length);
    }
    return DataUtils.readString(from, length);
  }
}
