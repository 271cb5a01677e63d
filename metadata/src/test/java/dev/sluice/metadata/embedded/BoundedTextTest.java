package dev.sluice.metadata.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedTextTest {

  private final BoundedText texts = new BoundedText();

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "{\"v\":1}", "ä\u0000\uFFFF", "\uD83D\uDE00"})
  void whatWasWrittenIsRead(String text) {
    WriteBuffer buffer = new WriteBuffer();
    texts.write(buffer, text);

    assertThat(texts.read(buffer.getBuffer().flip())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1 << 20, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aLengthBeyondThePageIsDamage(int length) {
    ByteBuffer page =
        new WriteBuffer().putVarInt(length).putStringData("abc", 3).getBuffer().flip();

    assertThatThrownBy(() -> texts.read(page))
        .isInstanceOfSatisfying(
            MVStoreException.class,
            damage -> assertThat(damage.getErrorCode()).isEqualTo(DataUtils.ERROR_FILE_CORRUPT));
  }

  @Test
  void aPageOfMillionsOfTextsIsDamage() {
    assertThat(texts.createStorage(0)).isEmpty();
    assertThat(texts.createStorage(1_000)).hasSize(1_000);
    assertThatThrownBy(() -> texts.createStorage(Integer.MAX_VALUE))
        .isInstanceOf(MVStoreException.class);
    assertThatThrownBy(() -> texts.createStorage(-1)).isInstanceOf(MVStoreException.class);
  }
}
