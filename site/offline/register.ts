// Registers the service worker once a page has come to rest, and tells it what was loaded before it was there.
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // a reader who asked to save data is not sent a megabyte unasked
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const register = (): void => {
    const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");
    navigator.serviceWorker
      .register(`${base}sw.js`, { scope: base })
      .then(() => navigator.serviceWorker.ready)
      .then(({ active }) => {
        const loaded = performance.getEntriesByType("resource").map((r) => r.name);
        active?.postMessage({ type: "visited", urls: [location.href, ...new Set(loaded)] });
      })
      // refused (a private window, a policy): the site works, only not offline
      .catch(() => undefined);
  };
  const rest = (): void => void setTimeout(register, 1000);
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest, { once: true });
}
