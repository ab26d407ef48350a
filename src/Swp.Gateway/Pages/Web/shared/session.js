// Who the page speaks as: the browser's session (signin/), or nobody while the gateway has no keys and asks for none.

/** The header without which a session changes nothing: another page's form cannot send it. */
const pageHeader = { "X-Swp-Page": "1" };

/** { required, name, scopes, types, dashboard }: name is null while nobody is signed in. */
export async function session() {
  const answer = await fetch("/session", { cache: "no-store" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** Whether a session may do what needs a scope: "call", "read" or "admin". */
export const may = (current, scope) => current.name !== null && (current.scopes.includes(scope) || current.scopes.includes("admin"));

/** Signs in with an API key. The HTTP status: 200, or 401 when the key is not known. */
export async function signIn(key) {
  const answer = await fetch("/session", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...pageHeader },
    body: JSON.stringify({ key }),
  });
  return answer.status;
}

/** Signs out. */
export const signOut = () => fetch("/session", { method: "DELETE", headers: pageHeader });

/** Goes to the sign-in page and comes back here after it. */
export function goToSignIn() {
  location.assign(`/signin/?then=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
}

/** fetch for the server API: with the header that a change needs; a session that has ended leads to the sign-in page. */
export async function api(path, options = {}) {
  const headers = { ...pageHeader, ...options.headers };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { cache: "no-store", ...options, headers });
  if (answer.status === 401) goToSignIn();
  return answer;
}
