// GraphiQL on the gateway's own endpoint, with the session cookie of the page.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import "graphiql/graphiql.css";

const welcome = `# Routes, where they lead and what runs on them.
# Ctrl+Space completes, Ctrl+Enter runs, and the book on the left explains the schema.
{
  currentRevision
  routes(first: 20) {
    nodes {
      name
      hosts
      pathPrefix
      upstream { name targets { address } }
      attachments { nodes { name order plugin { name } } }
    }
  }
}
`;

// A session that ended shows the page to sign in again.
const fetchOrSignIn = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status === 401) location.assign("/");
  return response;
};

const fetcher = createGraphiQLFetcher({ url: "/graphql", fetch: fetchOrSignIn });
createRoot(document.getElementById("graphiql")).render(createElement(GraphiQL, { fetcher, defaultQuery: welcome }));
