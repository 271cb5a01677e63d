package dev.sluice.deploy.accept;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Debian's chromium without a window, driven over the protocol that its developer tools speak. */
final class Chromium implements AutoCloseable {
  static final String PROGRAM = "chromium";

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration END_DEADLINE = Duration.ofSeconds(10);

  private final LoggedProcess process;
  private final DevTools tools;

  private Chromium(LoggedProcess process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /** Starts one whose profile is kept in {@code folder}. */
  static Chromium start(Path folder) throws Exception {
    Path profile = Files.createDirectories(folder.resolve("profile"));
    // Root has no sandbox, and containers have little of the memory that is shared.
    List<String> command =
        List.of(
            PROGRAM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile);
    LoggedProcess process = LoggedProcess.start("chromium", folder, command);
    try {
      return new Chromium(process, DevTools.connect(address(process, profile)));
    } catch (Throwable e) {
      process.kill();
      throw new AssertionError("chromium did not start:\n" + process.output(), e);
    }
  }

  /** It writes the port that it has got, and a path, into its profile. */
  private static URI address(LoggedProcess process, Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    Await.until(
        "chromium's port",
        START_DEADLINE,
        () -> !process.isAlive() || (Files.exists(file) && Files.readAllLines(file).size() == 2));
    List<String> lines = Files.readAllLines(file);
    return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
  }

  /** A page that shares no cookies with others. */
  BrowserPage newPage() throws Exception {
    String context =
        tools.call("Target.createBrowserContext", new JsonObject()).getString("browserContextId");
    JsonObject wanted = new JsonObject().put("url", "about:blank").put("browserContextId", context);
    String target = tools.call("Target.createTarget", wanted).getString("targetId");
    JsonObject attached =
        tools.call(
            "Target.attachToTarget", new JsonObject().put("targetId", target).put("flatten", true));
    return new BrowserPage(new BrowserTab(tools, attached.getString("sessionId")));
  }

  /** Asks it to end before it has to, so that it leaves nothing behind. */
  @Override
  public void close() throws IOException {
    var _ = tools.send("Browser.close", new JsonObject(), "");
    process.endsWithin(END_DEADLINE);
    tools.close();
    process.close();
  }
}
