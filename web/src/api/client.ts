// Speaks to the server. Errors keep the server's words: they say what to do.

import { api } from "../paths";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export async function ask<T>(address: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "AWAY", "The server cannot be reached. The page tries again by itself.");
  }
  if (response.ok) return (await response.json()) as T;
  const text = await response.text();
  let code = `HTTP ${response.status}`;
  let message = text.slice(0, 2000);
  try {
    const told = JSON.parse(text) as { error_code?: string; message?: string };
    code = told.error_code ?? code;
    message = told.message ?? message;
  } catch {
    // not ours: a proxy's page, shown as it is
  }
  throw new ApiError(response.status, code, message || code);
}

export function stock<T>(verb: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return ask<T>(api.stock(verb), body, signal);
}

export function own<T>(verb: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return ask<T>(api.own(verb), body, signal);
}

export function read<T>(address: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> {
  return ask<T>(`${address}?${new URLSearchParams(query)}`, undefined, signal);
}

/** A double as the wire writes it: a number, or one of three words. */
export function double(value: number | string | undefined): number {
  if (typeof value === "number") return value;
  if (value === "Infinity") return Infinity;
  if (value === "-Infinity") return -Infinity;
  return NaN;
}
