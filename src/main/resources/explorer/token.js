// The team's token. It is stored for the session of this tab only, and sent only in Authorization.

const ENTRY = "explorer token " + location.pathname;

/** Returns the token, or null. */
export function token() {
  return sessionStorage.getItem(ENTRY);
}

/** Stores the token until the tab is closed, or removes it if it is empty. */
export function setToken(value) {
  if (value) {
    sessionStorage.setItem(ENTRY, value);
  } else {
    sessionStorage.removeItem(ENTRY);
  }
}

/** Returns whether the gateway answers without a token. */
export function isOpen() {
  return document.documentElement.dataset.open === "true";
}

/** Returns whether a request without a token would be refused. */
export function lacksToken() {
  return !isOpen() && !token();
}
