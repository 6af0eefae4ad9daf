using System.Text.Json.Nodes;

namespace Rialto.Server.Tests.Wall;

/// <summary>How to make one of each kind of thing that an operation can name. A new kind of path or id field is a line here.</summary>
internal static class Things
{
    /// <summary>Path template up to the part → makes the thing for a side and returns what names it; earlier parts are given.</summary>
    public static IReadOnlyDictionary<string, Func<Side, IReadOnlyDictionary<string, string>, Task<string>>> ByPath { get; } = new Dictionary<string, Func<Side, IReadOnlyDictionary<string, string>, Task<string>>>
    {
        ["/api/v1/audit/{id}"] = async (side, _) =>
        {
            await side.PostAsync("/api/v1/settings/audit.keep_days", """{"value":0}""", "PUT");
            return await side.SqlAsync("select id from kernel.audit_rows order by id desc limit 1");
        },
        ["/api/v1/identity/apps/{id}"] = async (side, _) => (await side.PostAsync("/api/v1/identity/apps", """{"name":"wall","redirectUris":[],"scopes":["jobs.read"],"isConfidential":true}"""))["app"]!["id"]!.ToString(),
        ["/api/v1/gateway/routes/{id}"] = async (side, _) => (await side.PostAsync("/api/v1/gateway/routes", $$"""{"name":"{{Word()}}","targets":["https://wall.invalid"]}"""))["id"]!.ToString(),
        ["/api/v1/identity/keys/{id}"] = async (side, _) => (await side.PostAsync("/api/v1/identity/keys", """{"name":"wall","scopes":["jobs.read"]}"""))["key"]!["id"]!.ToString(),
        ["/api/v1/identity/members/{id}"] = (side, _) => side.SqlAsync("insert into identity.members (kind, account_id, name, email, role, created_by) values ('person', uuidv7(), 'wall', 'wall@wall.invalid', 'viewer', 'wall') returning id"),
        ["/api/v1/identity/invitations/{id}"] = (side, _) => side.SqlAsync("insert into identity.invitations (email, role, created_by, created_at, expires_at) values ('wall@wall.invalid', 'viewer', 'wall', now(), now() + interval '7 days') returning id"),
        ["/api/v1/jobs/{id}"] = (side, _) => side.SqlAsync("insert into kernel.jobs (queue, kind, payload, priority, max_attempts, timeout_seconds, state) values ('default', 'wall.thing', '{}', 10, 1, 1, 'failed') returning id"),
        ["/api/v1/ledger/accounts/{code}"] = (side, _) => AccountAsync(side),
        ["/api/v1/ledger/budgets/{code}"] = async (side, _) => await side.SqlAsync("""
            with made as (insert into ledger.budgets (code, name, currency, total, source) values (@code, 'wall', 'EUR', 100, 'wall') returning id, code),
              part as (insert into ledger.budget_allocations (budget_id, number, name, account, amount) select id, 0, 'core', 'wall', 100 from made)
            select code from made
            """, new { code = Word() }),
        ["/api/v1/ledger/transfers/{id}"] = async (side, _) =>
        {
            var (from, to, key) = (await AccountAsync(side), await AccountAsync(side), Word());
            await side.PostAsync("/api/v1/ledger/transfers", $$"""
                {"transfers":[{"key":"{{key}}","legs":[{"account":"{{from}}","side":"debit","amountMinor":1000,"currency":"EUR"},{"account":"{{to}}","side":"credit","amountMinor":1000,"currency":"EUR"}]}]}
                """);
            return await side.SqlAsync("select id from ledger.transfers where key = @key", new { key });
        },
        ["/api/v1/payments/quotes/{id}"] = async (side, _) => (await side.PostAsync("/api/v1/payments/quotes", """{"amountMinor":10000,"currency":"USD"}"""))["id"]!.ToString(),
        ["/api/v1/publishing/sites/{name}"] = (side, _) => SiteAsync(side),
        ["/api/v1/publishing/sites/{name}/releases/{release}"] = (side, made) => ReleaseAsync(side, made["name"]),
        ["/api/v1/publishing/sites/{name}/previews/{label}"] = async (side, made) =>
        {
            var release = await ReleaseAsync(side, made["name"]);
            return await side.SqlAsync("insert into publishing.previews (site_id, label, kind, ref, release_id, sequence) select site_id, @label, 'branch', 'wall', id, 1 from publishing.releases where id = @release::uuid returning label", new { label = Word(), release });
        },
        ["/api/v1/publishing/sites/{name}/domains/{domain}"] = (side, made) =>
            side.SqlAsync("insert into publishing.domains (site_id, name, token) select id, @domain, 'wall' from publishing.sites where name = @name returning name", new { name = made["name"], domain = Word() + ".invalid" }),
        ["/api/v1/publishing/sites/{name}/targets/{target}"] = (side, made) =>
            side.SqlAsync("insert into publishing.targets (site_id, kind, name, settings) select id, 'git', @target, '{\"repository\":\"https://wall.invalid/x\",\"branch\":\"pages\"}' from publishing.sites where name = @name returning name", new { name = made["name"], target = Word() }),
        ["/api/v1/publishing/builds/{id}"] = async (side, _) =>
            await side.SqlAsync("insert into publishing.builds (site_id, job_id, branch, sequence, state) select id, uuidv7(), 'wall', 1, 'failed' from publishing.sites where name = @name returning id", new { name = await SiteAsync(side) }),
        ["/api/v1/repositories/{id}"] = (side, _) => side.SqlAsync("insert into repositories.repositories (kind, provider, source, name, hook_secret) values ('url', 'git', @source, 'wall', '\\x00') returning id", new { source = $"https://wall.invalid/{Word()}" }),
    };

