// Everything works without this script; it only makes some things nicer.
import { Button, Checkboxes, ErrorSummary, Radios, ServiceNavigation, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
for (const component of [Button, Checkboxes, ErrorSummary, Radios, ServiceNavigation]) createAll(component);
