// The study in Starlight, as its documentation says: two languages, the same sidebar as our navigation.
// What Markdown lacks there is added: the explicit ids of headings, `## Title { #id }`.

import { readFileSync } from "node:fs";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

const headingIds = () => (tree) => {
  for (const node of tree.children) {
    const text = node.type === "heading" ? node.children.at(-1) : undefined;
    const mark = text?.type === "text" && /\s*\{ #(\S+) \}$/.exec(text.value);
    if (!mark) continue;
    text.value = text.value.slice(0, mark.index);
    node.data = { hProperties: { id: mark[1] } };
  }
};

export default defineConfig({
  site: "http://127.0.0.1:8000",
  markdown: { remarkPlugins: [headingIds] },
  integrations: [
    starlight({
      title: "Urban regions, social and solidarity economy and social innovation",
      defaultLocale: "root",
      locales: { root: { label: "English", lang: "en" }, fr: { label: "Français", lang: "fr" } },
      sidebar: JSON.parse(readFileSync("sidebar.json", "utf8")),
    }),
  ],
});
