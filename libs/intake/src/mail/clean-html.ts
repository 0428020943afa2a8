import { convert } from 'html-to-text';
import sanitizeHtml from 'sanitize-html';

// Far above any letter; parsers slow down or overflow their stack on markup beyond it.
const MAX_OPEN_TAGS = 1000;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)/g;
const VOID_TAGS = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

const SANITIZE_OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: (
    'a abbr address article aside b bdi big blockquote br caption center cite code col colgroup dd del dfn div dl dt ' +
    'em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp ' +
    'section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'
  ).split(' '),
  allowedAttributes: {
    '*': ['align', 'dir', 'lang', 'title', 'valign'],
    a: ['href', 'rel'],
    col: ['span', 'width'],
    colgroup: ['span', 'width'],
    img: ['alt', 'height', 'src', 'width'],
    ol: ['start', 'type'],
    table: ['border', 'cellpadding', 'cellspacing', 'width'],
    td: ['colspan', 'rowspan', 'width'],
    th: ['colspan', 'rowspan', 'width'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  // A picture from the net would tell the sender when a letter was opened, and by whom.
  allowedSchemesByTag: { img: ['cid'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'svg',
    'math',
    'iframe',
    'object',
  ],
  exclusiveFilter: (frame) => frame.tag === 'img' && !/^cid:/i.test(frame.attribs.src ?? ''),
  transformTags: {
    a: (tagName, attribs) => {
      const { href = '', title } = attribs;
      const kept: Record<string, string> = title === undefined ? {} : { title };
      if (/^(?:https?:\/\/|mailto:)/i.test(href.trim())) {
        kept.href = href.trim();
        kept.rel = 'noopener noreferrer nofollow';
      }
      return { tagName, attribs: kept };
    },
  },
  parser: { decodeEntities: true },
};

/**
 * The HTML of a mail made safe to show: known elements only, pictures of the mail itself only, no styles, links that
 * tell nothing. Null when it is too tangled to be cleaned.
 */
export function cleanHtml(html: string): string | null {
  if (isTangled(html)) return null;
  try {
    return sanitizeHtml(html, SANITIZE_OPTIONS);
  } catch {
    return null;
  }
}

/** What a person would read of an HTML text. */
export function htmlToReadableText(html: string): string {
  if (!isTangled(html)) {
    try {
      return convert(html, {
        wordwrap: false,
        limits: { maxInputLength: 4_000_000, maxDepth: MAX_OPEN_TAGS },
        selectors: [
          { selector: 'img', format: 'skip' },
          { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
          ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
        ],
      });
    } catch {
      return withoutTags(html);
    }
  }
  return withoutTags(html);
}

function isTangled(html: string): boolean {
  let open = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    if (slash === '/') open = Math.max(0, open - 1);
    else if (!VOID_TAGS.has(name.toLowerCase())) open += 1;
    if (open > MAX_OPEN_TAGS) return true;
  }
  return false;
}

// The last resort: one pass, no tree.
function withoutTags(html: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', from)) {
    kept.push(html.slice(from, open));
    const close = html.indexOf('>', open);
    if (close < 0) return kept.join('');
    from = close + 1;
  }
  return kept.join('') + html.slice(from);
}
