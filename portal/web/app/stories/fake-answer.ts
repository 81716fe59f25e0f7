/** An answer of the portal's, from memory. */
export function answer(status: number, body: unknown): Promise<Response> {
  return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
}
