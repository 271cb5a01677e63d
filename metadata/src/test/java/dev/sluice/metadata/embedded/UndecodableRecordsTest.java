package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndecodableRecordsTest {

  private static final RepositoryName ALPINE = repository("alpine");

  @TempDir Path folder;

  private final List<String> undecodable = new ArrayList<>();
  private RecordFile names;
  private RecordFile rules;
  private EmbeddedTagIndex tags;

  @BeforeEach
  void open() throws IOException {
    names = open(Contents.NAMES);
    rules = open(Contents.RULES);
    tags = new EmbeddedTagIndex(names);
  }

  @AfterEach
  void close() {
    names.close();
    rules.close();
  }

  private RecordFile open(Contents contents) throws IOException {
    return new RecordFile(new RecordFileOpening(folder, contents, Embedded.NOON, undecodable::add));
  }

  private static String putRaw(RecordFile file, String kind, String key, String text)
      throws Exception {
    return Answers.of(
        file.change(records -> records.maps().get(kind).put(key, Seal.seal(key, text))));
  }

  @Test
  void anUndecodableRecordIsAMissAndCounted() throws Exception {
    putRaw(names, "tag", "alpine latest", "garbage");
    putRaw(names, "image", "alpine " + digest("image"), "{\"v\":2}");
    putRaw(names, "member", "alpine " + digest("layer"), "[]");
    putRaw(rules, "rule", "quay", "");
    EmbeddedCatalog catalog = new EmbeddedCatalog(names);

    assertThat(Answers.of(tags.find(ALPINE, tag("latest")))).isEmpty();
    assertThat(Answers.of(catalog.image(ALPINE, digest("image")))).isEmpty();
    assertThat(Answers.of(catalog.member(ALPINE, digest("layer")))).isEmpty();
    assertThat(Answers.of(new EmbeddedRules(rules).all())).isEmpty();
    assertThat(undecodable).containsExactly("tag", "image", "member", "rule");
  }

  @Test
  void amongReadableRecordsItIsLeftOutAndCounted() throws Exception {
    EmbeddedCatalog catalog = new EmbeddedCatalog(names);
    EmbeddedRepositories repositories = new EmbeddedRepositories(names);
    Answers.of(catalog.keep(made(ALPINE), image("image")));
    putRaw(names, "image", "alpine " + digest("other"), "{\"v\":1}");
    Answers.of(tags.point(ALPINE, tag("latest"), entry("image")));
    putRaw(names, "tag", "alpine garbled", "garbage");
    putRaw(names, "repository", "busybox", "{\"v\":1,\"name\":\"Not A Name\"}");
    putRaw(rules, "template", "quay", "[]");

    assertThat(Answers.of(catalog.images(ALPINE))).containsExactly(image("image"));
    assertThat(Answers.of(tags.all(ALPINE))).containsOnlyKeys(tag("latest"));
    assertThat(Answers.of(repositories.all())).containsExactly(made(ALPINE));
    assertThat(Answers.of(repositories.find(repository("busybox")))).isEmpty();
    assertThat(Answers.of(new EmbeddedTemplates(rules).all())).isEmpty();
    assertThat(undecodable).containsExactly("image", "tag", "repository", "repository", "template");
  }

  @Test
  void anUndecodableRecordIsReplacedWhenItIsLearntAnew() throws Exception {
    putRaw(names, "tag", "alpine latest", "garbage");
    putRaw(names, "member", "alpine " + digest("layer"), "garbage");
    putRaw(rules, "rule", "quay", "garbage");
    EmbeddedCatalog catalog = new EmbeddedCatalog(names);

    Answers.of(tags.point(ALPINE, tag("latest"), entry("content")));
    Answers.of(catalog.admit(ALPINE, sized("layer", 7)));
    Answers.of(new EmbeddedRules(rules).create(stored("quay", "quay.io")));

    assertThat(Answers.of(tags.find(ALPINE, tag("latest")))).contains(entry("content"));
    assertThat(Answers.of(catalog.member(ALPINE, digest("layer")))).contains(sized("layer", 7));
    assertThat(Answers.of(new EmbeddedRules(rules).all()))
        .containsExactly(stored("quay", "quay.io"));
  }

  /** It may say what nothing heals, such as that tags do not move. */
  @Test
  void anUndecodableRepositoryIsReplacedByAPersonAndByNoPull() throws Exception {
    EmbeddedRepositories repositories = new EmbeddedRepositories(names);
    putRaw(names, "repository", "alpine", "garbage");

    Answers.of(new EmbeddedCatalog(names).keep(made(ALPINE), image("image")));
    repositories.adopt();

    assertThat(Answers.of(repositories.find(ALPINE))).isEmpty();
    assertThat(Answers.of(repositories.exists(ALPINE))).isTrue();
    assertThat(Answers.of(repositories.create(fullRepository("alpine")))).isTrue();
    assertThat(Answers.of(repositories.find(ALPINE))).contains(fullRepository("alpine"));
  }

  /** Each time that a garbled record is read, it is counted. */
  @Test
  void eachRecordIsReadOnceHoweverManyImagesAreRemoved() throws Exception {
    EmbeddedCatalog catalog = new EmbeddedCatalog(names);
    Set<Digest> images = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Answers.of(catalog.keep(made(ALPINE), image("image" + i, sized("layer", 7))));
      Answers.of(tags.point(ALPINE, tag("t" + i), entry("image" + i)));
      images.add(digest("image" + i));
    }
    putRaw(names, "image", "alpine " + digest("garbled"), "garbage");
    putRaw(names, "tag", "alpine garbled", "garbage");

    assertThat(Answers.of(catalog.remove(ALPINE, images))).isEqualTo(images);

    assertThat(undecodable).containsExactlyInAnyOrder("image", "tag");
  }

  @Test
  void unknownFieldsOfALaterVersionOutliveAConfirmation() throws Exception {
    Answers.of(tags.point(ALPINE, tag("latest"), entry("content")));
    JsonObject later = latest().put("v", 2).put("pulledAt", "2027-01-01T00:00:00Z");
    putRaw(names, "tag", "alpine latest", later.encode());

    Answers.of(tags.confirm(ALPINE, tag("latest"), NOON.plusSeconds(60)));

    assertThat(latest()).isEqualTo(later.put("checkedAt", NOON.plusSeconds(60).toString()));
  }

  private JsonObject latest() throws Exception {
    String key = "alpine latest";
    String stored = Answers.of(names.read(records -> records.maps().get("tag").get(key)));
    return new JsonObject(Seal.open(key, stored).orElseThrow());
  }

  @Test
  void aRecordThatWasGarbledOrLiesUnderAnotherKeyIsAMissAndCounted() throws Exception {
    Answers.of(tags.point(ALPINE, tag("latest"), entry("content")));
    Answers.of(
        names.change(
            records -> {
              MVMap<String, String> texts = records.maps().get("tag");
              String stored = texts.get("alpine latest");
              texts.put("alpine moved", stored);
              texts.put("alpine garbled", stored.replace("2026", "2027"));
              texts.put("alpine short", "{}");
              return null;
            }));

    for (String name : List.of("moved", "garbled", "short")) {
      assertThat(Answers.of(tags.find(ALPINE, tag(name)))).as(name).isEmpty();
    }
    assertThat(undecodable).containsExactly("tag", "tag", "tag");
    assertThat(Answers.of(tags.find(ALPINE, tag("latest")))).contains(entry("content"));
  }

  @Test
  void keysThatAreNoNamesAreSkippedAndCounted() throws Exception {
    Answers.of(tags.point(ALPINE, tag("good"), entry("content")));
    putRaw(names, "tag", "alpine not/a/tag", "{}");

    assertThat(Answers.of(tags.tags(ALPINE))).containsExactly(tag("good"));
    assertThat(undecodable).containsExactly("tag");
  }
}
