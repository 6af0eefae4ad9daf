using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>JSON-LD: what the page is about, in schema.org's words. Says only what the facts say.</summary>
internal static class StructuredData
{
    public static string For(SiteModel model, SitePage page)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        // The default encoder escapes < and &, so that nothing can end the script element.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org");
            json.WriteStartArray("@graph");
            if (page.Kind == PageKind.Landing) Project(json, model);
            else Article(json, model, page);
            if (page.Kind == PageKind.Document) Breadcrumbs(json, model, page);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Project(Utf8JsonWriter json, SiteModel model)
    {
        var facts = model.Facts;
        json.WriteStartObject();
        json.WriteString("@type", facts.Category.Value is ProjectCategory.Application or ProjectCategory.CommandLineTool or ProjectCategory.Game or ProjectCategory.Service ? "SoftwareApplication" : "SoftwareSourceCode");
        json.WriteString("name", model.Title);
        Optional(json, "description", facts.Summary?.Value);
        Optional(json, "url", model.Absolute(""));
        Optional(json, "codeRepository", facts.Category.Value is ProjectCategory.Application or ProjectCategory.CommandLineTool or ProjectCategory.Game or ProjectCategory.Service ? null : facts.Repository.WebUrl);
        Optional(json, "license", facts.Licence?.Expression is { } licence && !licence.Contains(' ') && !licence.StartsWith("LicenseRef", StringComparison.Ordinal) ? "https://spdx.org/licenses/" + licence + ".html" : null);
        Optional(json, "version", facts.Version?.Value);
        if (facts.Category.Value is not (ProjectCategory.Application or ProjectCategory.CommandLineTool or ProjectCategory.Game or ProjectCategory.Service)) Optional(json, "programmingLanguage", facts.Languages.Count > 0 ? facts.Languages[0].Name : null);
        if (facts.Tags.Count > 0) json.WriteString("keywords", string.Join(", ", facts.Tags.Select(tag => tag.Value)));
        json.WriteString("dateModified", facts.Repository.CommittedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void Article(Utf8JsonWriter json, SiteModel model, SitePage page)
    {
        json.WriteStartObject();
        json.WriteString("@type", page.Kind == PageKind.Document ? "TechArticle" : "WebPage");
        json.WriteString(page.Kind == PageKind.Document ? "headline" : "name", page.Title);
        if (page.Description.Length > 0) json.WriteString("description", page.Description);
        json.WriteString("inLanguage", page.Language);
        Optional(json, "url", model.Absolute(page.Url));
        json.WriteEndObject();
    }

    private static void Breadcrumbs(Utf8JsonWriter json, SiteModel model, SitePage page)
    {
        if (model.BaseUrl is null) return;
        json.WriteStartObject();
        json.WriteString("@type", "BreadcrumbList");
        json.WriteStartArray("itemListElement");
        var position = 0;
        foreach (var (title, url) in page.Breadcrumbs.Select(crumb => (crumb.Title, crumb.Url)).Append((page.Title, page.Url)))
        {
            json.WriteStartObject();
            json.WriteString("@type", "ListItem");
            json.WriteNumber("position", ++position);
            json.WriteString("name", title);
            json.WriteString("item", model.Absolute(url));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }
}
