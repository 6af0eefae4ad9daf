using Microsoft.Extensions.DependencyInjection;
using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Publishing;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

// A node that only builds, made to be killed. Arguments: the three connection strings, the blob folder, lease seconds.
await using var database = await Database.OpenAsync(new DatabaseAddress(args[0], args[1], args[2]), [RepositoriesPlatform.Schema, PublishingModule.Schema]);
var services = new ServiceCollection().AddLogging().AddKernel(database).AddSingleton<IBlobStore>(new DiskBlobStore(args[3]))
    .AddSingleton(RootKeys.Open(Path.Combine(args[3], "..", "root.key"))).AddRepositories().AddSingleton(SecretsModule.CreateScanner()).AddSingleton(AnalysisModule.NewAnalyzer()).AddSites()
    .AddPublishing().BuildServiceProvider();
Console.WriteLine("up");
await new JobRunner(database, services.GetServices<JobHandler>(), services, new JobRunnerOptions { LeaseSeconds = double.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture) }).RunAsync(CancellationToken.None);
