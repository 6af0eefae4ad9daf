using System.CommandLine;
using Rialto.Kernel;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto up</c>: the platform on this machine, with its database, until Ctrl-C.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var data = PlatformOptions.Data();
        var port = new Option<int>("--port") { Description = "Port on this machine; 0 for any that is free", DefaultValueFactory = _ => NodeOptions.UsualPort };
        var listen = new Option<string?>("--listen") { Description = "Address to listen at: 127.0.0.1 (the usual, this machine only) or 0.0.0.0" };
        var secure = new Option<int?>("--https-port") { Description = "Port for https at customers' domains; certificates are ordered for them" };
        var domain = new Option<string?>("--base-domain") { Description = "Sites stand at NAME.DOMAIN as well; its names must lead to this machine" };
        var repository = new Option<string?>("--repo") { Description = "Repository whose site is published first; left out: Rialto's own" };
        var demo = new Option<bool>("--demo") { Description = "Begin with a studio to look around in: people, repositories, sites with a history" };
        var quiet = new Option<bool>("--no-open") { Description = "Do not open a browser" };
        var command = new Command("up", "Start the platform: database, server, first site") { data, port, listen, secure, domain, repository, demo, quiet };
        command.Example("up", "everything, until Ctrl-C");
        command.Example("up --demo --data ./demo", "a studio to look around in");
        command.Example("up --base-domain localhost", "sites at http://NAME.localhost:8080/");
        command.Example("up --data ~/rialto --port 0 --no-open", "its own folder, any free port");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var number = parsed.GetValue(port);
            if (parsed.GetValue(secure) is < 0 or > 65535) throw new Refusal("server.port_invalid", $"{parsed.GetValue(secure)} is not a port; use a number from 0 (any free one) to 65535.", 400);
            if (number is < 0 or > 65535) throw new Refusal("server.port_invalid", $"{number} is not a port; use a number from 0 (any free one) to 65535.", 400);
            var options = PlatformOptions.Node(parsed.GetValue(data), number) with
            {
                Repository = parsed.GetValue(repository) ?? (parsed.GetValue(demo) ? null : OwnRepository()),
                IsDemo = parsed.GetValue(demo),
                HttpsPort = parsed.GetValue(secure),
                BaseDomain = parsed.GetValue(domain) is { } name ? NodeOptions.BaseDomainOf(name) : null,
                Listen = parsed.GetValue(listen) is { } address ? NodeOptions.ListenOf(address) : "127.0.0.1",
            };
            terminal.Report("Starting the database");
            await Node.RunAsync(options, VoiceOf(terminal, isQuiet: parsed.GetValue(quiet)), cancel);
            return ExitCodes.Done;
        });
    }

    private static NodeVoice VoiceOf(Terminal terminal, bool isQuiet) => new(
        line =>
        {
            terminal.Clear();
            terminal.Out.WriteLine(line);
        },
        line =>
        {
            terminal.Clear();
            terminal.Error.WriteLine(line);
        },
        address =>
        {
            if (!isQuiet) Browser.Open(address);
        });

    private static string? OwnRepository() =>
        Environment.GetEnvironmentVariable("RIALTO_HOME") is { Length: > 0 } home && Path.Exists(Path.Combine(home, ".git")) ? home : null;
}
