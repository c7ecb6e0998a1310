// The exceptions that have a page, for the panel that shows one: class, pattern of the message, page.
import { getCollection } from "astro:content";
import type { APIRoute } from "astro";

export const GET: APIRoute = async () => {
  const pages = (await getCollection("painPoints"))
    .filter((p) => p.data.error !== undefined)
    .sort((a, b) => b.data.importance - a.data.importance)
    .map((p) => ({
      id: p.id,
      title: p.data.title,
      class: p.data.error!.class.split(".").at(-1),
      match: p.data.match ?? "",
    }));
  return new Response(JSON.stringify(pages), { headers: { "content-type": "application/json" } });
};
