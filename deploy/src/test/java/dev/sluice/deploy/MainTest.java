package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.ConfigLoader;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Config> served = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h", ""})
  void helpSaysWhatThereIs(String word) {
    int code = word.isEmpty() ? run() : run(word);

    assertThat(code).isZero();
    assertThat(text(out))
        .contains(
            "serve [--config FILE] [--data DIR]",
            "check-config FILE",
            "--ask-upstreams",
            "version");
  }

  @Test
  void aClientsFilesAreThoseOfTheConfiguration() throws IOException {
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(file, "publicUrl: https://cache.test\naccess: { anonymous: pull }\n");

    assertThat(run("mirror-config", "podman", "--config", file.toString())).isZero();
    assertThat(text(out)).contains("location = \"cache.test/docker-hub\"");
    assertThat(text(err)).isEmpty();
    assertThat(run("mirror-config", "podman")).isZero();
    assertThat(text(out)).contains("location = \"127.0.0.1:5000/quay\"");
    assertThat(text(err)).contains("publicUrl is not set");
    Files.writeString(file, "publicUrl: cache.test\n");
    assertThat(run("mirror-config", "podman", "--config", file.toString())).isEqualTo(1);
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("version")).isZero();
    assertThat(text(out))
        .matches("sluice [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?( \\(commit [0-9a-f]{7,}\\))?\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start                     | \"start\" is not a command",
        "serve now                 | \"now\" is not an option; allowed: --config FILE, --data DIR",
        "serve --config            | --config needs a file after it",
        "serve --data              | --data needs a folder after it",
        "serve --data a --data b   | --data is given twice",
        "check-config              | check-config takes one file",
        "check-config --all        | check-config takes one file",
        "check-config a b          | check-config takes one file",
        "check-config --ask-upstreams | check-config takes one file, and perhaps --ask-upstreams",
        "check-config a --ask-upstreams --ask-upstreams | check-config takes one file",
        "version now               | version takes nothing more",
        "mirror-config             | say for which client: containerd, docker, podman, buildkit",
        "mirror-config rkt         | say for which client: containerd, docker, podman, buildkit",
        "mirror-config podman x    | a client takes nothing more than --config FILE",
        "mirror-config podman --config | a client takes nothing more than --config FILE",
        "warm-up                   | give one file of images, or - for standard input",
        "warm-up a b               | give one file of images, or - for standard input",
        "warm-up a --rule x        | give one file of images, or - for standard input",
        "warm-up --all a           | \"--all\" is not an option",
        "warm-up a --url           | --url needs a value after it",
        "warm-up a --url http://u:p@h | --url is the address of a node without a path",
        "warm-up a --url http://h/x | --url is the address of a node without a path",
        "warm-up a --user ann      | --user and --password-file go together",
        "warm-up --rule x --rule y | --rule is given twice",
      })
  void wrongUsageSaysWhatIsAllowed(String line, String why) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(text(err)).contains(why, "Usage:", "sluice check-config FILE");
    assertThat(text(out)).isEmpty();
    assertThat(served).isEmpty();
  }

  @Test
  void checkConfigStartsNothing() throws IOException {
    Path file = write("region: eu-west-1");

    assertThat(run("check-config", file.toString())).isZero();
    assertThat(text(out)).isEqualTo(file + " is valid" + System.lineSeparator());
    assertThat(served).isEmpty();
  }

  @Test
  void checkConfigWarnsOfWhatMayNotBeMeant() throws IOException {
    Path file = write("access: {anonymous: none}");

    assertThat(run("check-config", file.toString())).isZero();
    assertThat(text(out)).contains("warning: nobody can pull", file + " is valid");
  }

  @Test
  void checkConfigTriesEveryRuleWhereItIsToldTo() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (FakeRegistry registry = FakeRegistry.start(vertx)) {
      String good = rule("good", registry.url());
      String bad = rule("bad", registry.url(Listener.CDN));
      String own = rule("own", "http://127.0.0.1:5000");
      String base = "upstreams: {allowPrivate: [127.0.0.0/8]}\nrules:\n" + good;

      assertThat(run("check-config", write(base).toString(), "--ask-upstreams")).isZero();
      Path file = write(base + bad + own);
      assertThat(run("check-config", "--ask-upstreams", file.toString())).isEqualTo(1);

      assertThat(text(out).lines().skip(3))
          .satisfiesExactly(
              line -> assertThat(line).startsWith("rule good: valid: up.example: it answers"),
              line ->
                  assertThat(line)
                      .startsWith("rule bad: invalid: up.example: it answered 404")
                      .endsWith("check the rule's upstream and endpoint."),
              line ->
                  assertThat(line)
                      .startsWith("rule own: invalid: up.example: the address 127.0.0.1 is this"));
      assertThat(registry.count("GET", "^/v2/$")).isEqualTo(3);
      assertThat(run("check-config", file.toString())).isZero();
      assertThat(registry.count("GET", "^/v2/$")).isEqualTo(3);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
    assertThat(served).isEmpty();
  }

  private static String rule(String prefix, String endpoint) {
    return "  - {prefix: " + prefix + ", upstream: up.example, endpoint: '" + endpoint + "'}\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"check-config", "serve --config"})
  void everyMistakeHasALineAndThenTheyAreCounted(String command) throws IOException {
    Path file = write("listen: x\nlisen: y\n");

    assertThat(run((command + " " + file).split(" "))).isEqualTo(1);
    assertThat(text(err).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(file + ":1: listen: \"x\" is not an address"),
            line -> assertThat(line).startsWith(file + ":2: lisen: is not a known key"),
            line -> assertThat(line).isEqualTo("2 mistakes; nothing was started"));
    assertThat(text(out)).isEmpty();
    assertThat(served).isEmpty();
  }

  @Test
  void serveStartsWhatTheFileSays() throws IOException {
    assertThat(run("serve", "--config", write("region: eu-west-1").toString())).isZero();
    assertThat(served).singleElement().extracting(Config::region).isEqualTo("eu-west-1");
  }

  @Test
  void theFolderOfTheCommandLineCountsBeforeThatOfTheFile() throws IOException {
    assertThat(run("serve", "--data", "here", "--config", write("data: there").toString()))
        .isZero();
    assertThat(served).singleElement().extracting(Config::data).isEqualTo(Path.of("here"));
  }

  @Test
  void theExitCodeIsThatOfTheNode() {
    ConfigLoader loader = new ConfigLoader(Map.of(), folder);

    assertThat(new Main(print(out), print(err), loader, (_, _) -> 7).run("serve")).isEqualTo(7);
  }

  private int run(String... args) {
    ConfigLoader loader = new ConfigLoader(Map.of(), folder);
    return new Main(print(out), print(err), loader, (config, _) -> served.add(config) ? 0 : 1)
        .run(args);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("sluice.yaml"), yaml);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
