// For the plain TypeScript compiler, which does not read .astro files; `astro check` does.
declare module "*.astro" {
  const Component: (props: Record<string, unknown>) => unknown;
  export default Component;
}
