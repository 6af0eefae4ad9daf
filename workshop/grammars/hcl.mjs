// HCL, the language of Terraform, OpenTofu, Packer and Nomad: blocks with labels, attributes, templates, heredocs.

/** @param {import('highlight.js').HLJSApi} hljs @returns {import('highlight.js').Language} */
export default function hcl(hljs) {
  const literals = ['true', 'false', 'null'];
  /** @type {import('highlight.js').Mode} */
  const template = { className: 'subst', begin: /[$%]\{/, end: /\}/, keywords: { keyword: ['for', 'in', 'if', 'else', 'endif', 'endfor'], literal: literals }, contains: [] };
  /** @type {import('highlight.js').Mode} */
  const string = { className: 'string', begin: /"/, end: /"/, illegal: /\n/, contains: [{ begin: /\\./ }, { begin: /[$%]{2}\{/ }, template] };
  /** @type {import('highlight.js').Mode} */
  const heredoc = { className: 'string', begin: /<<-?\s*([A-Za-z_]\w*)$/, end: /^\s*([A-Za-z_]\w*)$/, contains: [template],
    'on:begin': (/** @type {RegExpMatchArray} */ match, /** @type {any} */ response) => { response.data.mark = match[1]; },
    'on:end': (/** @type {RegExpMatchArray} */ match, /** @type {any} */ response) => { if (response.data.mark !== match[1]) response.ignoreMatch(); } };
  /** @type {import('highlight.js').Mode} */
  const number = { className: 'number', begin: /\b\d+(\.\d+)?([eE][+-]?\d+)?\b/ };
  /** @type {import('highlight.js').Mode} */
  const call = { className: 'title', begin: /\b[a-z_]\w*(?=\()/ };
  /** @type {import('highlight.js').Mode} */
  const root = { className: 'variable', begin: /\b(var|local|data|module|each|count|self|path|terraform)(?=\.)/ };
  template.contains = [string, number, call, root];
  return {
    name: 'HCL',
    aliases: ['terraform', 'tf', 'tfvars', 'nomad', 'opentofu', 'packer'],
    keywords: { keyword: ['for', 'in', 'if'], literal: literals, type: ['string', 'number', 'bool', 'any', 'list', 'map', 'set', 'object', 'tuple'] },
    contains: [
      hljs.HASH_COMMENT_MODE, hljs.C_LINE_COMMENT_MODE, hljs.C_BLOCK_COMMENT_MODE,
      { className: 'attr', begin: /^\s*[A-Za-z_][\w-]*(?=\s*=[^=>])/, relevance: 0 },
      { className: 'keyword', begin: /^\s*[A-Za-z_][\w-]*(?=(\s+("[^"\n]*"|[A-Za-z_][\w-]*))*\s*\{)/ },
      heredoc, string, number, call, root,
    ],
  };
}
