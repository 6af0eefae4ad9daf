import fs from 'node:fs';

// A side bar for each section, as its guide shows for large sites: one with every page of the site would be copied into each of them.
const content = new URL('../', import.meta.url);
const sections = fs.readdirSync(content).filter(name => name.startsWith('section-'));
const items = section => fs.readdirSync(new URL(section, content)).map(file => ({ text: file.replace('.md', ''), link: `/${section}/${file.replace('.md', '')}` }));

export default {
  title: 'Handbook',
  description: 'Pages to be measured',
  themeConfig: { sidebar: Object.fromEntries(sections.map(section => [`/${section}/`, items(section)])) },
};
