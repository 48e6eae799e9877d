// The plain console: sends what stands in the form to /graphql and shows the answer.
"use strict";

const form = document.getElementById("call");
const query = document.getElementById("query");
const variables = document.getElementById("variables");
const result = document.getElementById("result");

async function run() {
  result.textContent = "…";
  try {
    const given = variables.value.trim();
    const body = { query: query.value, variables: given === "" ? undefined : JSON.parse(given) };
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify(body),
    });
    if (response.status === 401) {
      location.assign("/");
      return;
    }
    result.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    result.textContent = String(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
