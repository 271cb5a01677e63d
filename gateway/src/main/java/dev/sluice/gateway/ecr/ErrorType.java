package dev.sluice.gateway.ecr;

/** The errors of the ECR API and those common to AWS' services, by their names on the wire. */
public enum ErrorType {
  ACCESS_DENIED("AccessDeniedException"),
  /** A request that a browser made for another site. */
  FOREIGN_ORIGIN("AccessDeniedException", 403),
  IMAGE_NOT_FOUND("ImageNotFoundException"),
  INCOMPLETE_SIGNATURE("IncompleteSignatureException"),
  INVALID_PARAMETER("InvalidParameterException"),
  INVALID_SIGNATURE("InvalidSignatureException"),
  INVALID_TAG_PARAMETER("InvalidTagParameterException"),
  LAYERS_NOT_FOUND("LayersNotFoundException"),
  LAYER_INACCESSIBLE("LayerInaccessibleException"),
  LIFECYCLE_POLICY_NOT_FOUND("LifecyclePolicyNotFoundException"),
  LIFECYCLE_POLICY_PREVIEW_IN_PROGRESS("LifecyclePolicyPreviewInProgressException"),
  LIFECYCLE_POLICY_PREVIEW_NOT_FOUND("LifecyclePolicyPreviewNotFoundException"),
  LIMIT_EXCEEDED("LimitExceededException"),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException"),
  PULL_THROUGH_CACHE_RULE_ALREADY_EXISTS("PullThroughCacheRuleAlreadyExistsException"),
  PULL_THROUGH_CACHE_RULE_NOT_FOUND("PullThroughCacheRuleNotFoundException"),
  REPOSITORY_ALREADY_EXISTS("RepositoryAlreadyExistsException"),
  REPOSITORY_NOT_EMPTY("RepositoryNotEmptyException"),
  REPOSITORY_NOT_FOUND("RepositoryNotFoundException"),
  REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
  REQUEST_TIMEOUT("RequestTimeoutException", 408),
  SECRET_NOT_FOUND("SecretNotFoundException"),
  SERIALIZATION("SerializationException"),
  SERVER("ServerException", 500),
  TEMPLATE_ALREADY_EXISTS("TemplateAlreadyExistsException"),
  TEMPLATE_NOT_FOUND("TemplateNotFoundException"),
  THROTTLING("ThrottlingException"),
  TOO_MANY_TAGS("TooManyTagsException"),
  UNABLE_TO_DECRYPT_SECRET_VALUE("UnableToDecryptSecretValueException"),
  UNABLE_TO_GET_UPSTREAM_IMAGE("UnableToGetUpstreamImageException"),
  UNABLE_TO_GET_UPSTREAM_LAYER("UnableToGetUpstreamLayerException"),
  UNABLE_TO_LIST_UPSTREAM_IMAGE_REFERRERS("UnableToListUpstreamImageReferrersException"),
  UNKNOWN_OPERATION("UnknownOperationException"),
  UNRECOGNIZED_CLIENT("UnrecognizedClientException"),
  UNSUPPORTED_UPSTREAM_REGISTRY("UnsupportedUpstreamRegistryException");

  /** Every error that a client made; ECR has no 403 and no 404. */
  private static final int CLIENT_ERROR = 400;

  private final String wireName;
  private final int status;

  ErrorType(String wireName) {
    this(wireName, CLIENT_ERROR);
  }

  ErrorType(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /** What stands in {@code __type}. */
  public String wireName() {
    return wireName;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }
}
