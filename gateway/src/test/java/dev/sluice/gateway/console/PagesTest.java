package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's page and its files. */
class PagesTest {

  private static final String CSP =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @AutoClose private final LiveConsole console = new LiveConsole();

  /** The page, and all files that the build has put beside it. */
  private static List<String> paths() throws Exception {
    Path folder = Path.of(Pages.class.getResource("index.html").toURI()).getParent();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.endsWith(".class"))
          .map(name -> name.equals("index.html") ? "/" : "/console/" + name)
          .toList();
    }
  }

  @Test
  void everyFileComesWithTheHeadersThatKeepOthersOut() throws Exception {
    assertThat(paths()).contains("/");
    for (String path : paths()) {
      Reply reply = console.get(path);
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.header("Content-Security-Policy")).isEqualTo(CSP);
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(reply.header("Set-Cookie")).isNull();
    }
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws IOException {
    Reply first = console.get("/");
    assertThat(first.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    Reply again = console.get("/", "If-None-Match: " + first.header("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("Content-Security-Policy")).isEqualTo(CSP);
    assertThat(console.get("/", "If-None-Match: \"other\"").status()).isEqualTo(200);
  }

  @Test
  void aHeadIsAnsweredWithoutTheBody() throws IOException {
    Reply head = console.ask("HEAD", "/", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("" + console.get("/").body().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/Pages.class",
        "/console/",
        "/console/../console/index.html",
        "/console/%2e%2e/ecr/EcrEdge.class",
        "/console/none.js",
        "/favicon.ico"
      })
  void nothingElseIsServed(String path) throws IOException {
    assertThat(console.get(path).status()).isEqualTo(404);
  }
}
