package dev.sluice.metadata.shared;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Samples;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.metadata.shared.SharedMetadata.Listeners;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Shared metadata for each test, with an authority as scripted. Its background work is done when
 * the test says so, and where the authority fails.
 */
final class FreshlyShared implements BeforeEachCallback, AfterEachCallback {

  static final Patience PATIENCE =
      new Patience(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofHours(1));

  private static final Clock NOON = Clock.fixed(Samples.NOON, ZoneOffset.UTC);

  private final boolean isBroken;
  private final List<Metadata> opened = new ArrayList<>();
  private final AtomicInteger everything = new AtomicInteger();
  private final AtomicInteger rules = new AtomicInteger();
  private Vertx vertx;
  private Path folder;
  private ScriptedAuthority authority;
  private Metadata copy;
  private SharedMetadata shared;
  private Health health;

  FreshlyShared() {
    this(false);
  }

  private FreshlyShared(boolean isBroken) {
    this.isBroken = isBroken;
  }

  /** One whose authority fails from the start. */
  static FreshlyShared withBrokenAuthority() {
    return new FreshlyShared(true);
  }

  SharedMetadata metadata() {
    return shared;
  }

  ScriptedAuthority authority() {
    return authority;
  }

  Metadata copy() {
    return copy;
  }

  Health health() {
    return health;
  }

  Vertx vertx() {
    return vertx;
  }

  /** How often anything may have changed. */
  int everythingChanged() {
    return everything.get();
  }

  /** How often rules may have changed. */
  int rulesChanged() {
    return rules.get();
  }

  /** Does the background work once. */
  void beat() throws Exception {
    Answers.of(shared.beat());
  }

  /** The authority is empty from now on, as after a start without its data. */
  void empty(String identity) throws IOException {
    authority.become(open(identity), identity);
  }

  /** Empty metadata of another folder. */
  Metadata open(String name) throws IOException {
    Metadata metadata = EmbeddedMetadata.open(folder.resolve(name), NOON, _ -> {});
    opened.add(metadata);
    return metadata;
  }

  /** Starts the node again, with its copy as it was. */
  void restart() throws IOException {
    shared.close();
    copy.close();
    start();
  }

  private void start() throws IOException {
    copy = open("copy");
    health = new Health();
    NameChanges changes =
        new NameChanges() {
          @Override
          public void everything() {
            everything.incrementAndGet();
          }

          @Override
          public void rules() {
            rules.incrementAndGet();
          }
        };
    shared =
        new SharedMetadata(
            vertx,
            new Sides(authority::noting, authority::identity, copy, folder.resolve("copy")),
            new Listeners(changes, health),
            PATIENCE);
  }

  /** Waits until this is so. */
  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it never came true");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    vertx = Vertx.vertx();
    folder = Files.createTempDirectory("shared");
    authority = new ScriptedAuthority(open("authority"), "first");
    if (isBroken) {
      authority.breakDown();
    }
    start();
    if (!isBroken) {
      beat();
      await(() -> everythingChanged() == 1);
    }
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    shared.close();
    opened.forEach(Metadata::close);
    Answers.of(vertx.close());
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
