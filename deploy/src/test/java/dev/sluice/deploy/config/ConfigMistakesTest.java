package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigMistakesTest {

  private static final String RULE = "rules: [{prefix: hub, upstream: a.example, %s}]";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "listen: '5000'            | listen      | \"5000\" is not an address to listen on",
        "listen: ':5000'           | listen      | allowed: host:port",
        "listen: '::1:5000'        | listen      | or [::1]:5000",
        "listen: 'a:65536'         | listen      | is not an address to listen on",
        "listen: 'a_b:1'           | listen      | is not an address to listen on",
        "listen: '256.1.1.1:1'     | listen      | is not an address to listen on",
        "listen: [a]               | listen      | is a list; allowed: host:port",
        "listen:                   | listen      | has no value",
        "management: 127.0.0.1:5000 | management | is taken by listen, 127.0.0.1:5000",
        "management: 0.0.0.0:5000  | management  | allowed: another port than that of listen",
        "publicUrl: cache.example  | publicUrl   | is not a URL of a server",
        "publicUrl: 'ftp://a'      | publicUrl   | allowed: http:// or https://",
        "publicUrl: 'https://a/b'  | publicUrl   | without path, query or user",
        "data: ''                  | data        | is not a path",
        "account: 12345            | account     | \"12345\" is not an account number; allowed: 12 digits",
        "region: Europe            | region      | allowed: a name such as eu-central-1",
        "lisen: a                  | lisen       | is not a known key; did you mean listen?",
        "zzz: a                    | zzz         | is not a known key; allowed: access, account, cluster, data",
        "tls: {certificate: a}     | tls.key     | is missing",
        "cluster: {}               | cluster     | needs metadata that all nodes share; allowed: metadata.type: redis with it",
        "access: {anonymous: all}  | access.anonymous | allowed: none, loopback, pull",
        "access: {keys: [{id: a, secretFile: /nowhere}]} | access.keys[0].id | is not an access key id",
        "access: {keys: [{id: A234567890123456, secretFile: /nowhere}]} | access.keys[0].secretFile | names the file /nowhere, which cannot be read",
        "access: {keys: [{id: A234567890123456}]} | access.keys[0].secretFile | is missing",
        "access: {keys: {}}        | access.keys | is a mapping; allowed: a list; [] for an empty one",
        "access: {users: {grants: {ci: [push]}}} | access.users.grants.ci[0] | \"push\" is not a grant; allowed: admin, or pull:",
        "access: {users: {grants: {}}} | access.users.file | is missing",
        "defaults: {checkInterval: soon} | defaults.checkInterval | \"soon\" is not a duration; allowed: a positive number and a unit",
        "defaults: {checkInterval: 0s}   | defaults.checkInterval | \"0s\" is not a duration",
        "defaults: {checkInterval: 30}   | defaults.checkInterval | \"30\" is not a duration",
        "defaults: {checkBudget: 9999d}  | defaults.checkBudget   | at most 3650d",
        "defaults: {onDeleted: drop}     | defaults.onDeleted     | \"drop\" is not allowed here; allowed: serve, refuse",
        "defaults: {platforms: none}     | defaults.platforms     | allowed: all, requested, or a list",
        "defaults: {platforms: []}       | defaults.platforms     | is an empty list",
        "defaults: {platforms: [linux]}  | defaults.platforms[0]  | \"linux\" is not a platform",
        "defaults: {checkIntervals: [1s]}          | defaults.checkIntervals        | is a list; allowed: a mapping",
        "defaults: {checkIntervals: {v*: soon}}    | defaults.checkIntervals.v*     | \"soon\" is not a duration",
        "defaults: {checkIntervals: {a/b: 1s}}     | defaults.checkIntervals.a/b    | \"a/b\" is not a pattern of tags; allowed: up to 128",
        "defaults: {requestsPerSecond: 0}          | defaults.requestsPerSecond     | allowed: a whole number from 1 to 10000",
        "defaults: {requestsPerSecond: 10001}      | defaults.requestsPerSecond     | is not a number of requests",
        "defaults: {requestsPerSecond: 99999999999}| defaults.requestsPerSecond     | is not a number of requests",
        "defaults: {pullReserve: 20}               | defaults.pullReserve           | \"20\" is not a percentage; allowed: 0% to 100%",
        "defaults: {pullReserve: 101%}             | defaults.pullReserve           | \"101%\" is not a percentage",
        "defaults: {tags: {deny: [a]}}             | defaults.tags                  | is not a known key",
        "defaults: []                    | defaults               | is a list; allowed: a mapping",
        "rules: docker-hub               | rules                  | is a single value; allowed: a list",
        "rules:                          | rules                  | has no value; allowed: a list; [] for an empty one",
        "rules: [{upstream: a}]          | rules[0].prefix        | is missing; allowed: ROOT, or 2 to 30",
        "rules: [{prefix: hub}]          | rules[0].upstream      | is missing; allowed: host or host:port",
        "rules: [{prefix: Hub, upstream: a}] | rules[0].prefix    | \"Hub\" is not a prefix",
        "rules: [{prefix: h, upstream: a}]   | rules[0].prefix    | \"h\" is not a prefix",
        "rules: [{prefix: a/../b, upstream: a}] | rules[0].prefix | is not a prefix",
        "rules: [{prefix: hub, upstream: 'https://a'}] | rules[0].upstream | without https:// and path",
        "rules: [{prefix: hub, upstream: a}, {prefix: hub, upstream: b}] | rules[1].prefix | \"hub\" is the prefix of rules[0] too",
        "secrets: {dir: [a]}             | secrets.dir            | is a list; allowed: a path",
        "upstreams: {allowPrivate: [10.1.2.3/8]} | upstreams.allowPrivate[0] | with no bit set beyond its length",
        "upstreams: {allowPrivate: [localhost]}  | upstreams.allowPrivate[0] | is not a block of addresses",
        "storage: {type: tape}           | storage.type           | \"tape\" is not allowed here; allowed: disk, s3",
        "storage: {type: s3}             | storage.s3.bucket      | is missing; allowed: 3 to 63",
        "storage: {s3: {bucket: blobs}}  | storage.s3             | is given, but storage.type is disk",
        "storage: {type: s3, s3: {bucket: Blobs}} | storage.s3.bucket | \"Blobs\" is not the name of a bucket",
        "storage: {type: s3, s3: {bucket: blobs, prefix: /a}} | storage.s3.prefix | is not the beginning of keys",
        "storage: {type: s3, s3: {bucket: blobs, endpoint: 's3.example.com'}} | storage.s3.endpoint | is not a URL of a server",
        "storage: {type: s3, s3: {bucket: blobs, region: 'a b'}} | storage.s3.region | is not a region of a bucket",
        "storage: {type: s3, s3: {bucket: blobs, secretKeyFile: /none}} | storage.s3.secretKeyFile | is given without accessKeyFile",
        "storage: {type: s3, s3: {bucket: blobs, accessKeyFile: /none, secretKeyFile: /none}} | storage.s3.accessKeyFile | names the file /none, which is empty or cannot be read",
        "storage: {type: s3, s3: {bucket: blobs, redirect: yes}} | storage.s3.redirect    | \"yes\" is not true or false",
        "storage: {type: s3, s3: {bucket: blobs, redirectNetworks: []}}      | storage.s3.redirectNetworks    | is an empty list",
        "storage: {type: s3, s3: {bucket: blobs, redirectNetworks: [10.0.0.1/8]}} | storage.s3.redirectNetworks[0] | is not a block of addresses",
        "defaults: {redirect: maybe}     | defaults.redirect      | \"maybe\" is not true or false",
        "storage: {maxSize: 0%}          | storage.maxSize        | \"0%\" is not a share of a disk; allowed: 1% to 100%",
        "storage: {maxSize: 500}         | storage.maxSize        | such as 80% or 500GiB",
        "storage: {maxSize: 5 GB}        | storage.maxSize        | is not a share of a disk",
        "storage: {maxSize: 0GB}         | storage.maxSize        | is not a share of a disk",
        "storage: {maxSize: 999999999TiB} | storage.maxSize       | is not a share of a disk",
        "storage: {scrub: weekly}        | storage.scrub          | \"weekly\" is not a duration of at least 1m; allowed: off, or a positive",
        "storage: {scrub: 59s}           | storage.scrub          | at most 3650d, at least 1m",
        "storage: {grace: 1ms}           | storage.grace          | \"1ms\" is not a duration of at least 10s; allowed: a positive number",
        "storage: {grace: 9999ms}        | storage.grace          | at most 3650d, at least 10s",
        "storage: {maxSize: 999kB}       | storage.maxSize        | such as 80% or 500GiB, at least 1MB",
        "metadata: {type: etcd}          | metadata.type          | \"etcd\" is not allowed here; allowed: embedded, redis",
        "metadata: {type: redis}         | metadata.redis.url     | is missing; allowed: redis://host:port",
        "metadata: {redis: {url: redis://a}} | metadata.redis     | is given, but metadata.type is embedded",
        "log: {format: xml}              | log.format             | allowed: auto, plain, json",
        "log: {requests: yes}            | log.requests           | \"yes\" is not true or false",
        "log: {levels: [debug]}          | log.levels             | is a list; allowed: a mapping",
        "log: {levels: {dev.sluice: loud}}    | log.levels.dev.sluice    | \"loud\" is not allowed here; allowed: trace, debug, info, warn, error, off",
        "log: {levels: {dev.sluice: default}} | log.levels.dev.sluice    | \"default\" is not allowed here",
        "log: {levels: {dev.sluice.no: info}} | log.levels.dev.sluice.no | is not the name of a logger; allowed: a package or class of this version, such as dev.sluice.fetcher, or sluice.requests, or root",
        "log: {levels: {dev.sluice.no: loud}} | log.levels.dev.sluice.no | is not the name of a logger",
        "log: {levels: {io.netty: debug}}     | log.levels.io.netty      | must not be at debug: what libraries say below info may show secrets, such as headers and the commands to Redis; allowed: info, warn, error, off",
        "log: {levels: {root: trace}}         | log.levels.root          | must not be at trace",
      })
  void isNamedWithItsKeyAndWhatIsAllowed(String yaml, String key, String sentence) {
    assertMistake(yaml, key, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "upstreamPrefix: /a           | upstreamPrefix | is not a repository name",
        "endpoint: 'https://a?b'      | endpoint       | is not a URL of a server",
        "endpoint: 'http://a.example' | endpoint       | is plain http to another machine; allowed: https",
        "endpoint: 'http://10.0.0.1'  | endpoint       | or insecure: true on this rule",
        "credential: ../hub           | credential     | is not the name of a credential",
        "credential: /etc/passwd      | credential     | allowed: a relative file name under secrets.dir",
        "credential: {username: a}    | credential     | is a mapping",
        "credential: hub              | credential     | needs secrets.dir",
        "credential: []               | credential     | is an empty list",
        "credential: [hub]            | credential[0]  | needs secrets.dir",
        "credential: [../hub]         | credential[0]  | is not the name of a credential",
        "credential: [hub, hub]       | credential[1]  | \"hub\" is listed twice",
        "tokenRealms: a.example       | tokenRealms    | is a single value; allowed: a list",
        "tokenRealms: ['https://a']   | tokenRealms[0] | is not a token server's host",
        "tags: {allow: [a b]}         | tags.allow[0]  | \"a b\" is not a pattern of tags",
        "tags: {allow: []}            | tags.allow     | is an empty list; allowed: patterns; without the key",
        "tags: {dony: [a]}            | tags.dony      | did you mean deny?",
        "tags: [a]                    | tags           | is a list; allowed: a mapping",
        "repositories: {deny: [A/*]}  | repositories.deny[0] | is not a pattern of upstream's repositories",
        "chekInterval: 1s             | chekInterval   | did you mean checkInterval?",
        "insecure: 1                  | insecure       | \"1\" is not true or false",
      })
  void ofARuleIsNamedWithTheRulesPlace(String key, String name, String sentence) {
    assertMistake(RULE.formatted(key), "rules[0]." + name, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "missing                                    | which does not exist",
        "folder                                     | which is no regular file",
        "broken.json                                | which is not JSON",
        "list.json                                  | which is not a JSON object",
        "half.json                                  | which lacks \"accessToken\"",
      })
  void ofACredentialFileIsToldWithoutItsContent(String name, String sentence) {
    ConfigFixture fixture = ConfigFixture.in(folder);
    fixture.write("secrets/folder/file", "");
    fixture.write("secrets/broken.json", "{\"username\": hunter2");
    fixture.write("secrets/list.json", "[\"hunter2\"]");
    fixture.write("secrets/half.json", "{\"username\": \"hunter2\", \"accessToken\": 5}");
    String rule = RULE.formatted("credential: " + name);

    List<Problem> problems =
        fixture.problems("secrets: {dir: " + folder.resolve("secrets") + "}\n" + rule);

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().key()).isEqualTo("rules[0].credential");
    assertThat(problems.getFirst().toString()).contains(sentence).doesNotContain("hunter2");
  }

  private void assertMistake(String yaml, String key, String sentence) {
    List<Problem> problems = ConfigFixture.in(folder).problems(yaml);

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.key()).isEqualTo(key);
              assertThat(problem.toString()).contains("sluice.yaml:1: " + key + ": ", sentence);
            });
  }
}
