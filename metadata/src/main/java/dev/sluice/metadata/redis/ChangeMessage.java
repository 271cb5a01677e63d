package dev.sluice.metadata.redis;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A change as it is told to other nodes: {@code {"seq","v","node","kind","repository","tag",
 * "digests"}}, of the last three what its kind has. Of a kind or in a form that is not known here
 * it says that anything may have changed.
 */
record ChangeMessage(JsonObject json) {

  /** More digests than these are told as a change of everything, so that messages stay small. */
  private static final int MOST_DIGESTS = 1_000;

  private static final int VERSION = 1;

  static ChangeMessage tag(RepositoryName repository, Tag tag) {
    return of("tag").with("repository", repository.value()).with("tag", tag.value());
  }

  static ChangeMessage images(RepositoryName repository, Set<Digest> digests) {
    return digests.size() > MOST_DIGESTS
        ? everything()
        : of("images")
            .with("repository", repository.value())
            .with("digests", new JsonArray(digests.stream().map(Digest::toString).toList()));
  }

  static ChangeMessage repository(RepositoryName repository) {
    return of("repository").with("repository", repository.value());
  }

  static ChangeMessage rules() {
    return of("rules");
  }

  static ChangeMessage everything() {
    return of("everything");
  }

  private static ChangeMessage of(String kind) {
    return new ChangeMessage(new JsonObject().put("v", VERSION).put("kind", kind));
  }

  /** The same, as a node says it. */
  ChangeMessage by(String node) {
    return with("node", node);
  }

  private ChangeMessage with(String field, Object value) {
    return new ChangeMessage(json.copy().put(field, value));
  }

  /** What was received; text that is no JSON object is a message without any field. */
  static ChangeMessage parse(String text) {
    try {
      return new ChangeMessage(new JsonObject(text));
    } catch (DecodeException unreadable) {
      return new ChangeMessage(new JsonObject());
    }
  }

  /** What follows the opening brace, for Redis to put the number before it. */
  String withoutOpening() {
    return json.encode().substring(1);
  }

  /** Its number, 1 or more; 0 where there is none. */
  long number() {
    return json.getValue("seq") instanceof Number number ? number.longValue() : 0;
  }

  boolean isBy(String node) {
    return node.equals(json.getValue("node"));
  }

  /** Tells it to somebody here. */
  void tell(NameChanges heard) {
    reading().orElse(NameChanges::everything).accept(heard);
  }

  private Optional<Consumer<NameChanges>> reading() {
    return switch (text("kind")) {
      case "tag" ->
          repositoryName()
              .flatMap(
                  name ->
                      Reference.parseTag(text("tag")).map(tag -> heard -> heard.tag(name, tag)));
      case "images" ->
          repositoryName()
              .flatMap(name -> digests().map(digests -> heard -> heard.images(name, digests)));
      case "repository" -> repositoryName().map(name -> heard -> heard.repository(name));
      case "rules" -> Optional.of(NameChanges::rules);
      default -> Optional.empty();
    };
  }

  private Optional<RepositoryName> repositoryName() {
    return RepositoryName.parse(text("repository"));
  }

  /** Empty where any of them cannot be read. */
  private Optional<Set<Digest>> digests() {
    if (!(json.getValue("digests") instanceof JsonArray array)) {
      return Optional.empty();
    }
    Set<Digest> digests = new HashSet<>();
    array.forEach(each -> Digest.parse(String.valueOf(each)).ifPresent(digests::add));
    return digests.size() == array.size() ? Optional.of(digests) : Optional.empty();
  }

  private String text(String field) {
    return json.getValue(field) instanceof String text ? text : "";
  }
}
