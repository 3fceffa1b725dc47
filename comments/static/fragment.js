// The only door through which server HTML enters a page: the browser parses it as a document of its
// own, without scripts, and a part of that is imported. No string of HTML is ever assigned.

export function fragment(url, selector, fields) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(fields ? "POST" : "GET", url);
    request.responseType = "document";
    request.onload = () => {
      const found = request.status === 200 && request.response?.querySelector(selector);
      if (found) resolve(document.importNode(found, true));
      else reject(new Error(`no ${selector} at ${url}`));
    };
    request.onerror = () => reject(new Error(`${url} cannot be reached`));
    request.send(fields);
  });
}
