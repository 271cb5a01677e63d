package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.deploy.config.ConfigLoader;
import dev.sluice.deploy.config.LoadedAccess;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Grants;
import dev.sluice.storage.peer.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator changes while a node runs, and what is said of it. */
class LiveAccessTest {

  private static final String ID = "AKIASLUICEADMIN00001";
  private static final String KEY =
      "keys: [{id: " + ID + ", secretFile: DIR/key, grants: [admin]}]";
  private static final String SECRET = "s3cret-of-a-key";
  private static final String HASH = "$2y$10$" + "h".repeat(53);

  @TempDir private Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(LiveAccess.class);
  private ConfigLoader loader;
  private Path file;
  private LiveAccess live;

  @BeforeEach
  void start() throws IOException {
    log.start();
    logger.addAppender(log);
    loader = new ConfigLoader(Map.of(), folder);
    file = write("sluice.yaml", "access: {" + KEY + "}");
    write("key", SECRET);
    write("users", "ann:" + HASH + "\n");
    var access = ((LoadedAccess.Valid) loader.loadAccess(file)).access();
    live = new LiveAccess(access, () -> loader.loadAccess(file));
  }

  @AfterEach
  void nothingSecretWasSaid() {
    logger.detachAppender(log);
    assertThat(said()).allSatisfy(line -> assertThat(line).doesNotContain("s3cret", "hhhh"));
  }

  @Test
  void itBeginsWithWhatTheNodeStartedWith() {
    assertThat(live.get().key(ID)).contains(new AccessKey(ID, SECRET, Grants.ADMIN));
    live.look();
    assertThat(said()).isEmpty();
  }

  @Test
  void changesOfTheFileCount() throws IOException {
    write("sluice.yaml", "access: {anonymous: none, users: {file: DIR/users}}");
    live.look();

    assertThat(live.get().anonymous()).isEqualTo(Anonymous.NONE);
    assertThat(live.get().key(ID)).isEmpty();
    assertThat(live.get().users()).containsOnlyKeys("ann");
    assertThat(said())
        .containsExactly(
            "INFO access has changed: anonymous is NONE",
            "INFO access has changed: the key " + ID + " is gone",
            "INFO access has changed: the user ann is new");
  }

  @Test
  void changesOfTheOtherFilesCount() throws IOException {
    write("sluice.yaml", "access: {" + KEY + ", users: {file: DIR/users}}");
    live.look();
    log.list.clear();
    write("key", "another s3cret");
    write("users", "ben:" + HASH + "\n");
    live.look();

    assertThat(live.get().key(ID).orElseThrow().secret()).isEqualTo("another s3cret");
    assertThat(live.get().users()).containsOnlyKeys("ben");
    assertThat(said())
        .containsExactly(
            "INFO access has changed: the key " + ID + " has other rights or secrets",
            "INFO access has changed: the user ann is gone",
            "INFO access has changed: the user ben is new");
  }

  @Test
  void aSecretThatVanishesClosesItsKeyUntilItIsBack() throws IOException {
    Files.delete(folder.resolve("key"));
    live.look();
    live.look();

    assertThat(live.get().keys()).isEmpty();
    assertThat(live.namesNobody()).isFalse();
    assertThat(said())
        .containsExactly(
            "WARN the key "
                + ID
                + " is closed: its file "
                + folder.resolve("key")
                + " is missing, empty or unreadable",
            "INFO access has changed: the key " + ID + " is gone");
    write("key", SECRET);
    live.look();
    assertThat(live.get().keys()).containsOnlyKeys(ID);
  }

  @Test
  void mistakesKeepTheOldAccessAndAreSaidOnce() throws IOException {
    write("sluice.yaml", "access: {anonymous: al}");
    live.look();
    live.look();

    assertThat(live.get().keys()).containsOnlyKeys(ID);
    assertThat(said()).singleElement().asString().contains("WARN", "access.anonymous", "\"al\"");
    Files.delete(file);
    live.look();
    assertThat(live.get().keys()).containsOnlyKeys(ID);
    write("sluice.yaml", "access: {}");
    live.look();
    assertThat(live.get().keys()).isEmpty();
    assertThat(live.namesNobody()).isTrue();
  }

  /** Whoever cannot read a mistake elsewhere must still be able to close a key. */
  @Test
  void aSecretCountsWhileTheConfigurationHasMistakes() throws IOException {
    write("sluice.yaml", "access: {anonymous: al}");
    Files.delete(folder.resolve("key"));
    live.look();

    assertThat(live.get().keys()).isEmpty();
  }

  @Test
  void aBrokenLineClosesItsUserAlone() throws IOException {
    write("sluice.yaml", "access: {users: {file: DIR/users}}");
    write("users", "ann:s3cret\nben:" + HASH + "\n");
    live.look();

    assertThat(live.get().users()).containsOnlyKeys("ben");
    assertThat(said()).anySatisfy(line -> assertThat(line).contains("WARN", "users:1", "\"ann\""));
  }

  @Test
  void aNodeLooksByItself() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      live.watch(vertx);
      write("sluice.yaml", "access: {}");
      Waiting.until(() -> live.get().keys().isEmpty());
    } finally {
      Waiting.get(vertx.close());
    }
  }

  private List<String> said() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("DIR", folder.toString()));
  }
}
