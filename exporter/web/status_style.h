// The status page's style sheet. Who edits it renews the hash in status_page.h: the test
// StatusPage.PolicyNamesTheHashOfItsStyle says which.
#pragma once

#include <string_view>

namespace together {

inline constexpr std::string_view kStatusStyle = R"css(
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1c2430;--dim:#5b6675;--line:#dde2e9;
--link:#0b57b0;--bad:#b3261e;--bad-bg:#fde9e7;--warn:#8a5200;--warn-bg:#fff1d9;--ok:#17663a;
--ok-bg:#e2f4e8;--none:#4d5866;--none-bg:#e9edf2}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1b2129;--ink:#e6eaf0;--dim:#9aa6b5;
--line:#303945;--link:#8ab8ff;--bad:#ffb4ab;--bad-bg:#4a1a17;--warn:#ffcf88;--warn-bg:#43300f;
--ok:#8fdcaa;--ok-bg:#12381f;--none:#c3ccd8;--none-bg:#2b333e}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:1rem}
header{padding-bottom:0}
h1{margin:0;font-size:1.5rem}
p{margin:.25rem 0}
a{color:var(--link)}
.dim{color:var(--dim);font-size:.875rem}
.alarm{margin:.75rem 0 0;padding:.5rem .75rem;border-radius:.5rem;background:var(--bad-bg);
color:var(--bad);font-weight:600}
.counts{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:1rem 0 0;padding:0}
section{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:0 0 1rem;
padding:0 1rem .5rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 1rem;
align-items:start}
table{width:100%;border-collapse:collapse}
caption{text-align:left;font-size:1.0625rem;font-weight:600;padding:.75rem 0 .25rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;
border-top:1px solid var(--line);overflow-wrap:anywhere}
thead th{color:var(--dim);font-size:.8125rem;font-weight:600;border-top:0}
tbody th{font-weight:600}
td ul{list-style:none;margin:0;padding:0}
time,.num{white-space:nowrap}
.state{display:inline-block;white-space:nowrap;padding:0 .5rem;border-radius:1rem;
font-size:.8125rem;font-weight:600;color:var(--none);background:var(--none-bg)}
.removed,.blocked,.down{color:var(--bad);background:var(--bad-bg)}
.redirected,.suspect,.throttled{color:var(--warn);background:var(--warn-bg)}
.available{color:var(--ok);background:var(--ok-bg)}
footer ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}
@media (max-width:44rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%)}tr{display:block;border-top:1px solid var(--line);padding:.5rem 0}
th,td{display:block;border:0;padding:.1rem 0}
td:empty{display:none}
td[data-label]::before{content:attr(data-label) ": ";color:var(--dim);font-size:.8125rem}}
)css";

}  // namespace together
