package dev.sluice.deploy.config;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.access.User;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the files that {@code access} names, at one moment. What cannot be read grants
 * nothing: a secret that vanished closes its key.
 *
 * @param troubles a sentence each, without anything of a secret
 */
public record AccessFiles(AccessList list, List<String> troubles) {

  /** Ten thousand users, and a secret many times over. */
  private static final int MAX_BYTES = 1 << 20;

  /** Reads them anew; blocks. */
  public static AccessFiles read(Access access) {
    List<String> troubles = new ArrayList<>();
    List<AccessKey> keys = new ArrayList<>();
    for (Access.Key key : access.keys()) {
      secret(key.secretFile())
          .ifPresentOrElse(
              secret -> keys.add(new AccessKey(key.id(), secret, Grants.of(key.grants()))),
              () -> troubles.add(closed(key)));
    }
    List<User> users = access.users().map(some -> users(some, troubles)).orElse(List.of());
    return new AccessFiles(AccessList.of(access.anonymous(), keys, users), List.copyOf(troubles));
  }

  /** A secret, without the line's end that editors add; empty where there is none. */
  static Optional<String> secret(Path file) {
    return text(file).map(AccessFiles::withoutLineEnd).filter(secret -> !secret.isBlank());
  }

  /** The text of a file; empty where it cannot be read or is far too long. */
  static Optional<String> text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static String withoutLineEnd(String text) {
    String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
  }

  private static String closed(Access.Key key) {
    return "the key "
        + key.id()
        + " is closed: its file "
        + key.secretFile()
        + " is missing, empty or unreadable";
  }

  private static List<User> users(Access.Users users, List<String> troubles) {
    Optional<String> text = text(users.file());
    if (text.isEmpty()) {
      troubles.add("all users are closed: their file " + users.file() + " cannot be read");
      return List.of();
    }
    Htpasswd file = Htpasswd.parse(text.get());
    for (Htpasswd.Mistake mistake : file.mistakes()) {
      Place place = new Place(users.file().toString(), mistake.line());
      troubles.add(place + ": " + mistake.what() + "; allowed: " + mistake.allowed());
    }
    return file.hashes().entrySet().stream()
        .map(
            user ->
                new User(
                    user.getKey(),
                    user.getValue(),
                    Grants.of(users.grants().getOrDefault(user.getKey(), List.of()))))
        .toList();
  }
}
