// Written in old JavaScript on purpose: it runs where the console cannot.
(function () {
  var modern = 'noModule' in document.createElement('script') && typeof window.IntersectionObserver === 'function' &&
    typeof String.prototype.replaceAll === 'function';
  if (modern) return;
  document.body.innerHTML =
    '<div style="max-width:560px;margin:80px auto;font:18px/1.8 sans-serif;color:#1f2329">' +
    '<h1 style="font-size:26px">请升级浏览器</h1>' +
    '<p>当前浏览器版本过低，无法使用上达。请升级到 360 安全浏览器 14、奇安信可信浏览器、Chrome 87 或以上版本后再打开。</p></div>';
})();
