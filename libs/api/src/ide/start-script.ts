/** A query that the IDE opens with. */
export interface PreparedQuery {
  title: string;
  query: string;
  variables?: Readonly<Record<string, unknown>>;
}

/**
 * The script that starts the IDE. It takes the key out of the address before the IDE sees it, and keeps it for as long as the
 * tab lives, so that reloading works. The IDE writes its windows to the browser's disk: without the key.
 */
export function startScript(queries: readonly PreparedQuery[], endpoint: string): string {
  const windows = queries.map(({ title, query, variables = {} }) => ({
    initialName: title,
    initialQuery: query,
    initialVariables: JSON.stringify(variables, null, 2),
  }));
  return `const STORED = 'caseledger-key';
const given = new URLSearchParams(location.hash.slice(1)).get('key');
if (given) {
  sessionStorage.setItem(STORED, given);
  history.replaceState(null, '', location.pathname + location.search);
}
const key = given ?? sessionStorage.getItem(STORED);
const authorization = 'Bearer ' + (key ?? 'clk_…');

for (const method of key ? ['add', 'put'] : []) {
  const write = IDBObjectStore.prototype[method];
  IDBObjectStore.prototype[method] = function (value, ...rest) {
    const text = JSON.stringify(value) ?? '';
    return write.call(this, text.includes(key) ? JSON.parse(text.replaceAll(key, 'clk_…')) : value, ...rest);
  };
}

const common = {
  endpointURL: new URL(${JSON.stringify(endpoint)}, location.origin).href,
  subscriptionsEndpoint: new URL(${JSON.stringify(endpoint)}, location.origin.replace(/^http/, 'ws')).href,
  initialHeaders: { Authorization: authorization },
  initialSubscriptionRequestHandlerId: 'graphql-ws',
  initialSubscriptionsPayload: { authorization },
};
const windows = ${JSON.stringify(windows, null, 2)};
AltairGraphQL.init({
  ...common,
  initialWindows: windows.map((window) => ({ ...common, ...window })),
  preserveState: false,
  disableAccount: true,
  instanceStorageNamespace: 'caseledger_',
  initialSettings: {
    disablePushNotification: true,
    'alert.disableUpdateNotification': true,
    'banners.disable': true,
    'schema.reloadOnStart': key !== null,
  },
});

// The IDE shows the last window it opened; one begins with the first.
new MutationObserver((_changes, observer) => {
  const tabs = document.querySelectorAll('.window-switcher__item');
  if (!tabs[windows.length - 1]?.classList.contains('window-switcher__item--active')) return;
  observer.disconnect();
  tabs[0].click();
}).observe(document.body, { attributes: true, childList: true, subtree: true });
`;
}
