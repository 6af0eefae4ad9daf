using System.CommandLine;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto token create</c>: an API key for scripts, made by whoever owns the data folder.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var organisation = new Option<string?>("--organisation") { Description = "Handle of the organisation; may be left out when there is one only" };
        var scopes = new Option<string[]>("--scope") { Description = "What it may do: jobs.read, jobs.*, *; repeatable", Required = true };
        var name = new Option<string>("--name") { Description = "What it is for", DefaultValueFactory = _ => "made on the command line" };
        var days = new Option<int>("--days") { Description = "Days until it ends; 0 for no end", DefaultValueFactory = _ => 365 };
        var data = PlatformOptions.Data();
        var create = new Command("create", "Make an API key; it is printed once") { organisation, scopes, name, days, data };
        create.Example("token create --organisation home --scope jobs.read", "a key that may look at jobs");
        create.Runs(async (parsed, terminal, cancel) =>
        {
            var lifetimeDays = parsed.GetValue(days) is > 0 and var wanted ? wanted : (int?)null;
            terminal.Report("Opening the database");
            await using var database = await Node.OpenDatabaseAsync(PlatformOptions.Node(parsed.GetValue(data)), cancel);
            var owner = await OrganisationAsync(database, parsed.GetValue(organisation), cancel);
            await using var session = await database.BeginAsync(owner.Tenant, cancel);
            session.Actor = "operator";
            var made = await ApiKeys.CreateAsync(session, parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), lifetimeDays, cancel);
            await session.CommitAsync(cancel);
            var told = new TokenJson(made.Text, made.Key.Id, owner.Handle, made.Key.Scopes, made.Key.ExpiresAt);
            terminal.Clear();
            if (terminal.Json) terminal.WriteJson(told, CliJson.Default.TokenJson);
            else terminal.Out.WriteLine(told.Token);
            return ExitCodes.Done;
        });
        return new Command("token", "API keys for scripts") { create };
    }

    /// <summary>The organisation called <paramref name="handle"/>; without one, the only one there is.</summary>
    public static async Task<Organisation> OrganisationAsync(Database database, string? handle, CancellationToken cancel)
    {
        if (handle is not null) return await Organisations.FindAsync(database, handle, cancel);
        var all = await Organisations.ListAsync(database, 20, cancel);
        return all.Count switch
        {
            1 => all[0],
            0 => throw new Refusal("identity.organisation_unknown", "There is no organisation yet; the first start of ./rialto up makes one.", 409),
            _ => throw new Refusal("identity.organisation_unclear", $"Name one with --organisation: {string.Join(", ", all.Select(one => one.Handle))}.", 400),
        };
    }
}

/// <summary>A new key under <c>--json</c>.</summary>
internal sealed record TokenJson(string Token, Guid Id, string Organisation, IReadOnlyList<string> Scopes, DateTime? ExpiresAt);
