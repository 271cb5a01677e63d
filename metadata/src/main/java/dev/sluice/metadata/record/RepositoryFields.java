package dev.sluice.metadata.record;

import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** {@code {"name","createdAt","settings","lifecyclePolicy","lifecycleEvaluatedAt"}}. */
final class RepositoryFields {

  private RepositoryFields() {}

  static Repository read(JsonObject json) {
    return new Repository(
        new RepositoryName(Fields.text(json, "name")),
        Fields.instant(json, "createdAt"),
        SettingsFields.read(Fields.object(json, "settings")),
        Fields.optionalText(json, "lifecyclePolicy"),
        Fields.optionalInstant(json, "lifecycleEvaluatedAt"));
  }

  static void write(Repository repository, JsonObject json) {
    json.put("name", repository.name().value())
        .put("createdAt", repository.createdAt().toString())
        .put("settings", SettingsFields.onto(json, repository.settings()));
    Fields.putOrDrop(json, "lifecyclePolicy", repository.lifecyclePolicy());
    Fields.putOrDrop(
        json, "lifecycleEvaluatedAt", repository.lifecycleEvaluatedAt().map(Instant::toString));
  }
}
