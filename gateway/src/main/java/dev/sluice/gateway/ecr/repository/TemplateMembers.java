package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.Encryption;
import dev.sluice.metadata.LifecyclePolicy;
import dev.sluice.metadata.RepositorySettings;
import dev.sluice.metadata.TagMutability;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a request says of a creation template. What it leaves out is ECR's default in a new
 * template, and stays in one that is updated; an empty text takes away what was there.
 */
record TemplateMembers(
    String prefix,
    Optional<String> description,
    Optional<TagMutability> mutability,
    Optional<Encryption> encryption,
    Optional<Map<String, String>> tags,
    Optional<String> repositoryPolicy,
    Optional<String> lifecyclePolicy,
    Optional<Set<String>> appliedFor,
    Optional<String> customRoleArn) {

  private static final String APPLIED_FOR = "appliedFor";
  private static final String TAGS = "resourceTags";
  private static final int LONGEST_LIFECYCLE_POLICY = 30_720;

  /** What makes repositories in ECR; here only pulls do. */
  private static final List<String> USES =
      List.of("REPLICATION", CreationTemplate.PULL_THROUGH_CACHE, "CREATE_ON_PUSH");

  /** Of a request that must say all that a template cannot be without. */
  static TemplateMembers readCreation(Members members) {
    members.require(APPLIED_FOR);
    return readUpdate(members);
  }

  /** Of a request that need not say anything but the prefix. */
  static TemplateMembers readUpdate(Members members) {
    return new TemplateMembers(
        prefix(members),
        members.optional("description", Shape.length(0, 256)),
        Mutability.read(members),
        Encryptions.read(members, Encryptions.TEMPLATE_KEY),
        given(members, TAGS, present -> ResourceTags.read(present, TAGS)),
        members.optional("repositoryPolicy", Shape.POLICY).filter(text -> isPolicy(members, text)),
        members
            .optional("lifecyclePolicy", Shape.length(0, LONGEST_LIFECYCLE_POLICY))
            .filter(text -> isLifecyclePolicy(members, text)),
        given(members, APPLIED_FOR, TemplateMembers::uses),
        members.optional("customRoleArn", Shape.ROLE_ARN));
  }

  /** The prefix that must be there; null where it is not. */
  static String prefix(Members members) {
    String prefix = members.required("prefix", Shape.TEMPLATE_PREFIX);
    return prefix == null ? null : bare(prefix);
  }

  /** A prefix without the slash that may end it: one is assumed after each. */
  static String bare(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private static <T> Optional<T> given(Members members, String member, Function<Members, T> read) {
    return members.has(member) ? Optional.of(read.apply(members)) : Optional.empty();
  }

  private static Set<String> uses(Members members) {
    List<String> uses = members.texts(APPLIED_FOR, 1, USES.size(), Shape.TEXT);
    if (!USES.containsAll(uses)) {
      members.reject(APPLIED_FOR, "Member must satisfy enum value set: " + USES);
    }
    return new HashSet<>(uses);
  }

  private static boolean isPolicy(Members members, String text) {
    boolean right = text.isEmpty() || isObject(text);
    if (!right) {
      members.reject("repositoryPolicy", "must be a JSON object");
    }
    return right;
  }

  private static boolean isObject(String text) {
    try {
      return Json.decodeValue(text) instanceof JsonObject;
    } catch (DecodeException malformed) {
      return false;
    }
  }

  private static boolean isLifecyclePolicy(Members members, String text) {
    if (!text.isEmpty()
        && LifecyclePolicy.parse(text) instanceof LifecyclePolicy.Parsed.Mistake(var message)) {
      members.reject("lifecyclePolicy", "Lifecycle policy validation failure: " + message);
      return false;
    }
    return true;
  }

  /** A new template. */
  CreationTemplate create(Instant now) {
    return update(
        new CreationTemplate(
            prefix,
            Optional.empty(),
            RepositorySettings.USUAL,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            now,
            now),
        now);
  }

  /** A template with what the request says of it. */
  CreationTemplate update(CreationTemplate known, Instant now) {
    RepositorySettings settings = known.settings();
    return new CreationTemplate(
        prefix,
        changed(known.description(), description),
        new RepositorySettings(
            mutability.orElse(settings.mutability()),
            settings.scanOnPush(),
            encryption.orElse(settings.encryption()),
            tags.orElse(settings.tags())),
        changed(known.repositoryPolicy(), repositoryPolicy),
        changed(known.lifecyclePolicy(), lifecyclePolicy),
        appliedFor.orElse(known.appliedFor()),
        changed(known.customRoleArn(), customRoleArn),
        known.createdAt(),
        now);
  }

  private static Optional<String> changed(Optional<String> known, Optional<String> said) {
    return said.or(() -> known).filter(text -> !text.isEmpty());
  }
}
