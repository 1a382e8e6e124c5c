// The status page's style sheet. Who edits it renews the hash in status_page.h: the test
// StatusPage.PolicyNamesTheHashOfItsStyle says which.
#pragma once

#include <string_view>

namespace together {

inline constexpr std::string_view kStatusStyle = R"css(
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1c2430;--dim:#5b6675;--line:#dde2e9;
--link:#0b57b0;--bad:#b3261e;--bad-bg:#fde9e7;--warn:#8a5200;--warn-bg:#fff1d9;--ok:#17663a;
--ok-bg:#e2f4e8;--none:#4d5866;--none-bg:#e9edf2;--good:#3d9a63;--odd:#c27a0e}
@media screen and (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1b2129;--ink:#e6eaf0;
--dim:#9aa6b5;--line:#303945;--link:#8ab8ff;--bad:#ffb4ab;--bad-bg:#4a1a17;--warn:#ffcf88;
--warn-bg:#43300f;--ok:#8fdcaa;--ok-bg:#12381f;--none:#c3ccd8;--none-bg:#2b333e;--good:#58b57f;
--odd:#e0a144}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
header,main{max-width:100rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
header{padding-bottom:0}
main:focus{outline:0}
h1{margin:0;font-size:1.5rem}
h2{margin:0;font-size:1.0625rem;font-weight:600;padding:.75rem 0 .25rem}
p{margin:.25rem 0}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:.125rem}
.skip:not(:focus),.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.skip{display:inline-block;margin:.5rem 1rem;padding:.25rem .75rem;background:var(--card)}
.dim{color:var(--dim);font-size:.875rem}
.runbook{white-space:nowrap;font-size:.875rem;font-weight:400}
.alarm{margin:.75rem 0 0;padding:.75rem 1rem;border:2px solid currentColor;border-radius:.5rem;
background:var(--bad-bg);color:var(--bad);font-size:1.0625rem}
.alarm a{color:inherit}
nav ul,.counts{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.25rem 0;padding:0}
nav a{display:inline-block;padding:.125rem 0}
.counts{gap:.5rem;margin:1rem 0 0}
section{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:0 0 1rem;
padding:0 1rem .5rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 1rem;
align-items:start}
table{width:100%;border-collapse:collapse}
caption{text-align:left}
th,td{text-align:left;vertical-align:top;min-width:5.5rem;padding:.4rem .75rem .4rem 0;
border-top:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--dim);font-size:.8125rem;font-weight:600;border-top:0}
tbody th{font-weight:600}
td ul{list-style:none;margin:0;padding:0}
dl{margin:0}
dl div{display:flex;flex-wrap:wrap;gap:0 .75rem;padding:.4rem 0;border-top:1px solid var(--line)}
dt{color:var(--dim);min-width:9rem}
dd{margin:0}
time,.num{white-space:nowrap}
.strip{display:block;max-width:100%;margin:.2rem 0 .35rem}
.good{fill:var(--good)}
.odd{fill:var(--odd)}
.bad{fill:var(--bad)}
.state{display:inline-block;white-space:nowrap;padding:0 .5rem;border-radius:1rem;
font-size:.8125rem;font-weight:600;color:var(--none);background:var(--none-bg)}
.removed,.blocked,.down{color:var(--bad);background:var(--bad-bg)}
.redirected,.suspect,.throttled{color:var(--warn);background:var(--warn-bg)}
.available{color:var(--ok);background:var(--ok-bg)}
@media (min-width:75rem),print{.models-table tbody th{width:14%}
.models-table th,.models-table td{min-width:8.5rem}
.models-table td:nth-child(3){width:18%}.models-table td:nth-child(4){min-width:11.5rem}}
@media screen and (max-width:75rem){.models-table thead{position:absolute;width:1px;height:1px;
overflow:hidden;clip-path:inset(50%)}
.models-table tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr));
gap:.25rem 1.5rem;border-top:1px solid var(--line);padding:.75rem 0}
.models-table th,.models-table td{display:block;min-width:0;border:0;padding:0}
.models-table tbody th{grid-column:1/-1;font-size:1.0625rem}
.models-table td:empty{display:none}
.models-table td[data-label]::before{content:attr(data-label);display:block;color:var(--dim);
font-size:.8125rem}}
@media screen and (max-width:44rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%)}tr{display:block;border-top:1px solid var(--line);padding:.5rem 0}
th,td{display:block;min-width:0;border:0;padding:.1rem 0}
td:empty{display:none}
td[data-label]::before{content:attr(data-label) ": ";color:var(--dim);font-size:.8125rem}}
@media (forced-colors:active){.strip path{fill:CanvasText}.state{border:1px solid}}
@media print{:root{--bg:#fff;font-size:10px}body{font-size:10px}nav,.skip,.runbook{display:none}
section{border:0;padding:0}
tr{break-inside:avoid}.state{border:1px solid}.strip{print-color-adjust:exact}}
)css";

}  // namespace together
