using Rialto.Kernel;
using Rialto.Server;

// The node on its own; ./rialto up is the same with a friendlier command line.
try
{
    await Node.RunAsync(NodeOptions.Parse(args), new NodeVoice(Console.WriteLine, Console.Error.WriteLine));
    return 0;
}
catch (Refusal refusal)
{
    Console.Error.WriteLine($"{refusal.Code}: {refusal.Message}");
    return 2;
}
