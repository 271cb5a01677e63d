package dev.sluice.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the operator grants at one moment. It changes while a node runs, so everybody takes a
 * supplier of it and asks anew for each request.
 *
 * @param anonymous who may pull without showing who they are
 * @param keys by their id
 * @param users by their name
 */
public record AccessList(
    Anonymous anonymous, Map<String, AccessKey> keys, Map<String, User> users) {

  /** Copies the maps. */
  public AccessList {
    keys = Map.copyOf(keys);
    users = Map.copyOf(users);
  }

  /** Keys and users whose ids and names are all different. */
  public static AccessList of(Anonymous anonymous, List<AccessKey> keys, List<User> users) {
    return new AccessList(
        anonymous,
        keys.stream().collect(Collectors.toMap(AccessKey::id, Function.identity())),
        users.stream().collect(Collectors.toMap(User::name, Function.identity())));
  }

  /** The key of this id, while the operator lists it. */
  public Optional<AccessKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** The user of this name, while the operator lists them. */
  public Optional<User> user(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** What the password of an unknown user is checked against: as much work as any other. */
  String hashOfNobody() {
    int cost =
        users.values().stream().mapToInt(user -> PasswordHash.cost(user.hash())).max().orElse(4);
    return PasswordHash.ofNobody(cost);
  }

  /** Whether anybody could log in. */
  public boolean hasLogins() {
    return !keys.isEmpty() || !users.isEmpty();
  }
}
