// "This error has a page": links to the pain points that speak of an exception.
import { type ReactElement, useEffect, useState } from "react";
import { type ErrorPage, errorPages, pagesFor } from "./find-page.ts";

export interface ErrorPagesProps {
  readonly error: { readonly type: string; readonly message: string };
}

export function ErrorPages({ error }: ErrorPagesProps): ReactElement | null {
  const [pages, setPages] = useState<readonly ErrorPage[]>([]);
  const { type, message } = error;
  useEffect(() => {
    let wanted = true;
    void errorPages().then((all) => {
      if (wanted) setPages(pagesFor({ type, message }, all).slice(0, 2));
    });
    return () => {
      wanted = false;
    };
  }, [type, message]);
  if (pages.length === 0) return null;
  const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");
  return (
    <p className="mw-errorpages">
      This error has a page:{" "}
      {pages.map((p, i) => (
        <span key={p.id}>
          {i > 0 && ", "}
          <a href={`${base}pain-points/${p.id}/`}>{p.title}</a>
        </span>
      ))}
    </p>
  );
}
