package dev.sluice.deploy.config;

import dev.sluice.gateway.access.Anonymous;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may do what, and the files that say the rest.
 *
 * @param anonymous who may pull without credentials
 * @param keys access keys, for the ECR API and the registry tokens made from them
 * @param users users with passwords, for the registry
 */
public record Access(Anonymous anonymous, List<Key> keys, Optional<Users> users) {

  /** Copies the list. */
  public Access {
    keys = List.copyOf(keys);
  }

  /**
   * An access key, as AWS clients sign with.
   *
   * @param secretFile whose content is the key's secret
   * @param grants such as {@code admin} or {@code pull:docker-hub/*}
   */
  public record Key(String id, Path secretFile, List<String> grants) {
    /** Copies the list. */
    public Key {
      grants = List.copyOf(grants);
    }
  }

  /**
   * Users with passwords.
   *
   * @param file in the form of htpasswd, hashed by bcrypt
   * @param grants by the user's name
   */
  public record Users(Path file, Map<String, List<String>> grants) {
    /** Copies the map. */
    public Users {
      grants = Map.copyOf(grants);
    }
  }
}
