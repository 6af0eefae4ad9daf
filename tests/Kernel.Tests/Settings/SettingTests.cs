using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class SettingTests : IAsyncLifetime
{
    private static readonly Setting<string> Tone = Settings.Choice("notes.tone", "plain", "Tone of notes.", "plain", "warm") with { ByTenant = true };
    private static readonly Setting<long> Most = Settings.Number("notes.most", 10, "Most notes.", 1, 100) with { ByTenant = true };
    private static readonly Setting<string> Password = Settings.Text("notes.password", "", "Password of the archive.") with { ByTenant = true, IsSecret = true };
    private static readonly Setting<bool> Closed = Settings.Flag("notes.closed", false, "No new notes.");
    private static readonly Setting[] All = [Tone, Most, Password, Closed];

    private readonly string folder = Directory.CreateTempSubdirectory("rialto-settings-").FullName;
    private readonly TenantId ada = TenantId.New(), bob = TenantId.New();
    private readonly Dictionary<string, string> environment = new() { ["RIALTO_NOTES__MOST"] = "20" };
    private TestDatabase test = null!;
    private TestHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string SettingsFile => Path.Combine(folder, "rialto.settings.json");

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(SettingsFile, """{ "notes": { "tone": "warm", "most": 15 }, "notes.closed": true }""");
        test = await TestDatabase.CreateAsync();
        host = await TestHost.StartAsync(test.Database, _ => { }, services =>
        {
            foreach (var setting in All) services.AddSingleton<Setting>(setting);
            services.AddKernelSettings(RootKeys.Open(Path.Combine(folder, "root.key")), SettingsFile, name => environment.GetValueOrDefault(name));
        });
    }

    [Fact]
    public void The_environment_goes_over_the_file_and_the_file_over_the_default()
    {
        var layers = host.Services.GetRequiredService<SettingLayers>();
        (layers.Get(Tone), layers.Get(Most), layers.Get(Closed), layers.Get(Password)).ShouldBe(("warm", 20, true, ""));
    }

    [Theory]
    [InlineData("""{ "notes": { "tone": "cold" } }""", "settings.invalid", "notes.tone takes one of plain, warm.")]
    [InlineData("""{ "notes": { "most": 1.5 } }""", "settings.invalid", "notes.most takes a whole number from 1 to 100.")]
    [InlineData("""{ "notes": { "most": "7" } }""", "settings.invalid", "notes.most")]
    [InlineData("""{ "notes": { "closed": null } }""", "settings.invalid", "notes.closed takes true or false.")]
    [InlineData("""{ "notes": { "colour": "red" } }""", "settings.unknown", "notes.colour")]
    [InlineData("""{ "notes": """, "settings.file_invalid", "rialto.settings.json")]
    [InlineData("[]", "settings.file_invalid", "rialto.settings.json")]
    public void A_wrong_file_is_refused_with_its_key(string json, string code, string words)
    {
        File.WriteAllText(SettingsFile, json);
        var refusal = Should.Throw<Refusal>(() => SettingLayers.Read(All, SettingsFile, _ => null));
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldContain(words);
    }

    [Fact]
    public void A_wrong_variable_is_refused_with_the_name_of_its_setting() =>
        Should.Throw<Refusal>(() => SettingLayers.Read(All, null, name => name == "RIALTO_NOTES__MOST" ? "many" : null)).Message.ShouldContain("notes.most");

    [Fact]
    public async Task An_organisation_sets_its_own_value_and_nobody_elses_changes()
    {
        using var client = host.As("ada", ada, "settings.*");
        (await Put(client, "notes.tone", "\"plain\"")).Status.ShouldBe(204);
        ((await Get(ada, Tone)), (await Get(bob, Tone))).ShouldBe(("plain", "warm"));
        var listed = await Read(client, "/api/v1/settings");
        var notes = listed["items"]!.AsArray().Where(one => one!["name"]!.ToString().StartsWith("notes.", StringComparison.Ordinal)).ToArray();
        notes.Select(one => one!["name"]!.ToString()).ShouldBe(["notes.most", "notes.password", "notes.tone"]);
        notes[2]!["from"]!.ToString().ShouldBe("organisation");
        notes[0]!["from"]!.ToString().ShouldBe("server");
        using (var answer = await client.PostAsync("/api/v1/settings/notes.tone/reset", null, Cancel)) ((int)answer.StatusCode).ShouldBe(204);
        (await Get(ada, Tone)).ShouldBe("warm");
        var changes = (await Read(client, "/api/v1/settings/changes?name=notes.tone"))["items"]!.AsArray();
        changes.Select(one => (one!["isReset"]!.GetValue<bool>(), one["value"]?.ToString(), one["changedBy"]!.ToString())).ShouldBe([(true, null, "key:ada"), (false, "plain", "key:ada")]);
    }

    [Theory]
    [InlineData("notes.tone", "\"cold\"", 400, "settings.invalid")]
    [InlineData("notes.most", "0", 400, "settings.invalid")]
    [InlineData("notes.most", "null", 400, "settings.invalid")]
    [InlineData("notes.most", "{}", 400, "settings.invalid")]
    [InlineData("notes.closed", "true", 403, "settings.not_yours")]
    [InlineData("notes.colour", "1", 404, "settings.unknown")]
    public async Task What_does_not_fit_is_refused_and_names_the_setting(string name, string json, int status, string code)
    {
        using var client = host.As("ada", ada, "settings.*");
        var (answered, body) = await Put(client, name, json);
        (answered, body!["code"]!.ToString(), body["details"]!["setting"]!.ToString()).ShouldBe((status, code, name));
    }

    [Fact]
    public async Task A_secret_is_used_and_never_seen_again()
    {
        using var client = host.As("ada", ada, "settings.*");
        (await Put(client, "notes.password", "\"swordfish\"")).Status.ShouldBe(204);
        (await Get(ada, Password)).ShouldBe("swordfish");
        var view = (await Read(client, "/api/v1/settings"))["items"]!.AsArray().Single(one => one!["name"]!.ToString() == "notes.password")!;
        (view["isSet"]!.GetValue<bool>(), view["value"]).ShouldBe((true, null));
        (await Read(client, "/api/v1/settings/changes")).ToJsonString().ShouldNotContain("swordfish");
        await using var super = await test.OpenSuperAsync();
        foreach (var table in await super.QueryAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'kernel'"))
            foreach (var row in await super.QueryAsync<string>($"select row_to_json(one)::text from {table} one"))
            {
                row.ShouldNotContain("swordfish");
                row.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes("swordfish")));
            }
        await super.ExecuteAsync("insert into kernel.settings (tenant_id, name, secret, changed_by) select @Value, name, secret, '' from kernel.settings", new { bob.Value });
        (await Should.ThrowAsync<Refusal>(() => Get(bob, Password))).Code.ShouldBe("encryption.unreadable");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<T> Get<T>(TenantId tenant, Setting<T> setting)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        return await host.Services.GetRequiredService<TenantSettings>().GetAsync(session, setting, Cancel);
    }

    private static async Task<(int Status, JsonNode? Body)> Put(HttpClient client, string name, string json)
    {
        using var answer = await client.PutAsync($"/api/v1/settings/{name}", new StringContent($$"""{"value":{{json}}}""", Encoding.UTF8, "application/json"), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private static async Task<JsonNode> Read(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path, Cancel))!;
}
