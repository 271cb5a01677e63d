// Who uses this page, and the registry that it shows.

import { get, post, remove } from "./api.js";

let current = null;

/** What the node said of who is logged in; null while nobody is. */
export function session() {
  return current;
}

/** Whether the one who is logged in may change things. */
export function isAdmin() {
  return current?.admin === true;
}

/** Asks the node; answers whether somebody is logged in. */
export async function resume() {
  try {
    current = await get("session");
  } catch (error) {
    if (error.status !== 401) {
      throw error;
    }
    current = null;
  }
  return current !== null;
}

/** Logs in; fails with what the node says against it. */
export async function logIn(name, password) {
  await post("session", { name, password });
  return resume();
}

/** Logs out, as far as the node can be reached. */
export async function logOut() {
  await remove("session");
  current = null;
}

/** Nobody is logged in any more. */
export function forget() {
  current = null;
}

/** The name by which clients call this registry. */
export function registryHost() {
  try {
    return new URL(current?.publicUrl ?? "").host || location.host;
  } catch {
    return location.host;
  }
}

/** The command that pulls an image of this registry. */
export function pullLine(repository, reference = "latest") {
  const mark = reference.includes(":") ? "@" : ":";
  return `docker pull ${registryHost()}/${repository}${mark}${reference}`;
}
