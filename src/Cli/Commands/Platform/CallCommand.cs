using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto call NAME --json '{…}'</c>: one operation of a running node, over HTTP.</summary>
internal static class CallCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Operation, as the catalogue names it: jobs.list" };
        var input = new Option<string>("--json") { Description = "Its input, one JSON object; - reads standard input", DefaultValueFactory = _ => "{}" };
        var key = new Option<string?>("--key") { Description = "Idempotency key: with the same one a change happens once" };
        var data = PlatformOptions.Data();
        var command = new Command("call", "Call an operation of the running platform") { name, input, key, data };
        command.Example("call jobs.list --json '{\"state\":\"failed\"}'", "the jobs that failed");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var access = new LocalAccess(PlatformOptions.Node(parsed.GetValue(data)).DataFolder);
            var address = Environment.GetEnvironmentVariable("RIALTO_URL") is { Length: > 0 } url ? url : access.Address
                ?? throw new Refusal("call.not_running", "No platform runs here; start it with ./rialto up, or set RIALTO_URL.", 503);
            var token = Environment.GetEnvironmentVariable("RIALTO_TOKEN") is { Length: > 0 } given ? given : access.Key
                ?? throw new Refusal("call.key_missing", "There is no key; make one with ./rialto token create and set RIALTO_TOKEN.", 401);
            var answer = await new NodeClient(new Uri(address), token).CallAsync(parsed.GetRequiredValue(name), await ReadAsync(parsed.GetRequiredValue(input), cancel), parsed.GetValue(key), cancel);
            if (answer is not null) terminal.Out.WriteLine(answer.ToJsonString());
            return ExitCodes.Done;
        });
    }

    private static async Task<JsonObject> ReadAsync(string text, CancellationToken cancel)
    {
        if (text == "-") text = await Console.In.ReadToEndAsync(cancel);
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new Refusal("call.input_invalid", "The value of --json is not a JSON object; write it as '{\"field\":\"value\"}'.", 400);
        }
    }
}
