package dev.sluice.deploy;

import static dev.sluice.deploy.SampleRules.closed;
import static dev.sluice.deploy.SampleRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleBook;
import dev.sluice.metadata.StoredRule;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules come and go through the API, and the operator opens the node to everybody later. */
class ClosedPrefixesTest {

  private static final String FAR = "192.0.2.7";
  private static final RepositoryName PRIVATE = new RepositoryName("priv/app");
  private static final RepositoryName PUBLIC = new RepositoryName("pub/app");

  @TempDir private Path data;
  private final Queue<Runnable> writes = new ArrayDeque<>();
  private EmbeddedMetadata metadata;
  private RuleBook book;
  private PullAccess access;
  private Anonymous anonymous = Anonymous.NONE;

  @BeforeEach
  void start() throws IOException {
    Clock clock = Clock.systemUTC();
    metadata = EmbeddedMetadata.open(data.resolve("metadata"), clock, kind -> {});
    ClosedPrefixes closed = ClosedPrefixes.open(data, Set.of(), writes::add);
    book = new RuleBook(List.of(), metadata.rules(), UnaryOperator.identity(), closed::close);
    AccessKey key = new AccessKey("KEY", "s".repeat(40), Grants.ADMIN);
    access =
        PullAccess.of(
            clock,
            () -> AccessList.of(anonymous, List.of(key), List.of()),
            new OpenRules(book::table, closed),
            URI.create("http://127.0.0.1:5000"));
  }

  @AfterEach
  void stop() {
    metadata.close();
  }

  @Test
  void whatCameInWhileNobodyWasAskedStaysClosed() {
    done(book.create(stored(rule("pub"))));
    done(book.create(stored(closed("priv"))));
    done(book.remove("priv"));

    anonymous = Anonymous.PULL;

    assertThat(access.admits(FAR, PRIVATE)).isFalse();
    assertThat(access.admits(FAR, PUBLIC)).isTrue();
    assertThat(access.needsLogin(FAR)).isTrue();
  }

  @Test
  void soDoesWhatCameInThroughARuleThatLostItsCredential() {
    done(book.create(stored(rule("priv"))));
    done(book.amend("priv", known -> stored(closed("priv"))));
    done(book.amend("priv", known -> stored(rule("priv"))));

    anonymous = Anonymous.PULL;

    assertThat(access.admits(FAR, PRIVATE)).isFalse();
  }

  @Test
  void aClosedRuleIsNotInForceBeforeTheDiskKnowsOfIt() throws IOException {
    Future<Boolean> created = book.create(stored(closed("priv")));

    assertThat(created.isComplete()).isFalse();
    assertThat(book.table().match(PRIVATE)).isEmpty();
    writes.remove().run();
    assertThat(created.result()).isTrue();
    assertThat(book.table().match(PRIVATE)).isPresent();
    assertThat(data.resolve("closed-prefixes")).hasContent("priv");
  }

  @Test
  void aCrashLosesNothing() throws IOException {
    done(book.create(stored(closed("priv"))));
    done(book.remove("priv"));
    metadata.close();

    start();
    done(book.refresh());
    anonymous = Anonymous.PULL;

    assertThat(access.admits(FAR, PRIVATE)).isFalse();
  }

  @Test
  void whereTheDiskCannotKnowTheRuleStaysOutOfForce() throws IOException {
    Files.createDirectory(data.resolve("closed-prefixes.next"));

    Future<Boolean> created = book.create(stored(closed("priv")));
    writes.remove().run();

    assertThat(created.cause()).hasMessageContaining("closed-prefixes");
    assertThat(book.table().match(PRIVATE)).isEmpty();
  }

  /** Both are under way before either is written. */
  @Test
  void ofTwoThatAreClosedAtOnceBothAre() throws IOException {
    Future<Boolean> one = book.create(stored(closed("priv")));
    Future<Boolean> other = book.create(stored(closed("own")));
    done(other);

    assertThat(one.result()).isTrue();
    assertThat(Files.readAllLines(data.resolve("closed-prefixes"))).containsExactly("own", "priv");
  }

  private void done(Future<?> change) {
    while (!writes.isEmpty()) {
      writes.remove().run();
    }
    assertThat(change.succeeded()).isTrue();
  }

  private static StoredRule stored(Rule rule) {
    Instant then = Instant.EPOCH;
    return new StoredRule(rule, then, then, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
