// A redirect page: go on to its one link, with the anchor of the address unless the link has its own.
const link = document.querySelector("main a");
location.replace(link.hash ? link.href : link.href + location.hash);
