// Shows how far a long action has come, until it is done. Without scripts a link looks again.
const EVERY_MS = 1000;

export function start(element) {
  const look = async () => {
    const shown = element.querySelector('[data-progress]');
    if (!shown || shown.hasAttribute('data-done')) return;
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-progress]');
      if (fresh) shown.replaceWith(fresh);
      document.title = page.title;
    }
    setTimeout(look, EVERY_MS);
  };
  setTimeout(look, EVERY_MS);
}
