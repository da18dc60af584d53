
// Stores authorizations for the session of the browser tab, one entry for each path of the page.
function SessionAuthorization() {
  const entry = "authorized " + window.location.pathname;
  return {
    statePlugins: {
      auth: {
        wrapActions: {
          persistAuthorizationIfNeeded: (original, { authSelectors }) => () => {
            window.sessionStorage.setItem(entry, JSON.stringify(authSelectors.authorized().toJS()));
            return original();
          }
        }
      },
      configs: {
        wrapActions: {
          loaded: (original, { authActions }) => (payload) => {
            const result = original(payload);
            const stored = window.sessionStorage.getItem(entry);
            if (stored) {
              authActions.restoreAuthorization({ authorized: JSON.parse(stored) });
            }
            return result;
          }
        }
      }
    }
  };
}
