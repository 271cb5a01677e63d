package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** TagResource, UntagResource and ListTagsForResource; the only resources are repositories. */
public final class ResourceTagOperations {

  private final RepositoryLookup lookup;

  /** Of these repositories. */
  public ResourceTagOperations(RepositoryLookup lookup) {
    this.lookup = lookup;
  }

  private record Tagging(RepositoryName repository, Map<String, String> tags) {}

  private record Untagging(RepositoryName repository, List<String> keys) {}

  /** Every operation of this group. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forAdmins("TagResource", this::readTagging, (caller, asked) -> tag(asked)),
        Operation.forAdmins("UntagResource", this::readUntagging, (caller, asked) -> untag(asked)),
        Operation.forAdmins("ListTagsForResource", this::resource, (caller, asked) -> list(asked)));
  }

  private Tagging readTagging(Members members) {
    members.require("tags");
    return new Tagging(resource(members), ResourceTags.read(members, "tags"));
  }

  private Untagging readUntagging(Members members) {
    members.require("tagKeys");
    return new Untagging(resource(members), ResourceTags.readKeys(members, "tagKeys"));
  }

  /** What is no repository of this registry has no tags here. */
  private RepositoryName resource(Members members) {
    return members.required("resourceArn", lookup.registry()::repositoryOf, "Invalid ARN");
  }

  private EcrAnswer tag(Tagging asked) {
    return lookup.changed(
        asked.repository,
        known -> tagged(known, asked.tags),
        now ->
            now.settings().tags().entrySet().containsAll(asked.tags.entrySet())
                ? new Done()
                : ResourceTags.tooMany());
  }

  /** The repository with these tags too; as it was where they would be too many. */
  private static Repository tagged(Repository known, Map<String, String> tags) {
    Map<String, String> both = new HashMap<>(known.settings().tags());
    both.putAll(tags);
    return both.size() > ResourceTags.MOST ? known : known.with(known.settings().withTags(both));
  }

  private EcrAnswer untag(Untagging asked) {
    return lookup.changed(
        asked.repository,
        known -> {
          Map<String, String> rest = new HashMap<>(known.settings().tags());
          asked.keys.forEach(rest::remove);
          return known.with(known.settings().withTags(rest));
        },
        now -> new Done());
  }

  private EcrAnswer list(RepositoryName repository) {
    return lookup.with(
        repository,
        known ->
            new Done(new JsonObject().put("tags", ResourceTags.json(known.settings().tags()))));
  }
}