    /// <summary>Parts of a path that name no organisation's own thing, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Shared { get; } = new Dictionary<string, string>
    {
        ["/api/v1/ledger/tags/{tag}"] = "a tag is a word that anybody may use; one that nobody here uses sums to nothing",
        ["/api/v1/settings/{name}"] = "settings are named by the platform, and are the same names for everybody",
        ["/api/v1/identity/roles/{name}"] = "a role is a word of each organisation's own; any of them may make one of that name for itself",
        ["/api/v1/identity/passkeys/{id}"] = "a passkey is a person's own, and a key is told so",
        ["/api/v1/identity/sessions/{id}"] = "a session is a person's own; SessionTests asks for other people's",
        ["/api/v1/identity/organisations/{id}"] = "a person's own organisations; SessionTests asks for others",
        ["/api/v1/identity/grants/{id}"] = "a person let the program in; AuthorizationCodeTests asks as another person",
        ["/api/v1/identity/devices/{code}"] = "whoever reads the code on the device's screen may enter it, whatever their organisation",
    };

    /// <summary>Parts of a path that choose a form of the thing before them, with one that there is.</summary>
    public static IReadOnlyDictionary<string, string> Choices { get; } = new Dictionary<string, string>
    {
        ["/api/v1/ledger/accounts/{code}/statement/{form}"] = "csv",
    };

    /// <summary>Operation and field → makes the thing that the field names; the parts of the path are the caller's own.</summary>
    public static IReadOnlyDictionary<string, Func<Side, Task<string>>> ByField { get; } = new Dictionary<string, Func<Side, Task<string>>>
    {
        ["ledger.list_transfers batch"] = side => ByPath["/api/v1/ledger/transfers/{id}"](side, new Dictionary<string, string>()),
        ["ledger.list_transfers reverses"] = side => ByPath["/api/v1/ledger/transfers/{id}"](side, new Dictionary<string, string>()),
        ["publishing.compare_releases from"] = async side => await ReleaseAsync(side, await SiteAsync(side)),
        ["publishing.compare_releases to"] = async side => await ReleaseAsync(side, await SiteAsync(side)),
        ["publishing.deploy release"] = async side => await ReleaseAsync(side, await SiteAsync(side)),
        ["publishing.pin release"] = async side => await ReleaseAsync(side, await SiteAsync(side)),
        ["publishing.rollback release"] = async side => await ReleaseAsync(side, await SiteAsync(side)),
        ["repositories.connect site"] = SiteAsync,
    };

    /// <summary>Operations and fields that name no organisation's own thing, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> SharedFields { get; } = new Dictionary<string, string>
    {
        ["identity.ask_consent clientId"] = "people of any organisation may let a program in",
        ["identity.give_consent clientId"] = "people of any organisation may let a program in",
    };

    /// <summary>What only a person can read, so that a key is refused; asked in the module's own tests.</summary>
    public static IReadOnlySet<string> OfPersons { get; } = new HashSet<string> { "identity.ask_consent", "identity.list_organisations", "identity.list_sessions" };

    /// <summary>Operation → body in place of the catalogue's example, where that is not enough to reach the thing.</summary>
    public static IReadOnlyDictionary<string, string> Bodies { get; } = new Dictionary<string, string>
    {
        ["publishing.build"] = "{}",
        ["publishing.promote"] = """{"label":"wall"}""",
        ["repositories.connect"] = """{"source":"https://wall.invalid/acme/wall"}""",
    };

    /// <summary>Operation → query that it cannot do without.</summary>
    public static IReadOnlyDictionary<string, string> Queries { get; } = new Dictionary<string, string>
    {
        ["publishing.compare_releases"] = "from=0197fc2e-7b1c-7000-8000-000000000001&to=0197fc2e-7b1c-7000-8000-000000000002",
        ["audit.consistency"] = "from=0",
        ["ledger.get_statement"] = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z",
        ["ledger.download_statement"] = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z",
    };

    /// <summary>A name that nobody has.</summary>
    public static string Word() => "wall-" + Guid.NewGuid().ToString("N")[..16];

    /// <summary>What names nothing at all, in the form of <paramref name="like"/>.</summary>
    public static string Unknown(string like) => Guid.TryParse(like, out _) ? Guid.CreateVersion7().ToString() : Word();

    private static async Task<string> AccountAsync(Side side)
    {
        var code = Word();
        await side.PostAsync("/api/v1/ledger/accounts", $$"""{"code":"{{code}}","kind":"liability","currency":"EUR","metadata":{},"tags":[]}""");
        return code;
    }

    private static Task<string> SiteAsync(Side side) =>
        side.SqlAsync("insert into publishing.sites (name, source, secret) values (@name, '/nowhere/wall', '\\x00') returning name", new { name = Word() });

    private static Task<string> ReleaseAsync(Side side, string site) => side.SqlAsync("""
        insert into publishing.releases (site_id, sequence, branch, commit, manifest, files, pages, bytes, theme)
        select id, 1 + (select count(*) from publishing.releases), 'main', repeat('0', 40), repeat('0', 64), 1, 1, 1, 'plain' from publishing.sites where name = @site returning id
        """, new { site });
}
