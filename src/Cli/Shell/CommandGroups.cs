using System.CommandLine;

namespace Rialto.Cli;

/// <summary>A heading in <c>rialto --help</c> and the commands under it, in reading order.</summary>
internal sealed record CommandGroup(string Title, IReadOnlyList<Command> Commands);

/// <summary>The table of contents of the command line. A new command is one line here.</summary>
internal static class CommandGroups
{
    public static IReadOnlyList<CommandGroup> Create(Composition services) =>
    [
        new("Make a site", [
            AnalyzeCommand.Create(services),
            BuildCommand.Create(services),
            PreviewCommand.Create(services),
            GalleryCommand.Create(services),
        ]),
        new("Keep secrets", [
            SecretsCommand.Create(services),
            HookCommand.Create(services),
        ]),
        new("Run the platform", [
            UpCommand.Create(),
            AccountCommand.Create(),
            TokenCommand.Create(),
            CallCommand.Create(),
            AuditCommand.Create(),
            LedgerCommand.Create(),
            KeysCommand.Create(),
        ]),
        new("Keep the house", [
            DoctorCommand.Create(services),
            CompletionsCommand.Create(services),
        ]),
        new("Work on Rialto itself (from a checkout)", [
            CheckoutCommands.Test(),
            CheckoutCommands.Tidy(),
            CheckoutCommands.Bench(),
        ]),
    ];
}
