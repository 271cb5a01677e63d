package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The tags of AWS resources on the wire; not to be mixed up with those of images. */
final class ResourceTags {

  /** For one resource. */
  static final int MOST = 50;

  /** More cannot be in a request's body; how many are right is judged for the resource. */
  private static final int MOST_IN_REQUEST = 1 << 20;

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private ResourceTags() {}

  private record Tag(String key, String value) {}

  /** The tags in a member, key to value; empty where it is absent. */
  static Map<String, String> read(Members members, String member) {
    List<Tag> tags = members.structures(member, 0, MOST_IN_REQUEST, ResourceTags::tag);
    Map<String, String> byKey = new TreeMap<>();
    for (Tag tag : tags) {
      if (byKey.put(tag.key, tag.value) != null) {
        members.note(invalid("The tag key '" + tag.key + "' is given more than once"));
      }
    }
    if (byKey.size() > MOST) {
      members.note(tooMany());
    }
    return byKey;
  }

  /** The keys in a member. */
  static List<String> readKeys(Members members, String member) {
    List<String> keys = members.texts(member, 0, MOST_IN_REQUEST, Shape.TEXT);
    keys.forEach(key -> judgeKey(members, key));
    return keys;
  }

  private static Tag tag(Members tag) {
    String key = tag.required("Key", Shape.TEXT);
    String value = tag.required("Value", Shape.TEXT);
    if (key == null || value == null) {
      return null;
    }
    judgeKey(tag, key);
    if (value.length() > LONGEST_VALUE || !TEXT.matcher(value).matches()) {
      tag.note(
          invalid(
              "The value of the tag '%s' must have at most %d characters: letters, digits, spaces and _.:/=+-@"
                  .formatted(key, LONGEST_VALUE)));
    }
    return new Tag(key, value);
  }

  private static void judgeKey(Members members, String key) {
    if (key.isEmpty() || key.length() > LONGEST_KEY || !TEXT.matcher(key).matches()) {
      members.note(
          invalid(
              "A tag key must have 1 to %d characters: letters, digits, spaces and _.:/=+-@"
                  .formatted(LONGEST_KEY)));
    } else if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      members.note(invalid("The tag key '" + key + "' begins with 'aws:', which is reserved"));
    }
  }

  private static Failed invalid(String message) {
    return new Failed(ErrorType.INVALID_TAG_PARAMETER, message);
  }

  /** For a resource that would have more than it may. */
  static Failed tooMany() {
    return new Failed(ErrorType.TOO_MANY_TAGS, "A resource can have at most " + MOST + " tags");
  }

  /** As a list, in order of the keys. */
  static JsonArray json(Map<String, String> tags) {
    JsonArray list = new JsonArray();
    new TreeMap<>(tags)
        .forEach((key, value) -> list.add(new JsonObject().put("Key", key).put("Value", value)));
    return list;
  }
}
