using System.Text;
using System.Text.Json.Nodes;
using Dapper;

namespace Rialto.Kernel;

/// <summary>Settings as one organisation has them: its own value where it may set one and has, the server's otherwise.</summary>
public sealed class TenantSettings(SettingLayers layers, FieldCipher cipher)
{
    private const string Table = "kernel.settings";

    /// <summary>Announced when a setting changed; says which, never what.</summary>
    public static EventKind<SettingChanged> Changed { get; } = new("settings.changed", KernelJson.Default.SettingChanged);

    /// <summary>The value that holds for the session's tenant.</summary>
    public async Task<T> GetAsync<T>(TenantSession session, Setting<T> setting, CancellationToken cancel = default)
    {
        if (!setting.ByTenant) return layers.Get(setting);
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string? Value, byte[]? Secret)?>(new CommandDefinition(
            "select value::text, secret from kernel.settings where tenant_id = kernel.current_tenant() and name = @Name", new { setting.Name }, cancellationToken: cancel));
        if (row is null) return layers.Get(setting);
        var text = row.Value.Secret is { } secret ? Encoding.UTF8.GetString(await cipher.DecryptAsync(session, At(setting), secret, cancel)) : row.Value.Value!;
        return setting.Read(JsonNode.Parse(text));
    }

    /// <summary>The server's value, whatever organisations have set: to tell apart what is whose.</summary>
    public T OfServer<T>(Setting<T> setting) => layers.Get(setting);

    /// <summary>Sets a value for the session's tenant, from now on.</summary>
    /// <exception cref="Refusal"><c>settings.unknown</c>, <c>settings.invalid</c>, <c>settings.not_yours</c>.</exception>
    public async Task SetAsync(TenantSession session, string name, JsonNode? value, CancellationToken cancel = default)
    {
        var setting = RequireOwn(name);
        setting.Require(value);
        var json = value!.ToJsonString();
        var secret = setting.IsSecret ? await cipher.EncryptAsync(session, At(setting), Encoding.UTF8.GetBytes(json), cancel) : null;
        var open = setting.IsSecret ? null : json;
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into kernel.settings (name, value, secret, changed_by) values (@name, @open::jsonb, @secret, @Actor)
            on conflict (tenant_id, name) do update set value = excluded.value, secret = excluded.secret, changed_at = now(), changed_by = excluded.changed_by
            """, new { name, open, secret, session.Actor }, cancellationToken: cancel));
        await RememberAsync(session, name, open, isReset: false, cancel);
    }

    /// <summary>Back to the server's value.</summary>
    /// <exception cref="Refusal"><c>settings.unknown</c>, <c>settings.not_yours</c>.</exception>
    public async Task ResetAsync(TenantSession session, string name, CancellationToken cancel = default)
    {
        RequireOwn(name);
        if (await session.Connection.ExecuteAsync(new CommandDefinition(
            "delete from kernel.settings where tenant_id = kernel.current_tenant() and name = @name", new { name }, cancellationToken: cancel)) > 0)
            await RememberAsync(session, name, null, isReset: true, cancel);
    }

    /// <summary>Every setting an organisation may see, with the value that holds and where it is from. Secrets show only that they are set.</summary>
    internal async Task<IReadOnlyList<SettingView>> ListAsync(TenantSession session, CancellationToken cancel)
    {
        var own = (await session.Connection.QueryAsync<(string Name, string? Value)>(new CommandDefinition(
            "select name, value::text from kernel.settings where tenant_id = kernel.current_tenant()", cancellationToken: cancel))).ToDictionary(row => row.Name, row => row.Value);
        return [.. layers.All.Values.Where(setting => setting.ByTenant).OrderBy(setting => setting.Name, StringComparer.Ordinal).Select(setting =>
        {
            var (value, from) = layers.Find(setting);
            var isOwn = own.TryGetValue(setting.Name, out var text);
            if (isOwn) value = text is null ? null : JsonNode.Parse(text);
            return new SettingView
            {
                Name = setting.Name, Summary = setting.Summary, IsSecret = setting.IsSecret, IsSet = isOwn || from != "default",
                // Where on the server a value is written is nobody's business outside.
                From = isOwn ? "organisation" : from == "default" ? from : "server", Value = setting.IsSecret ? null : value?.DeepClone(),
            };
        })];
    }

    private Setting RequireOwn(string name) => layers.Require(name) is { ByTenant: true } setting
        ? setting
        : throw new Refusal("settings.not_yours", $"{name} is set by who runs the server.", 403) { Details = new Dictionary<string, string> { ["setting"] = name } };

    private static async Task RememberAsync(TenantSession session, string name, string? open, bool isReset, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "insert into kernel.setting_changes (name, value, is_reset, changed_by) values (@name, @open::jsonb, @isReset, @Actor)", new { name, open, isReset, session.Actor }, cancellationToken: cancel));
        await session.AnnounceAsync(Changed, new SettingChanged { Name = name, IsReset = isReset }, $"setting:{name}", cancel);
    }

    private static FieldAddress At(Setting setting) => new(Table, setting.Name, "secret");
}

/// <summary>Which setting changed.</summary>
public sealed record SettingChanged
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>True when it went back to the server's value.</summary>
    public required bool IsReset { get; init; }
}
