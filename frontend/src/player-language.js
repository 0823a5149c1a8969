/** The language of the page, set before the controls are defined: they read it once, when they are made. */
import "media-chrome/lang/zh-CN";
import { setLanguage } from "media-chrome/utils/i18n";

setLanguage(document.documentElement.lang === "zh-CN" ? "zh-CN" : "en");
