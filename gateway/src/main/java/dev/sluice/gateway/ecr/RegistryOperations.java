package dev.sluice.gateway.ecr;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.gateway.access.Logins;
import dev.sluice.gateway.access.RegistryTokens;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** The operations on the registry itself: logging in to it, and what it is. */
public final class RegistryOperations {

  private static final int MOST_REGISTRIES = 10;

  private final Registry registry;
  private final RegistryTokens tokens;

  /** Of this registry, whose passwords are these. */
  public RegistryOperations(Registry registry, RegistryTokens tokens) {
    this.registry = registry;
    this.tokens = tokens;
  }

  /** All of them. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forEverybody("GetAuthorizationToken", this::registries, this::authorize),
        Operation.forAdmins("DescribeRegistry", members -> "", (caller, _) -> describe()));
  }

  /** The registries to log in to, one entry of the answer for each; ours where none is named. */
  private List<String> registries(Members members) {
    List<String> ids = members.texts("registryIds", 1, MOST_REGISTRIES, Shape.REGISTRY_ID);
    if (!ids.stream().allMatch(registry.account()::equals)) {
      members.reject("registryIds", "must be this registry's id, " + registry.account());
    }
    return ids.isEmpty() ? List.of(registry.account()) : ids;
  }

  private EcrAnswer authorize(Caller caller, List<String> registries) {
    if (caller.key().isEmpty()) {
      return Caller.KEYLESS;
    }
    RegistryTokens.Issued issued = tokens.issue(caller.key().get());
    String login = Logins.TOKEN_USER + ':' + issued.password();
    JsonObject entry =
        new JsonObject()
            .put("authorizationToken", Base64.getEncoder().encodeToString(login.getBytes(US_ASCII)))
            .put("expiresAt", Timestamps.of(issued.expiresAt()))
            .put("proxyEndpoint", registry.proxyEndpoint());
    JsonArray entries = new JsonArray(Collections.nCopies(registries.size(), entry));
    return new Done(new JsonObject().put("authorizationData", entries));
  }

  private EcrAnswer describe() {
    return new Done(
        new JsonObject()
            .put("registryId", registry.account())
            .put("replicationConfiguration", new JsonObject().put("rules", new JsonArray())));
  }
}
