/** The nonce of this answer: styles that a component writes into its shadow root need it as scripts do. */
export const nonce = document.querySelector("script[nonce]")?.nonce ?? "";
