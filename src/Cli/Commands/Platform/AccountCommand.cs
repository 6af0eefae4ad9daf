using System.CommandLine;
using Rialto.Identity;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto account link</c>: a one-time link that signs somebody in, made by whoever owns the data folder.</summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        var email = new Option<string>("--email") { Description = "Address of the account", Required = true };
        var create = new Option<bool>("--create") { Description = "Make the account, as an owner of the organisation, when there is none" };
        var organisation = new Option<string?>("--organisation") { Description = "With --create: handle of the organisation; may be left out when there is one only" };
        var data = PlatformOptions.Data();
        var link = new Command("link", "Make a link that signs somebody in; it holds for an hour and one time") { email, create, organisation, data };
        link.Example("account link --email ada@example.org", "let Ada in again");
        link.Example("account link --email ada@example.org --create", "make Ada an owner and let her in");
        link.Runs(async (parsed, terminal, cancel) =>
        {
            var options = PlatformOptions.Node(parsed.GetValue(data));
            terminal.Report("Opening the database");
            await using var database = await Node.OpenDatabaseAsync(options, cancel);
            var owns = parsed.GetValue(create) ? await TokenCommand.OrganisationAsync(database, parsed.GetValue(organisation), cancel) : null;
            var secret = await Operator.MakeLinkAsync(database, parsed.GetRequiredValue(email), owns, cancel);
            var address = new LocalAccess(options.DataFolder).Address ?? $"http://127.0.0.1:{NodeOptions.UsualPort}";
            terminal.Clear();
            if (terminal.Json) terminal.WriteJson(new AccountLinkJson(Operator.LinkOf(address, secret)), CliJson.Default.AccountLinkJson);
            else terminal.Out.WriteLine(Operator.LinkOf(address, secret));
            return ExitCodes.Done;
        });
        return new Command("account", "People who sign in") { link };
    }
}

/// <summary>A link under <c>--json</c>.</summary>
internal sealed record AccountLinkJson(string Link);
