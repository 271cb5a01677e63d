package dev.sluice.metadata.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped list of permissions. That it suffices, the other tests show. */
@RequiresRedis
class RedisUsersTest {

  @RegisterExtension private static final RunningRedis REDIS = new RunningRedis(RedisPlace::alone);

  private static String cli(String... arguments) throws IOException {
    return REDIS.place().server().cli(arguments);
  }

  private static List<String> commands() throws IOException {
    return Stream.of(Files.readString(RedisPlace.USERS).split("\\s+"))
        .filter(word -> word.startsWith("+"))
        .map(word -> word.substring(1))
        .toList();
  }

  @Test
  void noneOfTheCommandsIsDangerous() throws Exception {
    assertThat(commands())
        .doesNotContainAnyElementsOf(cli("acl", "cat", "dangerous").lines().toList());
  }

  @Test
  void nobodyKnowsThePasswordOfTheShippedFile() throws Exception {
    for (var file : List.of(RedisPlace.USERS, RedisPlace.SENTINEL_USERS)) {
      assertThat(Files.readString(file))
          .startsWith("user default off\n")
          .contains("#" + "0".repeat(64))
          .doesNotContain("nopass", ">", "@all\n", "+@");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys *",
        "scan 0",
        "flushall",
        "config get *",
        "debug sleep 0",
        "script load x",
        "acl list",
        "client list",
        "get other:key",
        "hgetall sluices",
        "eval return(1) 1 other:key",
        "publish other message",
        "subscribe other"
      })
  void anythingElseIsRefused(String command) throws Exception {
    List<String> words = Stream.of(command.split(" ")).toList();

    assertThat(
            cli(
                Stream.concat(Stream.of("acl", "dryrun", "sluice"), words.stream())
                    .toArray(String[]::new)))
        .contains("no permissions");
  }

  @Test
  void aScriptMayDoNothingElseEither() throws Exception {
    String script = "return redis.call('GET', 'other:key')";

    assertThat(cli("--user", "sluice", "--pass", RedisPlace.PASSWORD, "eval", script, "0"))
        .contains("can't access at least one of the keys");
  }
}
