package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.Timestamps;
import dev.sluice.metadata.CreationTemplate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Creation templates on the wire. */
final class TemplateView {

  private TemplateView() {}

  static JsonObject json(CreationTemplate template) {
    JsonObject json = new JsonObject().put("prefix", template.prefix());
    template.description().ifPresent(text -> json.put("description", text));
    template.repositoryPolicy().ifPresent(text -> json.put("repositoryPolicy", text));
    template.lifecyclePolicy().ifPresent(text -> json.put("lifecyclePolicy", text));
    template.customRoleArn().ifPresent(arn -> json.put("customRoleArn", arn));
    json.put("resourceTags", ResourceTags.json(template.settings().tags()))
        .put("appliedFor", new JsonArray(template.appliedFor().stream().sorted().toList()))
        .put("createdAt", Timestamps.of(template.createdAt()))
        .put("updatedAt", Timestamps.of(template.updatedAt()));
    Encryptions.into(json, template.settings().encryption());
    return Mutability.into(json, template.settings().mutability());
  }
}
