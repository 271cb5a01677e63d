package dev.sluice.metadata.record;

import dev.sluice.metadata.Member;
import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;

/** {@code {"digest","size","mediaType","vouched"}}, without what is unknown. */
final class MemberFields {

  private MemberFields() {}

  static Member read(JsonObject json) {
    return new Member(
        Fields.digest(json, "digest"),
        json.containsKey("size")
            ? OptionalLong.of(Fields.number(json, "size"))
            : OptionalLong.empty(),
        Fields.optionalText(json, "mediaType"),
        Boolean.TRUE.equals(json.getValue("vouched")));
  }

  static void write(Member member, JsonObject json) {
    json.put("digest", member.digest().toString());
    member.size().ifPresentOrElse(size -> json.put("size", size), () -> json.remove("size"));
    Fields.putOrDrop(json, "mediaType", member.mediaType());
    if (member.vouched()) {
      json.put("vouched", true);
    } else {
      json.remove("vouched");
    }
  }
}
