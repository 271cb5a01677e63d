package dev.sluice.metadata.redis;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresRedis
class RedisChangesTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");

  private final HeardChanges heard = new HeardChanges();
  private RedisChanges here;
  private RedisChanges elsewhere;

  @BeforeEach
  void listen() throws Exception {
    here = RedisChanges.open(REDIS.vertx(), REDIS.place().settings());
    elsewhere = RedisChanges.open(REDIS.vertx(), REDIS.place().settings());
    here.start(heard);
    heard.await("everything");
  }

  @AfterEach
  void close() {
    here.close();
    elsewhere.close();
  }

  private static void cli(String... arguments) throws IOException {
    REDIS.place().server().cli(arguments);
  }

  @Test
  void eachKindOfChangeIsHeardElsewhere() throws Exception {
    elsewhere.tag(ALPINE, tag("latest"));
    heard.await("tag docker-hub/library/alpine:latest");
    elsewhere.images(ALPINE, Set.of(digest("a"), digest("b")));
    heard.await(
        "images docker-hub/library/alpine"
            + new TreeSet<>(Set.of(digest("a").toString(), digest("b").toString())));
    elsewhere.repository(ALPINE);
    heard.await("repository docker-hub/library/alpine");
    elsewhere.rules();
    heard.await("rules");
    elsewhere.everything();
    heard.await("everything");
  }

  @Test
  void whatANodeSaysItselfItDoesNotHearNorMiss() throws Exception {
    here.tag(ALPINE, tag("latest"));
    here.rules();
    REDIS.place().server().await("2", "get", "sluice:changes");
    elsewhere.repository(ALPINE);

    heard.await("repository docker-hub/library/alpine");
  }

  @Test
  void moreDigestsThanAMessageShouldHaveAreEverything() throws Exception {
    Set<Digest> many =
        IntStream.range(0, 1_001)
            .mapToObj(i -> digest("image" + i))
            .collect(Collectors.toUnmodifiableSet());
    elsewhere.images(ALPINE, many);

    heard.await("everything");
  }

  @Test
  void messagesOfLaterVersionsAreUnderstoodAsFarAsTheyCan() throws Exception {
    publish(1, "\"v\":2,\"kind\":\"rules\",\"since\":[1]");
    heard.await("rules");
    publish(2, "\"v\":2,\"kind\":\"rename\"");
    heard.await("everything");
    publish(3, "\"kind\":\"tag\",\"repository\":\"Not A Name\",\"tag\":\"latest\"");
    heard.await("everything");
    publish(4, "\"kind\":\"images\",\"repository\":\"a\",\"digests\":[7]");
    heard.await("everything");
    publish(5, "\"kind\":7");
    heard.await("everything");
    publish(6, "\"kind\":\"rules\"");
    heard.await("rules");
  }

  private static void publish(int number, String fields) throws IOException {
    cli("set", "sluice:changes", Integer.toString(number));
    cli("publish", "sluice:changes", "{\"seq\":" + number + "," + fields + "}");
  }

  @Test
  void aMessageThatIsNoneIsEverything() throws Exception {
    cli("publish", "sluice:changes", "garbage");
    heard.await("everything");
    cli("publish", "sluice:changes", "[]");
    heard.await("everything");
  }

  @Test
  void aMissingNumberIsEverything() throws Exception {
    cli("incr", "sluice:changes");
    elsewhere.rules();

    heard.await("everything");
    elsewhere.rules();
    assertThat(heard.awaitPast("rules")).isSubsetOf("everything");
  }

  @Test
  void aMessageThatNothingFollowsIsMissedToo() throws Exception {
    cli("incr", "sluice:changes");

    heard.await("everything");
  }

  @Test
  void aSubscriptionThatWasCutBeginsAnewWithEverything() throws Exception {
    cli("client", "kill", "type", "pubsub");
    heard.await("everything");
    elsewhere.rules();
    heard.await("rules");
  }

  @Test
  void afterARestartItBeginsAnewWithEverything() throws Exception {
    elsewhere.rules();
    heard.await("rules");
    REDIS.place().server().restart();
    heard.await("everything");
    elsewhere.repository(ALPINE);
    heard.awaitPast("repository docker-hub/library/alpine");
  }

  @Test
  void anEmptiedRedisIsEverything() throws Exception {
    elsewhere.rules();
    heard.await("rules");
    REDIS.place().empty();
    heard.await("everything");
    elsewhere.repository(ALPINE);
    heard.awaitPast("repository docker-hub/library/alpine");
  }

  @Test
  void aGarbledCountBeginsAnew() throws Exception {
    cli("set", "sluice:changes", "garbage");
    elsewhere.rules();
    heard.await("everything");
    cli("del", "sluice:changes");
    cli("hset", "sluice:changes", "a", "b");
    elsewhere.rules();
    elsewhere.repository(ALPINE);

    heard.awaitPast("repository docker-hub/library/alpine");
  }

  @Test
  void whatCouldNotBeToldIsMadeUpForByEverything() throws Exception {
    cli("acl", "log", "reset");
    cli("acl", "setuser", "sluice", "-evalsha");
    elsewhere.rules();
    REDIS.place().server().await("evalsha", "acl", "log");
    cli("acl", "setuser", "sluice", "+evalsha");

    assertThat(heard.awaitPast("everything")).isEmpty();
  }
}
