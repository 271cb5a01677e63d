// An image of each well-known registry that may well be there, to try a rule with.

import { startOf } from "./rules.js";

const IMAGES = {
  "registry-1.docker.io": ["library/alpine", "latest"],
  "public.ecr.aws": ["amazonlinux/amazonlinux", "latest"],
  "quay.io": ["prometheus/busybox", "latest"],
  "ghcr.io": ["astral-sh/uv", "latest"],
  "registry.k8s.io": ["pause", "3.10"],
  "mcr.microsoft.com": ["hello-world", "latest"],
  "registry.gitlab.com": ["gitlab-org/cli", "latest"],
  "cgr.dev": ["chainguard/static", "latest"],
  "gcr.io": ["distroless/static", "latest"],
};

/** Repository and tag to pull through a rule, by what its upstream is. */
export function sampleOf(prefix, upstream) {
  const [name, tag] = IMAGES[upstream] ?? ["IMAGE", "TAG"];
  return { repository: startOf(prefix) + name, tag, isReal: upstream in IMAGES };
}

/** Of several rules the one that is tried first: one whose images are known. */
export function ruleToTry(upstreams) {
  return upstreams.find((each) => each.upstream in IMAGES) ?? upstreams[0];
}
