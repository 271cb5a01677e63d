package dev.sluice.fetcher.upstream;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The domain that one owner registered, as far as names tell: {@code docker.io} for {@code
 * auth.docker.io}. A narrow reading of the public suffix list (publicsuffix.org): it may take two
 * hosts of one owner for strangers, which {@code tokenRealms} mends, but not the other way.
 */
final class RegistrableDomain {

  /**
   * Where anybody gets names, at any depth: clouds and CDNs that the list's private section names,
   * and top-level domains with suffixes too many to tell. Below them a host is alone.
   */
  private static final Set<String> SHARED =
      Set.of(
          // Amazon, Cloudflare, Fastly, Akamai
          "amazonaws.com",
          "amazonaws.com.cn",
          "awsapprunner.com",
          "cloudfront.net",
          "elasticbeanstalk.com",
          "on.aws",
          "pages.dev",
          "r2.dev",
          "trycloudflare.com",
          "workers.dev",
          "fastly.net",
          "fastlylb.net",
          "akamaiedge.net",
          "akamaihd.net",
          "akamaized.net",
          "edgekey.net",
          "edgesuite.net",
          // Microsoft
          "azure-api.net",
          "azure-mobile.net",
          "azurecontainer.io",
          "azurecr.cn",
          "azurecr.io",
          "azurecr.us",
          "azureedge.net",
          "azurefd.net",
          "azurestaticapps.net",
          "azurewebsites.net",
          "cloudapp.azure.com",
          "cloudapp.net",
          "trafficmanager.net",
          "windows.net",
          // Google
          "appspot.com",
          "firebaseapp.com",
          "gcr.io",
          "googleapis.com",
          "googleusercontent.com",
          "pkg.dev",
          "run.app",
          "web.app",
          // Others who host registries, sites or tunnels
          "aliyuncs.com",
          "b-cdn.net",
          "backblazeb2.com",
          "cloudsmith.io",
          "digitaloceanspaces.com",
          "fly.dev",
          "github.dev",
          "github.io",
          "githubpreview.dev",
          "githubusercontent.com",
          "gitlab.io",
          "herokuapp.com",
          "jfrog.io",
          "linodeobjects.com",
          "linodeusercontent.com",
          "myhuaweicloud.com",
          "netlify.app",
          "ngrok-free.app",
          "ngrok.app",
          "ngrok.dev",
          "ngrok.io",
          "ondigitalocean.app",
          "onrender.com",
          "oraclecloud.com",
          "ocir.io",
          "render.com",
          "repl.co",
          "scw.cloud",
          "tencentcs.com",
          "tencentcloudcr.com",
          "vercel.app",
          "vercel.dev",
          // Names that no registrar sold, and those of whole countries' towns and schools
          "internal",
          "local",
          "localhost",
          "arpa",
          "aero",
          "museum",
          "pro",
          "bo",
          "br",
          "hu",
          "it",
          "jp",
          "no",
          "pl",
          "sch.uk",
          "ua",
          "us");

  /** Two-letter domains that sell names directly; below others, two labels may be a suffix. */
  private static final Set<String> DIRECT =
      Set.of("ai", "be", "ch", "cz", "de", "dk", "eu", "io", "li", "lu", "nl");

  private RegistrableDomain() {}

  /** The registrable domain of a host name; empty where a host stands for itself alone. */
  static Optional<String> of(String host) {
    String[] labels = host.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      if (SHARED.contains(last(labels, labels.length - i))) {
        return Optional.empty();
      }
    }
    int keep = ownSuffix(labels) + 1;
    return labels.length < keep ? Optional.empty() : Optional.of(last(labels, keep));
  }

  /** How many labels at the end may be a suffix: {@code co.uk} has two, and {@code co.io} too. */
  private static int ownSuffix(String[] labels) {
    int count = labels.length;
    if (count < 2 || labels[count - 1].length() != 2) {
      return 1;
    }
    return DIRECT.contains(labels[count - 1]) && labels[count - 2].length() > 3 ? 1 : 2;
  }

  private static String last(String[] labels, int count) {
    return String.join(".", Arrays.copyOfRange(labels, labels.length - count, labels.length));
  }
}
