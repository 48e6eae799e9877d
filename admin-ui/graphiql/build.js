// Bundles GraphiQL into the two files that the gateway embeds when it is built next.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: { graphiql: here("src/graphiql.js") },
  outdir: here("../../gateway/admin/assets/graphiql"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "eof",
  define: { "process.env.NODE_ENV": '"production"' },
  // Fonts travel inside the style sheet: the page loads nothing but these two files.
  loader: { ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl" },
  jsx: "automatic",
  logLevel: "info",
});
