using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Targets as rows; their keys encrypted.</summary>
internal sealed class TargetStore(IEnumerable<ITargetDriver> drivers, FieldCipher cipher, PublishingOptions options)
{
    private const int LongestSetting = 500;

    private const string Columns = """
        t.id, t.name, t.kind, t.settings::text as Settings, t.is_enabled as IsEnabled, t.secret is not null as HasSecret, t.created_at as CreatedAt,
        d.state as LastState, d.release_id as LastRelease, d.url as LastUrl, d.error as LastError, d.created_at as LastAt
        from publishing.targets t left join lateral (select * from publishing.deployments d where d.tenant_id = t.tenant_id and d.target_id = t.id order by d.created_at desc limit 1) d on true
        """;

    /// <summary>Where a target's key stands.</summary>
    public static FieldAddress SecretAt(Guid target) => new("publishing.targets", target.ToString("D"), "secret");

    public async Task<TargetInfo> AddAsync(TenantSession session, Guid site, AddTarget request, CancellationToken cancel)
    {
        var driver = Check(request.Kind, request.Settings);
        if (driver.NeedsSecret && string.IsNullOrEmpty(request.Secret)) throw Invalid($"A target of the kind {request.Kind} needs its secret.");
        var id = Guid.CreateVersion7();
        var secret = string.IsNullOrEmpty(request.Secret) ? null : await cipher.EncryptAsync(session, SecretAt(id), Encoding.UTF8.GetBytes(request.Secret), cancel);
        try
        {
            await session.Connection.ExecuteAsync(new CommandDefinition("insert into publishing.targets (id, site_id, kind, name, settings, secret) values (@id, @site, @Kind, @Name, @settings::jsonb, @secret)",
                new { id, site, request.Kind, request.Name, settings = Json(request.Settings), secret }, cancellationToken: cancel));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new Refusal("targets.known", $"The site has a target called {request.Name} already.", 409);
        }
        return await FindAsync(session, site, request.Name, cancel);
    }

    public async Task<TargetInfo> ChangeAsync(TenantSession session, Guid site, TargetInfo target, ChangeTarget request, CancellationToken cancel)
    {
        if (request.Settings is not null) Check(target.Kind, request.Settings);
        var secret = string.IsNullOrEmpty(request.Secret) ? null : await cipher.EncryptAsync(session, SecretAt(target.Id), Encoding.UTF8.GetBytes(request.Secret), cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update publishing.targets set is_enabled = coalesce(@IsEnabled, is_enabled), settings = coalesce(@settings::jsonb, settings), secret = coalesce(@secret, secret) where tenant_id = @tenant and id = @Id",
            new { request.IsEnabled, settings = request.Settings is null ? null : Json(request.Settings), secret, tenant = session.Tenant.Value, target.Id }, cancellationToken: cancel));
        return await FindAsync(session, site, target.Name, cancel);
    }

    /// <exception cref="Refusal"><c>targets.not_found</c>.</exception>
    public static async Task<TargetInfo> FindAsync(TenantSession session, Guid site, string name, CancellationToken cancel) =>
        (await ReadAsync(session, "and t.name = @name", new { tenant = session.Tenant.Value, site, name }, cancel)).SingleOrDefault() ?? throw new Refusal("targets.not_found", "The site has no such target.", 404);

    public static Task<IReadOnlyList<TargetInfo>> ListAsync(TenantSession session, Guid site, CancellationToken cancel) => ReadAsync(session, "", new { tenant = session.Tenant.Value, site }, cancel);

    private static async Task<IReadOnlyList<TargetInfo>> ReadAsync(TenantSession session, string condition, object values, CancellationToken cancel) =>
        [.. (await session.Connection.QueryAsync<Row>(new CommandDefinition($"select {Columns} where t.tenant_id = @tenant and t.site_id = @site {condition} order by t.name", values, cancellationToken: cancel))).Select(row => new TargetInfo
        {
            Id = row.Id, Name = row.Name, Kind = row.Kind, Settings = JsonSerializer.Deserialize(row.Settings, PublishingJson.Default.DictionaryStringString)!, IsEnabled = row.IsEnabled, HasSecret = row.HasSecret,
            CreatedAt = row.CreatedAt, LastState = row.LastState, LastRelease = row.LastRelease, LastUrl = row.LastUrl, LastError = row.LastError, LastAt = row.LastAt,
        })];

    private ITargetDriver Check(string kind, Dictionary<string, string> settings)
    {
        var driver = drivers.FirstOrDefault(one => one.Kind == kind) ?? throw Invalid($"There is no target of the kind {kind}.");
        var (required, optional) = driver.Settings;
        if (required.FirstOrDefault(name => string.IsNullOrWhiteSpace(settings.GetValueOrDefault(name))) is { } missing) throw Invalid($"A target of the kind {kind} needs the setting {missing}.");
        if (settings.Keys.FirstOrDefault(name => !required.Contains(name) && !optional.Contains(name)) is { } unknown) throw Invalid($"A target of the kind {kind} has no setting {unknown}; it knows {string.Join(", ", required.Concat(optional))}.");
        foreach (var (name, value) in settings)
        {
            if (value.Length > LongestSetting || value.Any(char.IsControl)) throw Invalid($"The setting {name} is too long or holds what it may not.");
            if (name is "endpoint" or "url" && value.Length > 0 && !(Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0)) throw Invalid($"The setting {name} is an https address.");
            if (name == "repository" && !options.AllowsLocalTargets && !value.StartsWith("https://", StringComparison.Ordinal) && !value.StartsWith("ssh://", StringComparison.Ordinal)) throw Invalid("The setting repository is an https:// or ssh:// address.");
        }
        return driver;
    }

    private static string Json(Dictionary<string, string> settings) => JsonSerializer.Serialize(settings, PublishingJson.Default.DictionaryStringString);

    private static Refusal Invalid(string words) => new("targets.settings_invalid", words, 422);

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Settings { get; init; } = "";

        public bool IsEnabled { get; init; }

        public bool HasSecret { get; init; }

        public DateTime CreatedAt { get; init; }

        public string? LastState { get; init; }

        public Guid? LastRelease { get; init; }

        public string? LastUrl { get; init; }

        public string? LastError { get; init; }

        public DateTime? LastAt { get; init; }
    }
}

/// <summary>A target as people see it; its key is never shown.</summary>
internal sealed record TargetInfo
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Off: what goes live is not carried there by itself.</summary>
    public required bool IsEnabled { get; init; }

    public required bool HasSecret { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>State of the latest deployment: <c>waiting</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>superseded</c>.</summary>
    public string? LastState { get; init; }

    public Guid? LastRelease { get; init; }

    public string? LastUrl { get; init; }

    public string? LastError { get; init; }

    public DateTime? LastAt { get; init; }
}

/// <summary>A release carried to a target, or on its way.</summary>
internal sealed record DeploymentInfo
{
    public required Guid Id { get; init; }

    public required Guid Release { get; init; }

    /// <summary><c>build</c>, <c>rollback</c>, <c>promote</c>, <c>pin</c>, <c>added</c> or <c>retry</c>.</summary>
    public required string Reason { get; init; }

    public required string State { get; init; }

    public string? Url { get; init; }

    /// <summary>What the place calls it.</summary>
    public string? RemoteId { get; init; }

    public int? Files { get; init; }

    /// <summary>Files that had to be sent.</summary>
    public int? Uploaded { get; init; }

    public long? UploadedBytes { get; init; }

    public string? ErrorCode { get; init; }

    public string? Error { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? FinishedAt { get; init; }
}
