package dev.sluice.deploy;

/** How the command line is used. */
final class Usage {

  static final String TEXT =
      """
      Usage:
        sluice serve [--config FILE] [--data DIR]   start a node; without FILE on 127.0.0.1:5000
        sluice cluster [--nodes N] ...              a cluster on this machine, to try; --help says more
        sluice check-config FILE                    report every mistake in FILE, start nothing
        sluice check-config FILE --ask-upstreams    and ask every rule's registry, with its credential
        sluice mirror-config CLIENT [--config FILE] what to write into the files of a client, so that it pulls
                                                    through here: containerd, docker, podman or buildkit
        sluice warm-up [OPTIONS] FILE               have a node bring in the images in FILE, one a line
        sluice warm-up [OPTIONS] --rule PREFIX      and all that the registry of a rule says it has
        sluice version                              print the version
        sluice help                                 print this

      Options of warm-up: --url http://127.0.0.1:5000, --user NAME --password-file FILE, --platform OS/ARCH
      (or all); with --rule also --repository PATTERN, --tag PATTERN. FILE may be -, for standard input.
      Every key of the file may come from the environment: SLUICE_ and its path in upper case.""";

  private Usage() {}
}
