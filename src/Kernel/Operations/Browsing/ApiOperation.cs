using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rialto.Kernel;

/// <summary>One operation on the page.</summary>
internal static class ApiOperation
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the filter looks in, in small letters.</summary>
    public static string Words(JsonObject operation) => string.Join(' ',
        ((string[])["name", "method", "path", "permission", "summary"]).Select(field => ApiPage.Text(operation, field))
            .Concat(Refusals(operation).Select(refusal => ApiPage.Text(refusal, "code")))).ToLowerInvariant();

    public static void Append(StringBuilder html, JsonObject operation, Wording say, string server, bool isShown)
    {
        var (name, method, path) = (ApiPage.Text(operation, "name"), ApiPage.Text(operation, "method"), ApiPage.Text(operation, "path"));
        html.Append($"<details id=\"{E(name)}\" data-words=\"{E(Words(operation))}\"{(isShown ? "" : " hidden")}><summary><span class=\"method {E(method)}\">{E(method)}</span> <code>{E(path)}</code> <strong dir=\"ltr\">{E(name)}</strong> <span class=\"what\" lang=\"en\" dir=\"auto\">{E(ApiPage.Text(operation, "summary"))}</span></summary><div class=\"inside\">\n");
        AppendFacts(html, operation, say);
        AppendInput(html, operation, say);
        html.Append($"<h3>{say.Html("api.try")}</h3><pre tabindex=\"0\"><code>{E(Curl(operation, server))}</code></pre>\n");
        AppendRefusals(html, operation, say);
        AppendSchema(html, say.Html("api.schema.input"), operation["input"]);
        if (operation["answer"] is { } answer) AppendSchema(html, say.Html("api.schema.answer"), answer);
        html.Append("</div></details>\n");
    }

    /// <summary>A command for a shell that does the operation with the example, to be filled in where there are braces.</summary>
    internal static string Curl(JsonObject operation, string server)
    {
        var (method, path) = (ApiPage.Text(operation, "method"), ApiPage.Text(operation, "path").Replace(":guid", "", StringComparison.Ordinal));
        var line = new StringBuilder("curl ");
        if (method != "GET") line.Append($"-X {method} ");
        line.Append($"'{server}{path}'");
        if (operation["open"]?.GetValue<bool>() != true) line.Append(" \\\n  -H \"Authorization: Bearer $RIALTO_TOKEN\"");
        if (operation["changes"]?.GetValue<bool>() == true) line.Append(" \\\n  -H \"Idempotency-Key: $(uuidgen)\"");
        if (operation["example"] is { } example) line.Append(" \\\n  -H 'Content-Type: application/json' \\\n  -d '").Append(example.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("'", @"'\''", StringComparison.Ordinal)).Append('\'');
        return line.ToString();
    }

    private static void AppendFacts(StringBuilder html, JsonObject operation, Wording say)
    {
        html.Append("<p class=\"facts\">");
        html.Append(operation["open"]?.GetValue<bool>() == true ? $"<span>{say.Html("api.open")}</span>" : $"<span>{say.Html("api.permission")} <code>{E(ApiPage.Text(operation, "permission"))}</code></span>");
        html.Append($"<span>{say.Html(operation["changes"]?.GetValue<bool>() == true ? "api.changes" : "api.reads")}</span>");
        if (operation["needsConfirmation"]?.GetValue<bool>() == true) html.Append($"<span>{say.Html("api.confirm")}</span>");
        html.Append("</p>\n");
    }

    private static void AppendInput(StringBuilder html, JsonObject operation, Wording say)
    {
        if (operation["input"]?["properties"] is not JsonObject { Count: > 0 } fields) return;
        var required = operation["input"]!["required"]?.AsArray().Select(name => name!.ToString()).ToHashSet() ?? [];
        html.Append($"<h3>{say.Html("api.input")}</h3><div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">{say.Html("api.field")}</th><th scope=\"col\">{say.Html("api.type")}</th><th scope=\"col\">{say.Html("api.note")}</th></tr></thead><tbody>\n");
        foreach (var (name, schema) in fields)
            html.Append($"<tr><td><code>{E(name)}</code></td><td><code>{E(TypeOf(schema))}</code></td><td>{(required.Contains(name) ? say.Html("api.required") : "")} <span lang=\"en\">{E(schema is JsonObject known ? ApiPage.Text(known, "description") : "")}</span></td></tr>\n");
        html.Append("</tbody></table></div>\n");
    }

    private static void AppendRefusals(StringBuilder html, JsonObject operation, Wording say)
    {
        html.Append($"<h3>{say.Html("api.refusals")}</h3><div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">{say.Html("api.code")}</th><th scope=\"col\">{say.Html("api.status")}</th><th scope=\"col\">{say.Html("api.when")}</th></tr></thead><tbody>\n");
        foreach (var refusal in Refusals(operation))
            html.Append($"<tr><td><code>{E(ApiPage.Text(refusal, "code"))}</code></td><td>{E(ApiPage.Text(refusal, "status"))}</td><td lang=\"en\" dir=\"auto\">{E(ApiPage.Text(refusal, "when"))}</td></tr>\n");
        html.Append("</tbody></table></div>\n");
    }

    private static void AppendSchema(StringBuilder html, string title, JsonNode? schema) =>
        html.Append($"<details class=\"inner\"><summary>{title}</summary><pre tabindex=\"0\"><code>{E(schema?.ToJsonString(Indented) ?? "{}")}</code></pre></details>\n");

    private static string TypeOf(JsonNode? schema) => schema switch
    {
        JsonObject known when known["enum"] is JsonArray choices => string.Join(" | ", choices.Select(choice => choice?.ToString() ?? "null")),
        JsonObject known when known["type"] is JsonArray types => string.Join(" | ", types.Select(type => type!.ToString())),
        JsonObject known when known["type"] is { } type => type + (known["format"] is { } format ? $" ({format})" : ""),
        _ => "any",
    };

    private static IEnumerable<JsonObject> Refusals(JsonObject operation) => operation["refusals"]?.AsArray().Select(one => one!.AsObject()) ?? [];

    private static string E(string text) => ApiPage.Encode(text);
}
