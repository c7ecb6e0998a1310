// API names that have an entry on /api/, for the search.
import type { APIRoute } from "astro";
import { apiIndex } from "../kit/site-index.ts";

export const GET: APIRoute = () =>
  new Response(JSON.stringify([...apiIndex().keys()].sort()), {
    headers: { "content-type": "application/json" },
  });
