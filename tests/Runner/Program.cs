using Rialto.Runner;

if (Selection.Parse(args) is not { } selection)
{
    Console.Error.WriteLine("usage: ./rialto test [NAME…] [--all]");
    return 2;
}
var root = Checkout.Find(AppContext.BaseDirectory);
var programs = selection.Choose(TestProgram.FindAll(root));
var outcomes = await Rounds.RunAsync(programs, selection, Path.Combine(root, "artifacts", "test"), Console.Out);
return Summary.Write(outcomes, Console.Out);
