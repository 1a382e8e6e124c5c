// The status page: HTML made on the server, without a script.
#include "exporter/web/status_page.h"

#include "exporter/core/duration.h"
#include "exporter/web/html.h"
#include "exporter/web/retirement_tables.h"
#include "exporter/web/status_models.h"
#include "exporter/web/status_style.h"
#include "exporter/web/status_tables.h"

namespace together {
namespace {

std::string head() {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>together-exporter</title><style>";
  return out.append(kStatusStyle).append("</style></head><body>\n");
}

std::string header(const StatusView& view) {
  std::string out =
      "<a class=\"skip\" href=\"#main\">Skip to the models</a>\n"
      "<header><h1>together-exporter</h1>\n<p class=\"dim\">" +
      html_text(view.version) + " watches " + html_text(view.upstream) + ", started " +
      html_age(view.started, view.now) + ". As of <time>" + format_time(view.now) + "</time>. " +
      html_link("Look again", "/") + "</p>\n<nav aria-label=\"More\"><ul>";
  for (const auto& link : view.links) out += "<li>" + html_link(link.text, link.href) + "</li>";
  return out + "</ul></nav>\n" + alarm_lines(view) + state_counts(view) + "</header>\n";
}

}  // namespace

std::string render_status_page(const StatusView& view) {
  return head() + header(view) + "<main id=\"main\" tabindex=\"-1\">\n" + model_table(view) +
         retirement_table(view) + event_table(view) + source_table(view) +
         "<div class=\"pair\">\n" + list_table(view) + budget_section(view) + "</div>\n" +
         probe_table(view) + "</main>\n</body></html>\n";
}

}  // namespace together
