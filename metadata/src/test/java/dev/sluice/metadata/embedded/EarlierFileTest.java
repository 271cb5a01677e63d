package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.Samples;
import dev.sluice.metadata.record.RecordForm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of names from before rate limits were kept. */
class EarlierFileTest {

  private static final String KEY = "alpine latest";
  private static final String IMAGE_KEY = "alpine " + digest("content");
  private static final String TAG =
      "{\"v\":1,\"digest\":\"%s\",\"mediaType\":\"%s\",\"checkedAt\":\"%s\"}"
          .formatted(digest("content"), Samples.MANIFEST_TYPE, NOON);

  @TempDir Path folder;

  @Test
  void itIsOpenedAndTakesWhatIsNew() throws Exception {
    try (MVStore store = MVStore.open(folder.resolve("metadata.mv").toString())) {
      put(store, "tag", KEY, TAG);
      put(store, "image", IMAGE_KEY, RecordForm.IMAGE.write(image("content")));
      put(store, "member", IMAGE_KEY, RecordForm.MEMBER.write(sized("content", 7)));
    }
    Account account = new Account("quay.io", Optional.empty());
    RateLimit limit = new RateLimit(Optional.empty(), NOON, Instant.EPOCH, 1);

    try (Embedded embedded = new Embedded(folder)) {
      assertThat(Answers.of(embedded.metadata().tags().find(repository("alpine"), tag("latest"))))
          .contains(entry("content"));
      Answers.of(embedded.metadata().rateLimits().amend(account, known -> limit));
      embedded.reopen();
      assertThat(Answers.of(embedded.metadata().rateLimits().find(account))).contains(limit);
      assertThat(Answers.of(embedded.metadata().tags().find(repository("alpine"), tag("latest"))))
          .contains(entry("content"));
      assertThat(Answers.of(embedded.metadata().repositories().all()))
          .containsExactly(made(repository("alpine")));
      assertThat(embedded.undecodable()).isEmpty();
    }
    assertThat(folder).isDirectoryNotContaining("glob:**damaged**");
  }

  private static void put(MVStore store, String kind, String key, String text) {
    store
        .openMap(
            kind,
            new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE))
        .put(key, Seal.seal(key, text));
  }
}
