import highlight from '@11ty/eleventy-plugin-syntaxhighlight';

export default function (config) {
  config.addPlugin(highlight);
  config.addCollection('bySection', collections => group(collections.getAll()));
  config.addFilter('section', url => url.split('/')[1]);
  return { dir: { input: 'content', includes: '../_includes' }, markdownTemplateEngine: false };
}

const sectionOf = page => page.url.split('/')[1];

function group(pages) {
  const found = {};
  for (const page of pages) (found[sectionOf(page)] ??= []).push(page);
  return found;
}
