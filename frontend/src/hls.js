/** hls.js without what side-loaded captions and one sound track make superfluous. */
export { default } from "hls.js/dist/hls.light.mjs";
