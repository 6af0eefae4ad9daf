// Single-file components: Vue, Svelte and Astro are HTML with script and style of their own and expressions in braces.

/**
 * @param {string} name
 * @param {{ begin: RegExp, end: RegExp }} expression
 * @param {import('highlight.js').Mode[]} [more]
 * @returns {(hljs: import('highlight.js').HLJSApi) => import('highlight.js').Language}
 */
function component(name, expression, more = []) {
  return hljs => ({
    name,
    subLanguage: 'xml',
    contains: [
      hljs.COMMENT('<!--', '-->'),
      ...more,
      block('script', /\blang\s*=\s*["']?tsx?\b/, 'typescript'),
      block('script', null, 'javascript'),
      block('style', /\blang\s*=\s*["']?(scss|sass)\b/, 'scss'),
      block('style', /\blang\s*=\s*["']?less\b/, 'less'),
      block('style', null, 'css'),
      { ...expression, subLanguage: 'typescript', excludeBegin: true, excludeEnd: true },
    ],
  });
}

/**
 * The inside of `<tag …>…</tag>`; the tags themselves stay with the HTML around.
 * @param {string} tag @param {RegExp | null} attribute @param {string} language
 * @returns {import('highlight.js').Mode}
 */
function block(tag, attribute, language) {
  const opening = attribute ? `<${tag}(?=[^>]*${attribute.source})[^>]*>` : `<${tag}(?:\\s[^>]*)?>`;
  return { begin: new RegExp(opening), end: new RegExp(`</${tag}>`), subLanguage: language, excludeBegin: true, excludeEnd: true };
}

/** A brace that is left and entered again as often as the text does. @type {import('highlight.js').Mode} */
const directive = { className: 'keyword', begin: /\{[#:/@](?:if|else if|else|each|await|then|catch|key|snippet|render|html|const|debug)\b/, end: /(?=\s|\})/ };

export const vue = component('Vue', { begin: /\{\{/, end: /\}\}/ });
export const svelte = component('Svelte', { begin: /\{(?![#:/@])/, end: /\}/ }, [directive]);
export const astro = component('Astro', { begin: /\{/, end: /\}/ }, [
  { begin: /^---$/, end: /^---$/, subLanguage: 'typescript', excludeBegin: true, excludeEnd: true },
]);
