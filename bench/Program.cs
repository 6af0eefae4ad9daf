using Rialto.Bench;

var quick = args.Contains("--quick");
var name = args.FirstOrDefault(argument => !argument.StartsWith('-'));
var chosen = Benches.All.FirstOrDefault(bench => bench.Name == name);
if (chosen is null)
{
    foreach (var bench in Benches.All) Console.WriteLine($"  {bench.Name,-12} {bench.Summary}");
    if (name is null) return 0;
    Console.Error.WriteLine($"There is no benchmark \"{name}\".");
    return 2;
}
var home = Environment.GetEnvironmentVariable("RIALTO_HOME") ?? Environment.CurrentDirectory;
var run = new Bench(chosen.Name, home, quick, Console.Out);
await chosen.RunAsync(run, CancellationToken.None);
Console.WriteLine("written to " + Path.GetRelativePath(home, run.WriteJson()));
return 0;
