package dev.sluice.gateway.ecr;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * This registry as the ECR API names it.
 *
 * @param account 12 digits; the {@code registryId}
 * @param publicUrl what clients reach us by: scheme, host and perhaps port
 */
public record Registry(String account, String region, URI publicUrl) {

  /** The resource that a repository is. */
  public String repositoryArn(RepositoryName name) {
    return repositoryArns() + name;
  }

  /** Reads the ARN of a repository of this registry; empty for any other. */
  public Optional<RepositoryName> repositoryOf(String arn) {
    return arn.startsWith(repositoryArns())
        ? RepositoryName.parse(arn.substring(repositoryArns().length()))
        : Optional.empty();
  }

  private String repositoryArns() {
    return "arn:aws:ecr:" + region + ':' + account + ":repository/";
  }

  /** What a client pulls by: no scheme, and no tag. */
  public String repositoryUri(RepositoryName name) {
    return publicUrl.getRawAuthority() + '/' + name;
  }

  /** What {@code docker login} is given. */
  public String proxyEndpoint() {
    return publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
  }

  /** The members by which an answer says which repository it is about. */
  public JsonObject about(RepositoryName name) {
    return new JsonObject().put("registryId", account).put("repositoryName", name.value());
  }

  /** In ECR's words, as are the next ones. */
  public Failed repositoryNotFound(RepositoryName name) {
    return new Failed(
        ErrorType.REPOSITORY_NOT_FOUND,
        "The repository with name '%s' does not exist in the registry with id '%s'"
            .formatted(name, account));
  }

  public Failed repositoryAlreadyExists(RepositoryName name) {
    return new Failed(
        ErrorType.REPOSITORY_ALREADY_EXISTS,
        "The repository with name '%s' already exists in the registry with id '%s'"
            .formatted(name, account));
  }

  public Failed repositoryNotEmpty(RepositoryName name) {
    return new Failed(
        ErrorType.REPOSITORY_NOT_EMPTY,
        "The repository with name '%s' in registry with id '%s' cannot be deleted because it still contains images"
            .formatted(name, account));
  }

  public Failed ruleNotFound(String prefix) {
    return new Failed(
        ErrorType.PULL_THROUGH_CACHE_RULE_NOT_FOUND,
        "A pull through cache rule with prefix '%s' does not exist in the registry with id '%s'"
            .formatted(prefix, account));
  }

  public Failed ruleAlreadyExists(String prefix) {
    return new Failed(
        ErrorType.PULL_THROUGH_CACHE_RULE_ALREADY_EXISTS,
        "A pull through cache rule with prefix '%s' already exists in the registry with id '%s'"
            .formatted(prefix, account));
  }
}
