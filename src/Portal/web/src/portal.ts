// The portal works without this file; with it, pages keep themselves fresh and are quicker to use.
import { keepFresh } from "./live.ts";
import { followLogs } from "./log.ts";
import { openPalette } from "./palette.ts";
import { switchScheme } from "./scheme.ts";
import { sendOnce } from "./forms.ts";
import { copyTexts } from "./copy.ts";
import { goByKeys } from "./keys.ts";
import { closeMenus } from "./menus.ts";

switchScheme();
sendOnce();
copyTexts();
closeMenus();
openPalette();
goByKeys();
keepFresh();
followLogs();
