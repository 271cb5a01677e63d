package dev.sluice.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.deploy.WarmUpClient.Answer;
import dev.sluice.deploy.WarmUpClient.Refused;
import dev.sluice.deploy.WarmUpClient.State;
import dev.sluice.deploy.WarmUpCommand.Login;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Has a node warm up what a command line says, and tells how far it has come until its end. */
final class WarmUpRun {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final PrintStream out;
  private final PrintStream err;
  private final WarmUpCommand.Order order;
  private String told = "";

  WarmUpRun(PrintStream out, PrintStream err, WarmUpCommand.Order order) {
    this.out = out;
    this.err = err;
    this.order = order;
  }

  /** The exit code. */
  int run() {
    JsonObject wish;
    try {
      wish = wish();
    } catch (IOException unreadable) {
      return cannotRead(
          order.file().orElse(""), unreadable, "give a file with an image in each line");
    }
    Optional<String> authorization = Optional.empty();
    if (order.login().isPresent()) {
      Login login = order.login().get();
      try {
        authorization = Optional.of(WarmUpClient.basic(login));
      } catch (IOException unreadable) {
        return cannotRead(login.passwordFile().toString(), unreadable, "check --password-file");
      }
    }
    return ask(wish, authorization);
  }

  private int ask(JsonObject wish, Optional<String> authorization) {
    try (WarmUpClient client = new WarmUpClient(order.url(), authorization)) {
      return follow(client, client.begin(wish));
    } catch (IOException failure) {
      return cannot(
          "ask " + order.url() + ": " + words(failure) + "; check --url, and whether it runs");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Main.CANNOT_START;
    }
  }

  private JsonObject wish() throws IOException {
    JsonObject wish = new JsonObject();
    order.choices().forEach((key, texts) -> wish.put(key, new JsonArray(texts)));
    order.rule().ifPresent(prefix -> wish.put("rule", prefix));
    if (order.file().isPresent()) {
      wish.put("images", new JsonArray(images(order.file().get())));
    }
    return wish;
  }

  private static List<String> images(String file) throws IOException {
    String text =
        file.equals("-")
            ? new String(System.in.readAllBytes(), UTF_8)
            : Files.readString(Path.of(file));
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private int follow(WarmUpClient client, Answer first) throws IOException, InterruptedException {
    Answer answer = first;
    while (answer instanceof State(var warmUp)) {
      tell(warmUp);
      if (!"running".equals(warmUp.getString("state"))) {
        return end(warmUp);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = client.now(warmUp.getString("id"));
    }
    ((Refused) answer).why().forEach(why -> err.println("sluice: " + why));
    return Main.INVALID;
  }

  /** A line whenever something has changed. */
  private void tell(JsonObject warmUp) {
    JsonObject images = warmUp.getJsonObject("images");
    String line =
        images.getInteger("done")
            + " of "
            + images.getInteger("wanted")
            + (warmUp.getBoolean("listed") ? "" : " or more")
            + " images are here, "
            + images.getInteger("failed")
            + " failed; "
            + warmUp.getInteger("blobs")
            + " blobs of "
            + warmUp.getLong("bytes")
            + " bytes came in"
            + Optional.ofNullable(warmUp.getString("waitsFor")).map(", waits: "::concat).orElse("");
    if (told.isEmpty()) {
      out.println("warm-up " + warmUp.getString("id") + " goes on without this command, too");
    }
    if (!line.equals(told)) {
      out.println(line);
      told = line;
    }
  }

  private int end(JsonObject warmUp) {
    JsonArray failures = warmUp.getJsonArray("failures");
    failures.stream()
        .map(JsonObject.class::cast)
        .forEach(one -> err.println(one.getString("image") + ": " + one.getString("why")));
    int more = warmUp.getJsonObject("images").getInteger("failed") - failures.size();
    if (more > 0) {
      err.println("and " + more + " more");
    }
    out.println(warmUp.getString("state"));
    boolean isWhole = "done".equals(warmUp.getString("state")) && failures.isEmpty();
    return isWhole ? Main.FINE : Main.INVALID;
  }

  /** A refused connection has no message of its own. */
  private static String words(IOException failure) {
    return failure.getMessage() == null ? "it does not answer" : failure.getMessage();
  }

  private int cannotRead(String file, IOException unreadable, String advice) {
    String why =
        switch (unreadable) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "this user may not read it";
          case CharacterCodingException _ -> "it is not UTF-8 text";
          default -> unreadable.getMessage();
        };
    return cannot("read " + file + ": " + why + "; " + advice);
  }

  private int cannot(String what) {
    err.println("sluice: cannot " + what);
    return Main.CANNOT_START;
  }
}
