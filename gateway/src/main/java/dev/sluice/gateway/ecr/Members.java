package dev.sluice.gateway.ecr;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The members of a request or of a structure in one. Each read gives a typed value, and notes the
 * first mistake of all; what is given after a mistake (null, or empty) is never used. A member that
 * is null counts as absent, and members that nobody asks for are ignored, as in ECR.
 */
public final class Members {

  /** The number of items on a page where the client names none (ECR's own). */
  public static final int PAGE = 100;

  private final TypedJson json;

  private Members(TypedJson json) {
    this.json = json;
  }

  /** Of a request, which may say no other registry's id than ours. */
  public static Members of(JsonObject json, Registry registry) {
    Members members = new Members(TypedJson.of(json));
    members
        .optional("registryId", Shape.REGISTRY_ID)
        .filter(id -> !id.equals(registry.account()))
        .ifPresent(
            other ->
                members.reject("registryId", "must be this registry's id, " + registry.account()));
    return members;
  }

  /** The first mistake so far. */
  public Optional<Failed> mistake() {
    return json.mistake();
  }

  /** Notes that a member does not meet a constraint. */
  public void reject(String member, String constraint) {
    json.reject(member, constraint);
  }

  /** Notes a mistake that has an error of its own. */
  public void note(Failed failed) {
    json.note(failed);
  }

  public boolean has(String member) {
    return json.has(member);
  }

  /** A text that must be there; null where it is not. */
  public String required(String member, Shape shape) {
    return present(member, optional(member, shape));
  }

  /** A text that may be there. */
  public Optional<String> optional(String member, Shape shape) {
    return json.value(member, String.class).filter(text -> isRight(member, shape, text));
  }

  /**
   * A text that must be there and mean something; null where it is not.
   *
   * @param parse empty for what means nothing
   * @param constraint what it must be, for the message
   */
  public <T> T required(String member, Function<String, Optional<T>> parse, String constraint) {
    return present(member, optional(member, parse, constraint));
  }

  /** The same for a text that may be left out. */
  public <T> Optional<T> optional(
      String member, Function<String, Optional<T>> parse, String constraint) {
    Optional<String> text = optional(member, Shape.TEXT);
    Optional<T> parsed = text.flatMap(parse);
    if (text.isPresent() && parsed.isEmpty()) {
      reject(member, constraint);
    }
    return parsed;
  }

  /** {@code repositoryName}, which must be there. */
  public RepositoryName repositoryName() {
    String name = required("repositoryName", Shape.REPOSITORY_NAME);
    return name == null ? null : RepositoryName.parse(name).orElse(null);
  }

  /** One of the values of an enumeration; {@code null} where it is missing. */
  public <E extends Enum<E>> E requiredChoice(String member, Class<E> choices) {
    return present(member, choice(member, choices));
  }

  /** One of the values of an enumeration, whose names are those on the wire. */
  public <E extends Enum<E>> Optional<E> choice(String member, Class<E> choices) {
    Map<String, E> values = new HashMap<>();
    for (E value : choices.getEnumConstants()) {
      values.put(value.name(), value);
    }
    return optional(
        member,
        text -> Optional.ofNullable(values.get(text)),
        "Member must satisfy enum value set: " + List.of(choices.getEnumConstants()));
  }

  /** A flag; false where it is absent. */
  public boolean flag(String member) {
    return json.value(member, Boolean.class).orElse(false);
  }

  /** A whole number within a range. */
  public Optional<Integer> number(String member, int min, int max) {
    Optional<Number> number = json.value(member, Number.class);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    if (!(number.get() instanceof Integer whole) || whole < min || whole > max) {
      reject(member, "must be a whole number from " + min + " to " + max);
      return Optional.empty();
    }
    return Optional.of(whole);
  }

  /** {@code maxResults} (1 to a maximum) and {@code nextToken}. */
  public PageRequest page(int max) {
    int size = number("maxResults", 1, max).orElse(Math.min(PAGE, max));
    Optional<String> after =
        optional("nextToken", PageToken::read, "must be a token that this operation gave");
    return new PageRequest(after, size);
  }

  /** A structure; what is read in it notes its mistakes here. */
  public <T> Optional<T> structure(String member, Function<Members, T> read) {
    return json.structure(member).map(inside -> read.apply(new Members(inside)));
  }

  /** A list of texts; empty where it is absent, which an empty list is not. */
  public List<String> texts(String member, int min, int max, Shape each) {
    return json.items(member, min, max, String.class).stream()
        .filter(text -> isRight(member, each, text))
        .toList();
  }

  /**
   * A list of structures; empty where it is absent, which an empty list is not. Those of which
   * {@code read} makes null are left out.
   */
  public <T> List<T> structures(String member, int min, int max, Function<Members, T> read) {
    return json.structures(member, min, max).stream()
        .map(inside -> read.apply(new Members(inside)))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Notes where a list or structure that must be there is absent. */
  public void require(String member) {
    if (!has(member)) {
      reject(member, "Member must not be null");
    }
  }

  private <T> T present(String member, Optional<T> value) {
    if (!has(member)) {
      reject(member, "Member must not be null");
    }
    return value.orElse(null);
  }

  private boolean isRight(String member, Shape shape, String text) {
    Optional<String> objection = shape.objection(text);
    objection.ifPresent(constraint -> reject(member, constraint));
    return objection.isEmpty();
  }
}
