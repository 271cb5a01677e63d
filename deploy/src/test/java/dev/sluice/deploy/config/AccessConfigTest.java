package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.access.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code access}, and what stands in the files that it names. */
class AccessConfigTest {

  private static final String ID = "AKIASLUICEADMIN00001";
  private static final String SECRET = "s3cret-of-forty-characters-0123456789abc";
  private static final String HASH = "$2y$10$" + "h".repeat(53);

  @TempDir private Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void write() {
    fixture = ConfigFixture.in(folder);
    fixture.write("key", SECRET + "\n");
    fixture.write("users", "ann:" + HASH + "\nben:" + HASH + "\n");
  }

  @Test
  void keysAndUsersBecomeAList() {
    AccessFiles files =
        files(
            "access: {anonymous: none, keys: [{id: ID, secretFile: DIR/key, grants: [admin]}],"
                + " users: {file: DIR/users, grants: {ann: ['pull:a/*']}}}");

    assertThat(files.troubles()).isEmpty();
    assertThat(files.list())
        .isEqualTo(
            AccessList.of(
                Anonymous.NONE,
                List.of(new AccessKey(ID, SECRET, Grants.ADMIN)),
                List.of(
                    new User("ann", HASH, Grants.of(List.of("pull:a/*"))),
                    new User("ben", HASH, Grants.NONE))));
    assertThat(files.toString()).doesNotContain(SECRET, HASH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "access: {keys: [{id: ID, secretFile: DIR/empty}]} | access.keys[0].secretFile: names the file DIR/empty, which is empty",
        "access: {keys: [{id: ID, secretFile: DIR/gone}]}  | access.keys[0].secretFile: names the file DIR/gone, which cannot be read",
        "access: {keys: [{id: ID, secretFile: DIR/key}, {id: ID, secretFile: DIR/key}]} | access.keys[1].id: \"ID\" is the id of access.keys[0] too",
        "access: {users: {file: DIR/gone}}                 | access.users.file: names the file DIR/gone, which cannot be read",
        "access: {users: {file: DIR/plain}}                | DIR/plain:2: the password of \"ann\" is not hashed by bcrypt; allowed: a line made by: htpasswd -B FILE ann",
        "access: {users: {file: DIR/users, grants: {ann: ['pull:']}}} | access.users.grants.ann[0]: \"pull:\" is not a grant",
      })
  void mistakesAreReported(String yaml, String mistake) {
    fixture.write("empty", "\n");
    fixture.write("plain", "# by hand\nann:hunter2\n");

    assertThat(ConfigFixture.onlyMistake(fixture.load(filled(yaml))))
        .contains(filled(mistake))
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "access: {anonymous: none} | nobody can pull",
        "access: {anonymous: none, keys: [{id: ID, secretFile: DIR/key}]} | the key ID has no grants",
        "access: {keys: [{id: ID, secretFile: DIR/short, grants: [admin]}]} | shorter than 20 characters",
        "access: {users: {file: DIR/one}} | the user \"ann\" has no grants",
        "access: {users: {file: DIR/one, grants: {ann: [admin], cyd: [admin]}}} | names \"cyd\", who is not in",
        "CLOSED                                                              | nobody can pull through it without a login",
        "{access: {users: {file: DIR/one, grants: {ann: [admin]}}}, CLOSED} | everybody has to log in",
      })
  void whatMayNotBeMeantIsWarnedOf(String yaml, String warning) {
    fixture.write("short", "hunter2");
    fixture.write("one", "ann:" + HASH);
    fixture.write("secrets/hub", "{\"username\": \"u\", \"accessToken\": \"t\"}");
    String closed =
        "secrets: {dir: DIR/secrets}, rules: [{prefix: hub, upstream: a.example, credential: hub}]";
    String whole = yaml.equals("CLOSED") ? '{' + closed + '}' : yaml.replace("CLOSED", closed);

    assertThat(fixture.valid(filled(whole)).warnings())
        .singleElement()
        .asString()
        .contains(filled(warning))
        .doesNotContain("hunter2", HASH);
  }

  @Test
  void aSecretThatVanishedOrIsEmptyClosesItsKeyAlone() throws IOException {
    fixture.write("other", SECRET);
    String yaml =
        "access: {keys: [{id: ID, secretFile: DIR/key}, {id: X234567890123456, secretFile: DIR/other}]}";
    Access access = fixture.valid(filled(yaml)).access();
    fixture.write("key", "");

    assertThat(AccessFiles.read(access).list().keys()).containsOnlyKeys("X234567890123456");
    assertThat(AccessFiles.read(access).troubles())
        .containsExactly(
            "the key "
                + ID
                + " is closed: its file "
                + folder.resolve("key")
                + " is missing, empty or unreadable");
    Files.delete(folder.resolve("other"));
    assertThat(AccessFiles.read(access).list().keys()).isEmpty();
  }

  @Test
  void onlyTheLineEndIsNoPartOfASecret() {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      fixture.write("key", " a b\t" + end);
      assertThat(AccessFiles.secret(folder.resolve("key"))).contains(" a b\t");
    }
    fixture.write("key", "a\n\n");
    assertThat(AccessFiles.secret(folder.resolve("key"))).contains("a\n");
    fixture.write("key", "a".repeat(2 << 20));
    assertThat(AccessFiles.secret(folder.resolve("key"))).isEmpty();
  }

  @Test
  void thePartCanBeReadWhateverIsWrongElsewhere() {
    Path file = fixture.write("sluice.yaml", "listen: x\naccess: {anonymous: pull}\n");
    assertThat(fixture.loader().loadAccess(file))
        .isEqualTo(new LoadedAccess.Valid(new Access(Anonymous.PULL, List.of(), Optional.empty())));
    fixture.write("sluice.yaml", "access: {anonymous: pul}\n");
    assertThat(fixture.loader().loadAccess(file)).isInstanceOf(LoadedAccess.Invalid.class);
    fixture.write("sluice.yaml", "access: {anonymous: pull\n");
    assertThat(fixture.loader().loadAccess(file)).isInstanceOf(LoadedAccess.Invalid.class);
    fixture.write("sluice.yaml", "");
    assertThat(fixture.loader().loadAccess(file)).isInstanceOf(LoadedAccess.Invalid.class);
  }

  private AccessFiles files(String yaml) {
    return AccessFiles.read(fixture.valid(filled(yaml)).access());
  }

  private String filled(String text) {
    return text.replaceAll("\\bID\\b", ID).replace("DIR", folder.toString());
  }
}
