package dev.sluice.metadata.record;

import dev.sluice.metadata.CreationTemplate;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;

/**
 * {@code {"prefix","description","settings","repositoryPolicy","lifecyclePolicy","appliedFor",
 * "customRoleArn","createdAt","updatedAt"}}, without what is empty.
 */
final class TemplateFields {

  private TemplateFields() {}

  static CreationTemplate read(JsonObject json) {
    return new CreationTemplate(
        Fields.text(json, "prefix"),
        Fields.optionalText(json, "description"),
        SettingsFields.read(Fields.object(json, "settings")),
        Fields.optionalText(json, "repositoryPolicy"),
        Fields.optionalText(json, "lifecyclePolicy"),
        new LinkedHashSet<>(Fields.optionalList(json, "appliedFor", String.class, word -> word)),
        Fields.optionalText(json, "customRoleArn"),
        Fields.instant(json, "createdAt"),
        Fields.instant(json, "updatedAt"));
  }

  static void write(CreationTemplate template, JsonObject json) {
    json.put("prefix", template.prefix());
    Fields.putOrDrop(json, "description", template.description());
    json.put("settings", SettingsFields.onto(json, template.settings()));
    Fields.putOrDrop(json, "repositoryPolicy", template.repositoryPolicy());
    Fields.putOrDrop(json, "lifecyclePolicy", template.lifecyclePolicy());
    Fields.putOrDrop(
        json, "appliedFor", template.appliedFor().stream().sorted().toList(), word -> word);
    Fields.putOrDrop(json, "customRoleArn", template.customRoleArn());
    json.put("createdAt", template.createdAt().toString())
        .put("updatedAt", template.updatedAt().toString());
  }
}
