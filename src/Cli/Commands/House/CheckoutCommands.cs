using System.CommandLine;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>
/// Commands that the launcher answers before this program starts, because they build it. They are listed here so that help
/// and completion know them; without the launcher they are refused.
/// </summary>
internal static class CheckoutCommands
{
    public static Command Test() =>
        Create("test", "Build and run the tests", new Argument<string[]>("NAME") { Description = "Test projects, or parts of test names; none for all", Arity = ArgumentArity.ZeroOrMore },
            new Option<bool>("--all") { Description = "Browser, media and reference tests too; installs what they need" })
            .Example("test", "the fast tests")
            .Example("test Sites --all", "all tests of one project");

    public static Command Tidy() =>
        Create("tidy", "Check the source against the rules of the house", null, new Option<bool>("--write") { Description = "First bring what is generated up to date" })
            .Example("tidy --write", "after changing what a project refers to");

    public static Command Bench() =>
        Create("bench", "Measure, side by side with the peers", new Argument<string>("NAME") { Description = "Which benchmark; none lists them", Arity = ArgumentArity.ZeroOrOne },
            new Option<bool>("--quick") { Description = "Fewer rounds: a first impression" })
            .Example("bench start --quick", "how long a command takes to start");

    private static Command Create(string name, string description, Argument? argument, Option option)
    {
        var command = new Command(name, description) { option };
        if (argument is not null) command.Add(argument);
        return command.Runs((parsed, terminal, cancel) =>
            throw new Refusal("checkout.needed", $"\"{name}\" works on Rialto's own source; run it as ./rialto {name} in a checkout.", 409));
    }
}
